import { quoteIdent } from '../../database/quote.ts';
import { wordList } from './facts/names.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'definer-owner',
  title: 'A definer function runs as the wrong role',
  why: 'A SECURITY DEFINER function sees what its owner sees. Only the platform and the owner of the tables are meant for that.',
  mend: '`ALTER FUNCTION … OWNER TO` the platform role.',
  also: ['pgrls SEC014', 'pgrls SEC042', 'safegres CG2'],
  level: 'error',
  async run({ roles, facts }) {
    const meant = [roles.platform, roles.owner];
    return (await facts.functions())
      .filter((f) => f.definer && !meant.includes(f.owner))
      .map(({ name, signature, owner }) => ({
        object: name,
        detail: `${name} is SECURITY DEFINER and belongs to ${owner}, not to ${wordList(meant).replace(' and ', ' or ')}.`,
        remedy: `hand it over: \`ALTER FUNCTION ${signature} OWNER TO ${quoteIdent(roles.platform)};\``,
      }));
  },
};
