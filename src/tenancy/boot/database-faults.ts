import { randomBytes, randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import { quoteIdent as q } from '../../database/quote.ts';
import { signContext } from '../context.ts';
import type { RoleFault } from './fault.ts';

const READERS = ['current_organization_id', 'current_user_id', 'current_org_role', 'is_org_admin'];
const REFUSED = '42501';

/** The keys of the context, which nobody but their owner may see or change. */
export async function keyFaults(client: ClientBase): Promise<RoleFault[]> {
  const { rows } = await client.query<{ held: string[] | null; role: string }>(`
    SELECT session_user AS role, (SELECT array_agg(DISTINCT p) FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) p
      WHERE has_table_privilege(session_user, c.oid, p)
        OR p IN ('SELECT', 'INSERT', 'UPDATE') AND has_any_column_privilege(session_user, c.oid, p)) AS held
    FROM pg_catalog.pg_class c WHERE c.oid = to_regclass('app.context_keys')`);
  const [row] = rows;
  if (!row) return [{ what: 'app.context_keys is missing', mend: 'npm run db:apply' }];
  if (!row.held) return [];
  return [
    {
      what: `${row.role} holds ${row.held.join(', ')} on app.context_keys: it could sign any context`,
      mend: `REVOKE ALL ON app.context_keys FROM ${q(row.role)}, PUBLIC; then npx lotline keys rotate --now`,
    },
  ];
}

/** Whether each reader of the context refuses a token that is well formed but signed with a key made up just now. */
export async function contextFaults(client: ClientBase): Promise<RoleFault[]> {
  const faults: RoleFault[] = [];
  const forged = (id: number) =>
    signContext(
      { organization: randomUUID(), user: randomUUID(), role: 'OWNER' },
      { id, secret: randomBytes(32) },
    );
  await client.query('BEGIN');
  try {
    for (const name of READERS) {
      for (const token of [forged(1), forged(9999), 'not a token']) {
        await client.query('SAVEPOINT probe');
        await client.query("SELECT pg_catalog.set_config('app.context', $1, true)", [token]);
        const code = await client.query(`SELECT app.${name}()`).then(
          () => 'accepted',
          (error: { code?: string }) => error.code ?? 'failed',
        );
        await client.query('ROLLBACK TO SAVEPOINT probe');
        if (code === REFUSED) continue;
        const mend = 'npm run db:sync names what differs and the statement that mends it';
        if (code === 'accepted') faults.push({ what: `app.${name}() accepts a forged context`, mend });
        else
          faults.push({
            what: `app.${name}() cannot be called (${code})`,
            mend: 'npm run db:apply; then db:sync',
          });
        break;
      }
    }
    const { rows } = await client.query<{ there: boolean }>(
      "SELECT to_regprocedure('app.set_context(text)') IS NOT NULL AS there",
    );
    if (!rows[0]!.there) faults.push({ what: 'app.set_context(text) is missing', mend: 'npm run db:apply' });
  } finally {
    await client.query('ROLLBACK');
  }
  return faults;
}

/**
 * Tables without enabled and forced row security: those named, which also have to exist, or else all of the schema
 * public that the role has a right to.
 */
export async function tableFaults(
  client: ClientBase,
  declared: readonly string[] | undefined,
): Promise<RoleFault[]> {
  const { rows } = await client.query<{ table: string; there: boolean; enabled: boolean; forced: boolean }>(
    `SELECT t.name AS "table", c.oid IS NOT NULL AS there, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced
     FROM (
       SELECT unnest($1::text[]) AS name
       UNION
       SELECT relname FROM pg_catalog.pg_class WHERE $1 IS NULL AND relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
         AND (has_table_privilege(oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE') OR has_any_column_privilege(oid, 'SELECT, INSERT, UPDATE'))
     ) t
     LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = 'public'::regnamespace AND c.relname = t.name AND c.relkind IN ('r', 'p')
     WHERE c.oid IS NULL OR NOT c.relrowsecurity OR NOT c.relforcerowsecurity
     ORDER BY 1`,
    [declared ?? null],
  );
  return rows.map(({ table, there, enabled }) => {
    if (!there) return { what: `the table ${table} is missing`, mend: 'npm run db:apply' };
    return enabled
      ? {
          what: `row security of ${table} is not forced`,
          mend: `ALTER TABLE public.${q(table)} FORCE ROW LEVEL SECURITY;`,
        }
      : {
          what: `row security of ${table} is not enabled`,
          mend: `ALTER TABLE public.${q(table)} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;`,
        };
  });
}
