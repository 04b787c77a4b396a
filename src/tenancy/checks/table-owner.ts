import { quoteIdent } from '../../database/quote.ts';
import { sqlName } from './facts/names.ts';
import { guardedTables } from './facts/tables.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'table-owner',
  title: 'A table belongs to the wrong role',
  why: 'The owner of a table can switch its row security off, so tables belong to the one role that only migrations use.',
  mend: '`ALTER TABLE … OWNER TO` the owner of the boundary.',
  also: ['pgrls SEC048'],
  level: 'error',
  async run({ boundary, roles, facts }) {
    return guardedTables(await facts.tables(), boundary)
      .filter((t) => t.owner !== roles.owner)
      .map(({ label, owner }) => ({
        object: label,
        detail: `${label} belongs to ${owner} instead of ${roles.owner}.`,
        remedy: `hand it over: \`ALTER TABLE ${sqlName(label)} OWNER TO ${quoteIdent(roles.owner)};\``,
      }));
  },
};
