import type { ClientBase } from 'pg';
import { quoteIdent as q, quoteLiteral } from '../../../database/quote.ts';
import { sqlName } from '../../checks/facts/names.ts';
import type { Subject } from '../plan.ts';

/** A table beside Prisma's schema whose rows belong to tenants, by the column that refers to the tenant root. */
export interface BesideTable {
  readonly label: string;
  readonly tenantKey: string;
}

/** What the functions under attack are called with; rows beside the schema carry the same, so that a call can meet them. */
export const SAMPLE_TEXT = 'attack';

/** Texts that one or the other check of a column lets pass. */
const TEXTS = (tenant: string) => [
  SAMPLE_TEXT,
  'attack.attack',
  `${tenant}/attack`,
  'at@tack.er',
  SAMPLE_TEXT.slice(0, 4),
];

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
 * Gives our tenant a row in every table beside Prisma's schema, in the name of a person of the other tenant: what a
 * function lets that person reach there by its own name alone is then reached. Columns are filled by their type, foreign
 * keys are off.
 * @returns tables that could not be filled, since no sample passes their checks
 */
export async function fillBeside(client: ClientBase, subject: Subject): Promise<string[]> {
  const unfilled: string[] = [];
  await client.query("BEGIN; SET LOCAL session_replication_role = 'replica'");
  for (const { label, tenantKey } of await besideOfTenants(client, subject)) {
    const { rows: columns } = await client.query<{ name: string; type: string; label: string | null }>(
      `SELECT attname AS name, format_type(atttypid, NULL) AS type,
         (SELECT enumlabel FROM pg_enum WHERE enumtypid = atttypid ORDER BY enumsortorder LIMIT 1) AS label
       FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attnotnull AND NOT atthasdef
         AND attidentity = ''`,
      [sqlName(label)],
    );
    const value = (column: (typeof columns)[number], text: string): string => {
      if (column.name === tenantKey) return quoteLiteral(subject.tenants.ours);
      if (column.label !== null) return quoteLiteral(column.label);
      if (column.name === 'id' && column.type === 'uuid') return `md5(${quoteLiteral(label)})::uuid`;
      if (column.type === 'uuid') return quoteLiteral(subject.people.theirs[0] ?? subject.tenants.theirs);
      if (column.type === 'bytea') return `sha256('${SAMPLE_TEXT}')`;
      if (column.type === 'jsonb') return "'{}'";
      if (column.type.startsWith('timestamp')) return 'now()';
      if (column.type.endsWith('[]')) return `ARRAY[${quoteLiteral(text)}]`;
      return column.type === 'text' ? quoteLiteral(text) : '1';
    };
    let filled = false;
    for (const text of TEXTS(subject.tenants.ours)) {
      if (filled) break;
      await client.query('SAVEPOINT attempt');
      try {
        await client.query(
          `INSERT INTO ${sqlName(label)} (${columns.map((c) => q(c.name)).join(', ')}) VALUES (${columns.map((c) => value(c, text)).join(', ')})`,
        );
        filled = true;
      } catch {
        await client.query('ROLLBACK TO attempt');
      }
    }
    if (!filled) unfilled.push(label);
  }
  await client.query('COMMIT');
  return unfilled;
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
      `SELECT to_jsonb(b) ->> 'id' AS id FROM ${sqlName(label)} b WHERE ${q(tenantKey)} = $1 AND to_jsonb(b) ->> 'id' ~ '^[0-9a-f-]{36}$' LIMIT 4`,
      [tenant],
    );
    ids.push(...rows.map((r) => r.id));
  }
  return ids;
}
