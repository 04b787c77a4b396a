import { quoteIdent } from '../../database/quote.ts';
import { applicationRoles } from './facts/roles.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'create-privilege',
  title: 'The application may create objects',
  why: 'Whoever can create a function or table in a schema can put one in the way of another; tables of its own have no row security. A temporary schema is searched before all others.',
  mend: '`REVOKE CREATE` on the schema, `REVOKE TEMPORARY` on the database.',
  also: ['pgrls SEC015'],
  level: 'error',
  async run({ client, roles }) {
    const { rows } = await client.query<{ kind: string; name: string; role: string; privilege: string }>(
      `WITH held AS (
         SELECT 'SCHEMA' AS kind, n.nspname::text AS name, a.* FROM pg_namespace n,
           aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a WHERE n.nspname NOT LIKE 'pg\\_%'
         UNION ALL
         SELECT 'DATABASE', d.datname::text, a.* FROM pg_database d,
           aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a WHERE d.datname = current_database()
       )
       SELECT kind, name, CASE grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(grantee)::text END AS role, privilege_type AS privilege
       FROM held WHERE (privilege_type = 'CREATE' OR (kind = 'DATABASE' AND privilege_type = 'TEMPORARY'))
         AND (grantee = 0 OR pg_get_userbyid(grantee) = ANY ($1::name[])) ORDER BY 1, 2, 3`,
      [applicationRoles(roles)],
    );
    return rows.map(({ kind, name, role, privilege }) => {
      const from = role === 'public' ? 'PUBLIC' : quoteIdent(role);
      return {
        object: `${kind.toLowerCase()} ${name} ${role}`,
        detail: `${from} may create ${privilege === 'CREATE' ? '' : 'temporary '}objects in the ${kind.toLowerCase()} ${name}.`,
        remedy: `take it back: \`REVOKE ${privilege} ON ${kind} ${quoteIdent(name)} FROM ${from};\``,
      };
    });
  },
};
