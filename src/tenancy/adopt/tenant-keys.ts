import { createHash } from 'node:crypto';
import { quoteIdent as q } from '../../database/quote.ts';
import type { Bond } from './bonds.ts';
import { qualified } from './guards.ts';
import type { Table } from './tables.ts';

/** The statements for one composite key, apart, because they take different locks. */
export interface TenantKey {
  readonly unique: { readonly name: string; readonly sql: string; readonly concurrently: string };
  readonly add: string;
  readonly validate: string;
}

/** A unique key over tenant and id, and a foreign key on it beside the one that is there, with the same actions. */
export function tenantKey(bond: Bond): TenantKey {
  const { from, to, reference } = bond;
  const targetColumns = [to.tenantColumn!, ...reference.targetColumns];
  const unique = constraintName(to.table, targetColumns, '_tenant_key');
  const foreign = constraintName(from.table, reference.columns, '_tenant_fkey');
  const create = (how: string) =>
    `CREATE UNIQUE INDEX ${how}IF NOT EXISTS ${q(unique)} ON ${qualified(to.table)} (${targetColumns.map(q).join(', ')});`;
  const columns = [from.tenantColumn!, ...reference.columns].map(q).join(', ');
  return {
    unique: { name: unique, sql: create(''), concurrently: create('CONCURRENTLY ') },
    add: `ALTER TABLE ${qualified(from.table)} ADD CONSTRAINT ${q(foreign)} FOREIGN KEY (${columns})
  REFERENCES ${qualified(to.table)} (${targetColumns.map(q).join(', ')}) ${actions(reference)} NOT VALID;`,
    validate: `ALTER TABLE ${qualified(from.table)} VALIDATE CONSTRAINT ${q(foreign)};`,
  };
}

/** The tenant never becomes null: only the reference itself is cleared, which PostgreSQL can say since 15. */
function actions({ onDelete, columns }: Bond['reference']): string {
  const list = columns.map(q).join(', ');
  const deletes: Record<string, string> = {
    Cascade: 'CASCADE',
    SetNull: `SET NULL (${list})`,
    SetDefault: `SET DEFAULT (${list})`,
    Restrict: 'RESTRICT',
  };
  return `ON DELETE ${deletes[onDelete] ?? 'NO ACTION'} ON UPDATE CASCADE`;
}

/** Names are cut to 63 bytes; a hash of what was cut keeps them apart. */
function constraintName(table: Table, columns: readonly string[], ending: string): string {
  const whole = [table.table, ...columns].join('_');
  if (whole.length + ending.length <= 63) return `${whole}${ending}`;
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, 8);
  return `${whole.slice(0, 63 - ending.length - 9)}_${hash}${ending}`;
}
