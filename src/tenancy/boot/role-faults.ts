import type { ClientBase } from 'pg';
import { quoteIdent as q } from '../../database/quote.ts';
import type { RoleFault } from './fault.ts';

const ATTRIBUTES = {
  rolsuper: ['SUPERUSER', 'ignores every policy'],
  rolbypassrls: ['BYPASSRLS', 'ignores every policy'],
  rolcreaterole: ['CREATEROLE', 'may make stronger roles'],
  rolcreatedb: ['CREATEDB', 'owns what it makes'],
  rolreplication: ['REPLICATION', 'reads all tenants from the log'],
} as const;

/** The login itself: its attributes, SET ROLE, and row security switched off for it. */
export async function attributeFaults(client: ClientBase): Promise<RoleFault[]> {
  const { rows } = await client.query<Record<keyof typeof ATTRIBUTES, boolean> & { name: string }>(
    `SELECT rolname AS name, ${Object.keys(ATTRIBUTES).join(', ')}
     FROM pg_catalog.pg_roles WHERE rolname IN (current_user, session_user) ORDER BY 1`,
  );
  const { rows: session } = await client.query<{ session: string; now: string; security: string }>(
    "SELECT session_user AS session, current_user AS now, current_setting('row_security') AS security",
  );
  const { session: login, now, security } = session[0]!;
  return [
    ...rows.flatMap(({ name, ...has }) =>
      Object.entries(ATTRIBUTES).flatMap(([column, [attribute, effect]]) =>
        has[column as keyof typeof ATTRIBUTES]
          ? [{ what: `${name} is ${attribute}: it ${effect}`, mend: `ALTER ROLE ${q(name)} NO${attribute};` }]
          : [],
      ),
    ),
    ...(login === now
      ? []
      : [
          {
            what: `the session logged in as ${login} and became ${now}: RESET ROLE leads back`,
            mend: `log in as ${now}; ALTER ROLE ${q(login)} RESET role;`,
          },
        ]),
    ...(security === 'on'
      ? []
      : [{ what: 'row_security is off', mend: `ALTER ROLE ${q(now)} RESET row_security;` }]),
  ];
}

/**
 * Roles that the login can act as, by inheritance, by SET ROLE or by giving itself either, over any number of steps,
 * and that have attributes, rights over the server, objects or policies of their own. On 15 a membership has no options
 * yet, hence the row as JSON.
 */
export async function membershipFaults(client: ClientBase): Promise<RoleFault[]> {
  const { rows } = await client.query<{ role: string; member: string; path: string[]; powers: string[] }>(`
    WITH RECURSIVE reached (oid, name, member, path) AS (
      SELECT oid, rolname, NULL::name, ARRAY[rolname] FROM pg_catalog.pg_roles WHERE rolname = session_user
      UNION ALL
      SELECT r.oid, r.rolname, reached.name, reached.path || r.rolname
      FROM reached
      JOIN pg_catalog.pg_auth_members m ON m.member = reached.oid
      CROSS JOIN LATERAL to_jsonb(m) AS j
      JOIN pg_catalog.pg_roles r ON r.oid = m.roleid
      WHERE NOT r.rolname = ANY (reached.path)
        AND (m.admin_option OR coalesce((j ->> 'set_option')::boolean, true) OR coalesce((j ->> 'inherit_option')::boolean, true))
    )
    SELECT DISTINCT ON (reached.name) reached.name AS role, reached.member, reached.path::text[] AS path, array_remove(ARRAY[
        CASE WHEN r.rolsuper THEN 'is SUPERUSER' END,
        CASE WHEN r.rolbypassrls THEN 'is BYPASSRLS' END,
        CASE WHEN r.rolcreaterole THEN 'is CREATEROLE' END,
        CASE WHEN r.rolcreatedb THEN 'is CREATEDB' END,
        CASE WHEN r.rolreplication THEN 'is REPLICATION' END,
        CASE WHEN r.rolname LIKE 'pg\\_%' THEN 'has rights over the whole server' END,
        CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_shdepend d WHERE d.refclassid = 'pg_catalog.pg_authid'::regclass
          AND d.refobjid = r.oid AND d.deptype = 'o') THEN 'owns objects' END,
        CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_policy p WHERE r.oid = ANY (p.polroles)) THEN 'has policies of its own' END
      ], NULL) AS powers
    FROM reached JOIN pg_catalog.pg_roles r ON r.oid = reached.oid
    WHERE reached.member IS NOT NULL
    ORDER BY reached.name, cardinality(reached.path)`);
  return rows
    .filter(({ powers }) => powers.length > 0)
    .map(({ role, member, path, powers }) => ({
      what: `${path[0]} can act as ${role} (${path.join(' → ')}), which ${powers.join(' and ')}`,
      mend: `REVOKE ${q(role)} FROM ${q(member)};`,
    }));
}

/** Whatever the login owns, in this database or another: an owner may change, grant and drop. */
export async function ownershipFaults(client: ClientBase, owner: string): Promise<RoleFault[]> {
  const { rows } = await client.query<{ type: string; name: string; elsewhere: string | null }>(`
    SELECT i.type, i.identity AS name, NULL AS elsewhere
    FROM pg_catalog.pg_shdepend d
    JOIN pg_catalog.pg_roles r ON r.oid = d.refobjid AND r.rolname = session_user
    CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.classid, d.objid, d.objsubid) i
    WHERE d.deptype = 'o' AND d.refclassid = 'pg_catalog.pg_authid'::regclass
      AND d.dbid IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()))
    UNION ALL
    SELECT 'objects', count(*)::text, b.datname
    FROM pg_catalog.pg_shdepend d
    JOIN pg_catalog.pg_roles r ON r.oid = d.refobjid AND r.rolname = session_user
    JOIN pg_catalog.pg_database b ON b.oid = d.dbid AND b.datname <> current_database()
    WHERE d.deptype = 'o' AND d.refclassid = 'pg_catalog.pg_authid'::regclass
    GROUP BY b.datname
    ORDER BY 3 NULLS FIRST, 2`);
  return rows.map(({ type, name, elsewhere }) =>
    elsewhere
      ? {
          what: `the role owns ${name} objects in the database ${elsewhere}`,
          mend: `in ${elsewhere}: REASSIGN OWNED BY SESSION_USER TO ${q(owner)}; as an administrator`,
        }
      : {
          what: `the role owns the ${type} ${name}`,
          mend: `ALTER ${type.toUpperCase()} ${name} OWNER TO ${q(owner)};`,
        },
  );
}
