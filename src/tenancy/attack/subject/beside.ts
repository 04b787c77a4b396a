import type { ClientBase } from 'pg';
import { quoteIdent as q, quoteLiteral } from '../../../database/quote.ts';
import { sqlName } from '../../checks/facts/names.ts';
import type { Subject } from '../plan.ts';

/** A table beside Prisma's schema whose rows belong to tenants, by the column that refers to the tenant root. */
export interface BesideTable {
  readonly label: string;
  readonly tenantKey: string;
}

const SAMPLE_TEXT = 'attack';

/** Texts that one or the other check of a column lets pass; each row has its own. */
const textsOf = (tenant: string, row: number) => {
  const word = row === 0 ? SAMPLE_TEXT : `${SAMPLE_TEXT}${row}`;
  return [word, `${word}.${SAMPLE_TEXT}`, `${tenant}/${word}`, `at${row}@tack.er`, SAMPLE_TEXT.slice(0, 4)];
};
/** More rows than any state has values. */
const ROWS = 10;

interface Column {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly nullable: boolean;
  readonly label: string | null;
}

export async function besideOfTenants(
  client: ClientBase,
  { boundary }: Pick<Subject, 'boundary'>,
): Promise<BesideTable[]> {
  const root = boundary.models.find((m) => m.scope === 'tenant-root');
  const { rows } = await client.query<BesideTable>(
    `SELECT n.nspname || '.' || c.relname AS label, a.attname AS "tenantKey"
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
     WHERE k.contype = 'f' AND cardinality(k.conkey) = 1 AND n.nspname || '.' || c.relname = ANY ($1)
       AND k.confrelid = to_regclass($2) ORDER BY 1`,
    [boundary.beside ?? [], root ? sqlName(root.table) : ''],
  );
  return rows;
}

/**
 * Gives our tenant rows in every table beside Prisma's schema, in the name of an owner of the other tenant: what a
 * function lets that person reach there by its own name alone is then reached. One row for each value that a check lists
 * (the states of a run), since a function may look at some only. Columns are filled by their type, foreign keys are off.
 */
export async function fillBeside(client: ClientBase, subject: Subject): Promise<void> {
  const ours = subject.tenants.ours;
  await client.query("BEGIN; SET LOCAL session_replication_role = 'replica'");
  for (const { label, tenantKey } of await besideOfTenants(client, subject)) {
    const columns = await columnsOf(client, label);
    for (const [row, state] of (await statesOf(client, label)).entries()) {
      const value = (column: Column, text: string): string => {
        if (column.name === tenantKey) return quoteLiteral(ours);
        if (column.name === state?.column) return quoteLiteral(state.value);
        if (column.label !== null) return quoteLiteral(column.label);
        if (column.name === 'id' && column.type === 'uuid') return `md5(${quoteLiteral(label + row)})::uuid`;
        if (column.type === 'uuid') return quoteLiteral(subject.people.owners.theirs);
        if (column.type === 'bytea') return `sha256(${quoteLiteral(text)}::bytea)`;
        if (column.type === 'jsonb') return "'{}'";
        // What ends has not ended.
        if (column.type.startsWith('timestamp')) return "now() + interval '30 days'";
        if (column.type.endsWith('[]')) return `ARRAY[${quoteLiteral(text)}]`;
        return column.type === 'text' ? quoteLiteral(text) : '1';
      };
      const needed = columns.filter(
        (c) => c.required || (c.name === 'id' && c.type === 'uuid') || c.name === state?.column,
      );
      const more = columns.filter((c) => c.nullable && !needed.includes(c));
      // Nothing but what has to be there, as rows begin; else one thing more, as a state may need.
      const choices = [needed, ...more.map((c) => [...needed, c]), [...needed, ...more]];
      const attempts = choices.flatMap((chosen) =>
        textsOf(ours, row).map(
          (text) =>
            `INSERT INTO ${sqlName(label)} (${chosen.map((c) => q(c.name)).join(', ')}) VALUES (${chosen.map((c) => value(c, text)).join(', ')})`,
        ),
      );
      await firstThatWorks(client, attempts);
    }
  }
  await client.query('COMMIT');
}

async function firstThatWorks(client: ClientBase, attempts: readonly string[]): Promise<void> {
  for (const attempt of attempts) {
    await client.query('SAVEPOINT attempt');
    try {
      await client.query(attempt);
      return;
    } catch {
      await client.query('ROLLBACK TO attempt');
    }
  }
}

