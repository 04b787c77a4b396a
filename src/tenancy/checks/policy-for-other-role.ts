import { quoteIdent } from '../../database/quote.ts';
import { CHANGE_CHANNEL, CONTEXT_KEYS, sqlName, wordList } from './facts/names.ts';
import { applicationRoles } from './facts/roles.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'policy-for-other-role',
  title: 'A policy is for a role outside the boundary',
  why: 'Rows are for the roles that the schema names. A policy for the owner undoes FORCE; one for another role is a way past the application.',
  mend: 'Declare the role with `@allow … to …`, or drop the policy.',
  also: ['pgrls SEC023', 'pgrls SEC039', 'safegres R2'],
  level: 'error',
  async run({ roles, facts }) {
    const known = new Set([...applicationRoles(roles), 'public']);
    return (await facts.policies()).flatMap(({ object, name, table, roles: holders }) => {
      const others = holders.filter(
        (r) => !known.has(r) && !([CONTEXT_KEYS, CHANGE_CHANNEL].includes(table) && r === roles.owner),
      );
      if (others.length === 0) return [];
      return [
        {
          object,
          detail: `${object} is for ${wordList(others)}, which the schema gives no rows.`,
          remedy: `declare the role with "@allow … to …", or \`DROP POLICY ${quoteIdent(name)} ON ${sqlName(table)};\``,
        },
      ];
    });
  },
};
