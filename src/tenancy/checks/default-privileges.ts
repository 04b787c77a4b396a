import { quoteIdent } from '../../database/quote.ts';
import { applicationRoles } from './facts/roles.ts';
import type { Check } from './runner/check.ts';

const NAMES: Record<string, string> = { r: 'TABLES', S: 'SEQUENCES', f: 'FUNCTIONS', n: 'SCHEMAS' };

export const check: Check = {
  name: 'default-privileges',
  title: 'New objects are born open',
  why: 'Default privileges apply to what is created later: a table or function would be reachable before anybody thought about it.',
  mend: '`ALTER DEFAULT PRIVILEGES … REVOKE ALL`.',
  also: ['pgrls SEC044'],
  level: 'error',
  async run({ client, roles }) {
    const { rows } = await client.query<{ type: string; schema: string | null; role: string }>(
      `WITH defaults AS (
         SELECT d.defaclobjtype AS type, n.nspname AS schema, d.defaclacl AS acl
         FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace WHERE pg_get_userbyid(d.defaclrole) = $1
         UNION ALL
         -- Where nothing is said, everybody may execute new functions.
         SELECT 'f', NULL, acldefault('f', r.oid) FROM pg_roles r WHERE r.rolname = $1 AND NOT EXISTS (
           SELECT FROM pg_default_acl d WHERE d.defaclrole = r.oid AND d.defaclnamespace = 0 AND d.defaclobjtype = 'f')
       )
       SELECT DISTINCT type, schema, CASE grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(grantee)::text END AS role
       FROM defaults, aclexplode(acl) WHERE type = ANY ('{r,S,f,n}')
         AND (grantee = 0 OR pg_get_userbyid(grantee) = ANY ($2::name[])) ORDER BY 1, 2, 3`,
      [roles.owner, applicationRoles(roles)],
    );
    return rows.map(({ type, schema, role }) => {
      const what = NAMES[type]!;
      const from = role === 'public' ? 'PUBLIC' : quoteIdent(role);
      const where = schema ? ` IN SCHEMA ${quoteIdent(schema)}` : '';
      return {
        object: `${what.toLowerCase()}${schema ? ` in ${schema}` : ''} ${role}`,
        detail: `${from} gets privileges on new ${what.toLowerCase()} of ${roles.owner}${schema ? ` in ${schema}` : ''}.`,
        remedy: `take it back: \`ALTER DEFAULT PRIVILEGES FOR ROLE ${quoteIdent(roles.owner)}${where} REVOKE ALL ON ${what} FROM ${from};\``,
      };
    });
  },
};
