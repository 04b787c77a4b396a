import { quoteIdent as q } from '../../database/quote.ts';
import { LotlineError } from '../../errors.ts';
import { TENANT_EVENTS } from '../checks/facts/names.ts';
import type { LiveTable } from './live-tables.ts';
import { ownTables, type TenantPlan } from './plan.ts';
import type { TenantTransaction } from './transaction.ts';

/** What a search for a tenant's id found. */
export interface Proof {
  /** How many tables and columns were looked through. */
  readonly tables: number;
  readonly columns: number;
  /** Columns that hold the id as an id, with the number of rows; empty after an erasure. */
  readonly remains: readonly Found[];
  /** Columns of text that hold the id, such as a log of operators: kept, and told. */
  readonly mentions: readonly Found[];
}

export interface Found {
  readonly column: string;
  readonly rows: number;
}

/**
 * Looks through every table of the database, whoever made it, for the tenant's id: in every column of the type of ids, in
 * lists of them, and in text. Looks as the platform role, which sees the rows of all tenants.
 * @throws LotlineError `ERASE_UNPROVED` where a table cannot be looked into.
 */
export async function searchTenant(tx: TenantTransaction, plan: TenantPlan): Promise<Proof> {
  const { client, lifecycle, literal } = tx;
  const { platform } = lifecycle.boundary.roles;
  const idType = plan.root.columns.find((c) => c.name === plan.root.table.key[0])!.type;
  const answered = new Set((lifecycle.stores ?? []).flatMap((s) => s.tables));
  const own = new Set(ownTables(plan).map((t) => t.table.label));
  const remains: Found[] = [];
  const mentions: Found[] = [];
  let [tables, columns] = [0, 0];
  await tx.as(platform);
  const blind = await unseen(tx, platform);
  for (const table of plan.live.values()) {
    if (answered.has(table.label) || table.label === TENANT_EVENTS) continue;
    const conditions = table.columns.flatMap(({ name, type }) => {
      const column = `t.${q(name)}`;
      if (type === idType) return [{ name, text: false, sql: `${column} = ${literal}` }];
      if (type === `${idType}[]`)
        return [{ name, text: false, sql: `${column} @> ARRAY[${literal}]::${type}` }];
      const isText = /^(text|character varying)/.test(type) && !own.has(table.label);
      return isText ? [{ name, text: true, sql: `${column} = ${literal}` }] : [];
    });
    if (conditions.every((c) => c.text) && blind.has(table.label)) continue;
    if (conditions.length === 0) continue;
    if (blind.has(table.label)) throw unproved(table);
    tx.tell(`look through ${table.label}`);
    const counts = conditions.map((c, i) => `count(*) FILTER (WHERE ${c.sql})::integer AS c${i}`);
    const { rows } = await client.query<Record<string, number>>(
      `SELECT ${counts.join(', ')} FROM ${table.sql} AS t WHERE ${conditions.map((c) => c.sql).join(' OR ')}`,
    );
    conditions.forEach(({ name, text }, i) => {
      const found = rows[0]![`c${i}`]!;
      if (found > 0) (text ? mentions : remains).push({ column: `${table.label}.${name}`, rows: found });
    });
    tables += 1;
    columns += conditions.length;
  }
  return { tables, columns, remains, mentions };
}

/** Tables that the role may not read, or whose rows no policy shows it. */
export async function unseen({ client }: TenantTransaction, role: string): Promise<Set<string>> {
  const { rows } = await client.query<{ label: string }>(
    `SELECT CASE WHEN n.nspname = 'public' THEN c.relname::text ELSE n.nspname || '.' || c.relname END AS label
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'm', 'f') AND (NOT has_schema_privilege($1, n.oid, 'USAGE')
       OR NOT has_table_privilege($1, c.oid, 'SELECT')
       OR c.relrowsecurity AND NOT EXISTS (SELECT FROM pg_policy p
         WHERE p.polrelid = c.oid AND p.polpermissive AND p.polcmd IN ('*', 'r')
           AND pg_get_expr(p.polqual, p.polrelid) = 'true' AND $1::regrole = ANY (p.polroles))
       OR EXISTS (SELECT FROM pg_policy p
         WHERE p.polrelid = c.oid AND NOT p.polpermissive AND p.polroles && ARRAY[0, $1::regrole]::oid[]))`,
    [role],
  );
  return new Set(rows.map((r) => r.label));
}

function unproved({ label }: LiveTable): LotlineError {
  return new LotlineError(
    'ERASE_UNPROVED',
    `Nobody can look into ${label}, so it cannot be proved that nothing of the tenant is left. Nothing was erased.`,
    'give the platform role SELECT and its policy on the table, or let a store answer for it',
  );
}