async function columnsOf(client: ClientBase, label: string): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `SELECT attname AS name, format_type(atttypid, NULL) AS type, attnotnull AND NOT atthasdef AS required, NOT attnotnull AS nullable,
       (SELECT enumlabel FROM pg_enum WHERE enumtypid = atttypid ORDER BY enumsortorder LIMIT 1) AS label
     FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = '' AND attgenerated = ''
     ORDER BY attnum`,
    [sqlName(label)],
  );
  return rows;
}

/** The values that a check of one column lists, each of which gets a row; without such a check one row of no state. */
async function statesOf(
  client: ClientBase,
  label: string,
): Promise<({ column: string; value: string } | undefined)[]> {
  const { rows } = await client.query<{ column: string; value: string }>(
    `SELECT a.attname AS column, m[1] AS value
     FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1],
       regexp_matches(pg_get_constraintdef(k.oid), '''(\\w+)''::text', 'g') m
     WHERE k.conrelid = $1::regclass AND k.contype = 'c' AND cardinality(k.conkey) = 1
       AND pg_get_constraintdef(k.oid) ~ '^CHECK \\(\\(\\w+ = ANY \\(ARRAY\\['`,
    [sqlName(label)],
  );
  return rows.length === 0 ? [undefined] : rows.slice(0, ROWS);
}

/** Tables where our tenant has no row, so that nothing is tried on them. */
export async function emptyBeside(
  client: ClientBase,
  tables: readonly BesideTable[],
  tenant: string,
): Promise<string[]> {
  const empty: string[] = [];
  for (const { label, tenantKey } of tables) {
    const { rowCount } = await client.query(
      `SELECT FROM ${sqlName(label)} WHERE ${q(tenantKey)} = $1 LIMIT 1`,
      [tenant],
    );
    if (rowCount === 0) empty.push(label);
  }
  return empty;
}

/** The texts by which functions can meet a tenant's rows beside the schema; one at least. */
export async function textsBeside(
  client: ClientBase,
  tables: readonly BesideTable[],
  tenant: string,
): Promise<string[]> {
  const candidates = Array.from({ length: ROWS }, (_, row) => textsOf(tenant, row)).flat();
  const found = new Set([SAMPLE_TEXT]);
  for (const { label, tenantKey } of tables) {
    const { rows } = await client.query<{ value: string }>(
      `SELECT DISTINCT value FROM ${sqlName(label)} b, jsonb_each_text(to_jsonb(b))
       WHERE ${q(tenantKey)} = $1 AND value = ANY ($2) ORDER BY 1`,
      [tenant, candidates],
    );
    for (const { value } of rows) found.add(value);
  }
  return [...found];
}

/** One value that changes with any row of ours beside the schema; undefined where there is no such table. */
export function stateOfBeside(tables: readonly BesideTable[], tenant: string): string | undefined {
  if (tables.length === 0) return undefined;
  const rows = tables.map(
    ({ label, tenantKey }) =>
      `SELECT ${quoteLiteral(label)} || b::text AS row FROM ${sqlName(label)} b WHERE ${q(tenantKey)} = ${quoteLiteral(tenant)}`,
  );
  return `(SELECT md5(string_agg(row, ',' ORDER BY row)) FROM (${rows.join(' UNION ALL ')}) r)`;
}

export function deletionBeside({ label, tenantKey }: BesideTable, tenant: string): string {
  return `DELETE FROM ${sqlName(label)} WHERE ${q(tenantKey)} = ${quoteLiteral(tenant)}`;
}

/** Ids of a tenant's rows beside the schema. */
export async function idsBeside(
  client: ClientBase,
  tables: readonly BesideTable[],
  tenant: string,
): Promise<string[]> {
  const ids: string[] = [];
  for (const { label, tenantKey } of tables) {
    const { rows } = await client.query<{ id: string }>(
      `SELECT to_jsonb(b) ->> 'id' AS id FROM ${sqlName(label)} b WHERE ${q(tenantKey)} = $1 AND to_jsonb(b) ->> 'id' ~ '^[0-9a-f-]{36}$' ORDER BY 1 LIMIT ${ROWS}`,
      [tenant],
    );
    ids.push(...rows.map((r) => r.id));
  }
  return ids;
}
