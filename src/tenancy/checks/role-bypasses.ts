import { quoteIdent } from '../../database/quote.ts';
import { wordList } from './facts/names.ts';
import { applicationRoles } from './facts/roles.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'role-bypasses',
  title: 'A role of the boundary stands above it',
  why: 'SUPERUSER and BYPASSRLS ignore every policy, forced or not; CREATEROLE leads there; REPLICATION reads all tenants from the log.',
  mend: 'Take the attribute away: `ALTER ROLE … NOBYPASSRLS`.',
  also: ['pgrls SEC016', 'pgrls SEC023'],
  level: 'error',
  async run({ roles, facts }) {
    const bound = new Set([roles.owner, ...applicationRoles(roles)]);
    return (await facts.roles()).flatMap((role) => {
      if (!bound.has(role.name)) return [];
      const attributes = [
        ...(role.superuser ? ['SUPERUSER'] : []),
        ...(role.bypass ? ['BYPASSRLS'] : []),
        ...(role.createRole && role.name !== roles.owner ? ['CREATEROLE'] : []),
        ...(role.createDatabase && role.name !== roles.owner ? ['CREATEDB'] : []),
        ...(role.replication ? ['REPLICATION'] : []),
      ];
      if (attributes.length === 0) return [];
      const less = attributes.map((a) => `NO${a}`).join(' ');
      return [
        {
          object: role.name,
          detail: `${role.name} is ${wordList(attributes)}.`,
          remedy: `take it away: \`ALTER ROLE ${quoteIdent(role.name)} ${less};\``,
        },
      ];
    });
  },
};
