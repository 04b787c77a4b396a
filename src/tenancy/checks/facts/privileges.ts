import type { ClientBase } from 'pg';
import { LABEL, OWN_SCHEMA } from './names.ts';

/** One privilege on a relation or on a column of it, the owner's own left out. */
export interface Privilege {
  readonly table: string;
  readonly kind: 'r' | 'p' | 'v' | 'm' | 'f' | 'S';
  readonly column: string | null;
  /** Role name; `public` stands for everybody. */
  readonly grantee: string;
  /** In small letters, as in a GRANT statement. */
  readonly privilege: string;
  readonly grantable: boolean;
}

export async function readPrivileges(client: ClientBase): Promise<Privilege[]> {
  const { rows } = await client.query<Privilege>(`
    WITH relations AS (
      SELECT c.oid, ${LABEL} AS label, c.relkind, c.relowner, c.relacl
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ${OWN_SCHEMA}
    ), entries AS (
      SELECT r.label, r.relkind, r.relowner, NULL::name AS attname, a.* FROM relations r, aclexplode(r.relacl) a
      UNION ALL
      SELECT r.label, r.relkind, r.relowner, t.attname, a.*
      FROM relations r JOIN pg_attribute t ON t.attrelid = r.oid AND NOT t.attisdropped, aclexplode(t.attacl) a
    )
    SELECT label AS table, relkind AS kind, attname AS column, is_grantable AS grantable, lower(privilege_type) AS privilege,
      CASE grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(grantee)::text END AS grantee
    FROM entries WHERE grantee <> relowner ORDER BY 1, 6, 5, 3`);
  return rows;
}
