import { quoteIdent } from '../../database/quote.ts';
import { applicationRoles } from './facts/roles.ts';
import type { Check } from './runner/check.ts';

const GUARDED = ['app.context', 'row_security', 'session_replication_role', 'search_path', 'role'];

export const check: Check = {
  name: 'role-setting',
  title: 'A login starts with a setting that weakens the boundary',
  why: 'Settings kept for a role or database hold from the first statement: a context for every session, triggers off, another search_path.',
  mend: '`ALTER ROLE … RESET` the setting.',
  also: [],
  level: 'error',
  async run({ client, roles }) {
    const { rows } = await client.query<{
      role: string | null;
      database: string | null;
      name: string;
      value: string;
    }>(
      `SELECT r.rolname AS role, d.datname AS database, split_part(c, '=', 1) AS name, substr(c, strpos(c, '=') + 1) AS value
       FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) c
       LEFT JOIN pg_roles r ON r.oid = s.setrole LEFT JOIN pg_database d ON d.oid = s.setdatabase
       WHERE (s.setdatabase = 0 OR d.datname = current_database()) AND (s.setrole = 0 OR r.rolname = ANY ($1))
         AND split_part(c, '=', 1) = ANY ($2) ORDER BY 1, 2, 3`,
      [applicationRoles(roles), GUARDED],
    );
    return rows.map(({ role, database, name, value }) => {
      const of = role ?? `database ${database}`;
      const alter = role
        ? `ALTER ROLE ${quoteIdent(role)}${database ? ` IN DATABASE ${quoteIdent(database)}` : ''}`
        : `ALTER DATABASE ${quoteIdent(database ?? '')}`;
      return {
        object: `${of} ${name}`,
        detail: `Sessions of ${of} start with ${name} = ${value === '' ? "''" : value}.`,
        remedy: `take it away: \`${alter} RESET ${name};\``,
      };
    });
  },
};
