import { quoteIdent } from '../../database/quote.ts';
import { sqlName } from './facts/names.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'policy-to-public',
  title: 'A policy is for everybody',
  why: 'A policy without TO is for every role that exists or will exist, and is evaluated for each of them.',
  mend: '`ALTER POLICY … TO` the role it is for.',
  also: ['pgrls SEC003', 'safegres R2'],
  level: 'error',
  async run({ roles, facts }) {
    return (await facts.policies())
      .filter((p) => p.roles.includes('public'))
      .map(({ object, name, table }) => ({
        object,
        detail: `${object} has no TO, so it is for PUBLIC.`,
        remedy: `name the role it is for: \`ALTER POLICY ${quoteIdent(name)} ON ${sqlName(table)} TO ${quoteIdent(roles.app)};\``,
      }));
  },
};
