import { createHash } from 'node:crypto';
import type pg from 'pg';
import { quoteIdent as q } from '../../src/database/quote.ts';
import type { Adoption } from '../../src/tenancy/adopt/index.ts';

/** Who a generated row belongs to. `c` is a further row, of the tenant that `references` names. */
export type Owner = 'a' | 'b';

export interface SeedColumn {
  readonly type: string;
  readonly labels: readonly string[] | null;
  readonly array: boolean;
}

/** A table to fill: its columns that have to be, and where each reference takes its value from. */
export interface SeedTable {
  readonly name: string;
  readonly sql: string;
  readonly key: readonly string[];
  readonly columns: ReadonlyMap<string, SeedColumn>;
  readonly references: readonly {
    readonly columns: readonly string[];
    readonly target: string;
    readonly targetColumns: readonly string[];
  }[];
}

/** The tables of an adopted schema with types as the server has them, the tables of implicit relations included. */
export async function seedTables(client: pg.Client, adoption: Adoption): Promise<Map<string, SeedTable>> {
  const { rows } = await client.query<{
    schema: string;
    name: string;
    column: string;
    type: string;
    array: boolean;
    labels: string[] | null;
  }>(`SELECT n.nspname AS schema, c.relname AS name, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type,
        a.attndims > 0 AS array, (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = a.atttypid) AS labels
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND a.attnum > 0 AND a.attgenerated = '' AND n.nspname !~ '^pg_|^information_schema$'`);
  const tables = new Map<string, SeedTable>();
  for (const model of adoption.boundary.models) {
    const schema = model.schema ?? 'public';
    const own = rows.filter((r) => r.schema === schema && r.name === model.table);
    const table = adoption.proposals.find((p) => p.table.model === model.model)?.table;
    tables.set(model.model, {
      name: model.table,
      sql: `${q(schema)}.${q(model.table)}`,
      key: table
        ? table.key.length > 0
          ? table.key
          : (table.uniques[0] ?? [])
        : model.columns.map((c) => c.column),
      columns: new Map(own.map((r) => [r.column, { type: r.type, labels: r.labels, array: r.array }])),
      references: [...(table?.references ?? model.parents ?? [])].sort(byRelationFirst),
    });
  }
  return tables;
}

function byRelationFirst(a: object, b: object): number {
  return Number('by' in b && b.by === 'relation') - Number('by' in a && a.by === 'relation');
}

/**
 * The value of a column in the row of an owner: through references it is the value of the row pointed at, so that every
 * tenant's rows hang together. `fresh` makes a further row's own values.
 */
export function columnValue(
  tables: ReadonlyMap<string, SeedTable>,
  model: string,
  column: string,
  owner: Owner,
  fresh = '',
  seen: readonly string[] = [],
): string | null {
  const table = tables.get(model)!;
  const step = `${model}.${column}`;
  const reference = seen.includes(step)
    ? undefined
    : table.references.find((r) => r.columns.includes(column));
  if (reference && tables.has(reference.target)) {
    const target = reference.targetColumns[reference.columns.indexOf(column)]!;
    return columnValue(tables, reference.target, target, owner, '', [...seen, step]);
  }
  const { type, labels, array } = table.columns.get(column) ?? {
    type: 'text',
    labels: null,
    array: false,
  };
  if (array || type.endsWith('[]')) return '{}';
  if (labels) return labels[Math.min(['a', 'b', 'ax', 'bx'].indexOf(`${owner}${fresh}`), labels.length - 1)]!;
  return plainValue(type, `${owner}${fresh}`, `${model}.${column}`);
}

function plainValue(type: string, owner: string, place: string): string | null {
  const hash = createHash('sha256').update(`${owner} ${place}`).digest('hex');
  const number = 100 + (Number.parseInt(hash.slice(0, 6), 16) % 30000);
  if (/^(smallint|integer|bigint)/.test(type)) return String(number);
  if (/^(numeric|real|double)/.test(type)) return '1';
  if (type === 'boolean') return 'true';
  if (type === 'uuid')
    return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  if (/^json/.test(type)) return '{}';
  if (/^(timestamp|date)/.test(type)) return '2026-01-01';
  if (/^time/.test(type)) return '10:00';
  if (type === 'bytea') return `\\x${hash}`;
  if (type === 'inet') return '10.0.0.1';
  if (/^(text|character varying|citext)$/.test(type)) return `${owner}_${hash.slice(0, 20)}`;
  const limit = /^character(?: varying)?\((\d+)\)$/.exec(type)?.[1];
  return limit ? `${owner}${hash}`.slice(0, Number(limit)) : null;
}

/** One row in every table for each owner, written with foreign keys switched off, since they may run in circles. */
export async function seed(client: pg.Client, tables: ReadonlyMap<string, SeedTable>): Promise<number> {
  let rows = 0;
  await client.query("SET session_replication_role = 'replica'");
  for (const [model, table] of tables) {
    for (const owner of ['a', 'b'] as const) {
      await insert(client, tables, model, rowOf(tables, model, owner)).then(
        () => {
          rows += 1;
        },
        (error: Error) => {
          throw new Error(`${table.name}: ${error.message}`, { cause: error });
        },
      );
    }
  }
  await client.query("SET session_replication_role = 'origin'");
  return rows;
}

export function rowOf(
  tables: ReadonlyMap<string, SeedTable>,
  model: string,
  owner: Owner,
  fresh = '',
): Map<string, string | null> {
  const columns = [...tables.get(model)!.columns.keys()];
  return new Map(columns.map((column) => [column, columnValue(tables, model, column, owner, fresh)]));
}

export async function insert(
  client: pg.Client,
  tables: ReadonlyMap<string, SeedTable>,
  model: string,
  row: ReadonlyMap<string, string | null>,
): Promise<void> {
  const filled = [...row].filter(([, value]) => value !== null);
  const names = filled.map(([column]) => q(column)).join(', ');
  const marks = filled.map((_, i) => `$${i + 1}`).join(', ');
  await client.query(
    `INSERT INTO ${tables.get(model)!.sql} (${names}) VALUES (${marks})`,
    filled.map(([, value]) => value),
  );
}
