import { quoteIdent } from '../../database/quote.ts';
import { applicationRoles } from './facts/roles.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'owner-inherits',
  title: 'The owner sees rows through another role',
  why: 'The owner may SET ROLE to the platform, but not inherit it: otherwise every migration and owner’s session reads all tenants.',
  mend: '`GRANT … WITH INHERIT FALSE` from 16 on, `NOINHERIT` before.',
  also: [],
  level: 'error',
  async run({ client, roles, facts }) {
    const live = new Set((await facts.roles()).map((r) => r.name));
    const others = applicationRoles(roles).filter((r) => live.has(r));
    if (!live.has(roles.owner)) return [];
    // A superuser counts as a member of every role; that is another check's.
    const { rows } = await client.query<{ role: string }>(
      `SELECT role FROM unnest($2::text[]) role
       WHERE pg_has_role($1, role, 'USAGE') AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = $1)`,
      [roles.owner, others],
    );
    const { rows: version } = await client.query<{ number: number }>(
      "SELECT current_setting('server_version_num')::int AS number",
    );
    return rows.map(({ role }) => ({
      object: `${roles.owner} ${role}`,
      detail: `${roles.owner} inherits the rights of ${role}, so it sees the rows that policies give to ${role}.`,
      // Since 16 the membership itself says whether it is inherited.
      remedy:
        version[0]!.number >= 160_000
          ? `keep the membership without inheriting: \`GRANT ${quoteIdent(role)} TO ${quoteIdent(roles.owner)} WITH INHERIT FALSE;\``
          : `\`ALTER ROLE ${quoteIdent(roles.owner)} NOINHERIT;\``,
    }));
  },
};
