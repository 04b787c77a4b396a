import { quoteIdent as q } from '../../database/quote.ts';
import type { BoundaryModel } from '../boundary.ts';
import type { LiveTable, Reference } from './live-tables.ts';
import type { PlannedTable } from './plan.ts';

/**
 * The rows of others that a tenant's rows refer to: people, what other tenants publish, the platform's own. An export
 * carries them so that an import can see whether they are there; only people are created.
 */
export function findReferences(
  own: readonly PlannedTable[],
  declared: ReadonlyMap<string, BoundaryModel>,
  live: ReadonlyMap<string, LiveTable>,
  platform: string,
): PlannedTable[] {
  const uses = new Map<string, { from: PlannedTable; reference: Reference }[]>();
  for (const from of own) {
    for (const reference of from.table.references) {
      const target = declared.get(reference.target);
      if (!target || target.scope === 'tenant-root' || staysInside(reference, target)) continue;
      uses.set(reference.target, [...(uses.get(reference.target) ?? []), { from, reference }]);
    }
  }
  return [...uses].map(([label, list]): PlannedTable => {
    const table = live.get(label)!;
    const target = declared.get(label)!;
    return {
      table,
      kind: 'reference',
      role: platform,
      where: (alias, tenant) => {
        const meant = list
          .map(({ from, reference }) => referredTo(alias, from, reference, tenant))
          .join(' OR ');
        const foreign = target.tenantColumn ? ` AND ${alias}.${q(target.tenantColumn)} <> ${tenant}` : '';
        return `(${meant})${foreign}`;
      },
      columns: table.columns.filter((c) => !c.generated),
      later: [],
      creates: target.scope === 'identity',
    };
  });
}

/** A reference that carries the tenant leads to a row of the same tenant. */
function staysInside(reference: Reference, target: BoundaryModel): boolean {
  return target.tenantColumn !== undefined && reference.targetColumns.includes(target.tenantColumn);
}

function referredTo(
  alias: string,
  from: PlannedTable,
  { columns, targetColumns }: Reference,
  tenant: string,
): string {
  const list = (names: readonly string[], of: string) => names.map((n) => `${of}.${q(n)}`).join(', ');
  const rows = `SELECT ${list(columns, 's')} FROM ${from.table.sql} AS s WHERE ${from.where('s', tenant)}`;
  return `(${list(targetColumns, alias)}) IN (${rows})`;
}
