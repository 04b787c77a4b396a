import { sqlName } from './facts/names.ts';
import { concerned } from './facts/tables.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'foreign-table',
  title: 'A foreign table cannot carry row security',
  why: 'Rows of another server come without policies, so every tenant would see all of them.',
  mend: 'Keep it where the application cannot reach it, or copy what tenants need into a table.',
  also: ['splinter 0017', 'pgrls SEC053', 'safegres L17'],
  level: 'error',
  async run({ roles, facts }) {
    const concerns = await concerned(facts, roles);
    return (await facts.tables())
      .filter((t) => t.kind === 'f' && concerns(t))
      .map(({ label }) => ({
        object: label,
        detail: `${label} is a foreign table, on which no policy can stand.`,
        remedy: `keep it in a schema that the application cannot reach, and copy what tenants need; or \`DROP FOREIGN TABLE ${sqlName(label)};\``,
      }));
  },
};
