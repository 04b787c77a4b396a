import type { ClientBase } from 'pg';
import { notOfExtension, OWN_SCHEMA } from './names.ts';

export interface LiveFunction {
  /** `app.notify`, with its schema always. */
  readonly name: string;
  /** Without `public`. */
  readonly label: string;
  /** As ALTER FUNCTION wants it: `app.notify(uuid, text)`. */
  readonly signature: string;
  readonly owner: string;
  readonly definer: boolean;
  readonly leakproof: boolean;
  /** The search_path that the function sets for itself; null where it takes the caller's. */
  readonly searchPath: string | null;
  /** Its source; of a body in SQL standard form what the server prints. */
  readonly body: string;
  /** Who may execute it; `public` stands for everybody. */
  readonly callers: readonly string[];
}

export async function readFunctions(client: ClientBase): Promise<LiveFunction[]> {
  const { rows } = await client.query<LiveFunction>(`
    SELECT n.nspname || '.' || p.proname AS name,
      CASE WHEN n.nspname = 'public' THEN p.proname ELSE n.nspname || '.' || p.proname END AS label, p.oid::regprocedure::text AS signature, pg_get_userbyid(p.proowner) AS owner,
      p.prosecdef AS definer, p.proleakproof AS leakproof, coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) AS body,
      (SELECT substr(s, 13) FROM unnest(p.proconfig) s WHERE s LIKE 'search\\_path=%') AS "searchPath",
      ARRAY(SELECT CASE a.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(a.grantee)::text END
        FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.privilege_type = 'EXECUTE' ORDER BY 1) AS callers
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.prokind IN ('f', 'p', 'w') AND ${OWN_SCHEMA} AND ${notOfExtension('pg_proc', 'p.oid')} ORDER BY 2`);
  return rows;
}
