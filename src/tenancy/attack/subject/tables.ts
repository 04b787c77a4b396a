import type { ClientBase } from 'pg';
import { quoteIdent } from '../../../database/quote.ts';
import type { Boundary, BoundaryModel } from '../../boundary.ts';
import { type LiveForeignKey, readForeignKeys } from '../../checks/facts/foreign-keys.ts';
import { type LiveIndex, readIndexes } from '../../checks/facts/indexes.ts';
import { OWN_SCHEMA, sqlName } from '../../checks/facts/names.ts';
import { guardedTables, isOwn, readTables } from '../../checks/facts/tables.ts';

export interface TableColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly generated: boolean;
}

/** A table that is attacked: as it stands in the live catalogue, with what the schema declares of it. */
export interface Table {
  readonly label: string;
  /** With its schema, quoted where needed. */
  readonly sql: string;
  readonly model: BoundaryModel;
  /** Column that says to which tenant a row belongs; the key of the tenant root. */
  readonly tenantKey?: string;
  readonly columns: readonly TableColumn[];
  readonly primary: readonly string[];
  readonly uniques: readonly LiveIndex[];
  readonly foreignKeys: readonly LiveForeignKey[];
}

/** The tables of a database, and those that no model declares, whose rows nobody could say whose they are. */
export interface TableList {
  readonly tables: readonly Table[];
  readonly unclassified: readonly string[];
}

export async function readAttackedTables(client: ClientBase, boundary: Boundary): Promise<TableList> {
  const live = guardedTables(await readTables(client), boundary).filter((t) => !isOwn(t.label));
  const models = new Map(boundary.models.map((m) => [m.table, m]));
  const columns = await readColumns(client);
  const indexes = await readIndexes(client);
  const keys = await readForeignKeys(client);
  const tables = live.flatMap(({ label }): Table[] => {
    const model = models.get(label);
    if (!model) return [];
    const tenantKey = model.scope === 'tenant-root' ? 'id' : model.tenantColumn;
    const own = indexes.filter((i) => i.table === label);
    return [
      {
        label,
        sql: sqlName(label),
        model,
        ...(tenantKey ? { tenantKey } : {}),
        columns: columns.get(label) ?? [],
        primary: own.find((i) => i.primary)?.columns ?? [],
        uniques: own.filter((i) => i.exclusive && !i.primary),
        foreignKeys: keys.filter((k) => k.table === label),
      },
    ];
  });
  return { tables, unclassified: live.map((t) => t.label).filter((l) => !models.has(l)) };
}

/** Whether rows of one tenant only may be written to the table, whoever may read them. */
export function ofTenants(table: Table): boolean {
  return table.tenantKey !== undefined && !['platform', 'identity'].includes(table.model.scope);
}

/** The key of a row as one text, for comparisons. */
export function keyText(table: Table, alias?: string): string {
  const columns = table.primary.map((c) => `${alias ? `${alias}.` : ''}${quoteIdent(c)}`);
  return `concat_ws('/', ${columns.join(', ')})`;
}

async function readColumns(client: ClientBase): Promise<Map<string, TableColumn[]>> {
  const { rows } = await client.query<TableColumn & { label: string }>(`
    SELECT CASE WHEN n.nspname = 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS label, a.attname AS name,
      format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable, a.attgenerated <> '' AS generated
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND ${OWN_SCHEMA} AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY 1, a.attnum`);
  const found = new Map<string, TableColumn[]>();
  for (const { label, ...column } of rows) found.set(label, [...(found.get(label) ?? []), column]);
  return found;
}
