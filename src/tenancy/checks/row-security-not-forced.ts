import { sqlName } from './facts/names.ts';
import { guardedTables } from './facts/tables.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'row-security-not-forced',
  title: 'Row security does not bind the owner',
  why: 'Without FORCE the owner of a table, and every function and view of the owner, sees the rows of all tenants.',
  mend: '`ALTER TABLE … FORCE ROW LEVEL SECURITY`.',
  also: ['pgrls SEC002', 'pgrls SEC048', 'safegres A3', 'safegres CG2'],
  level: 'error',
  async run({ boundary, facts }) {
    return guardedTables(await facts.tables(), boundary)
      .filter((t) => !t.forced && !t.parent)
      .map(({ label, owner }) => ({
        object: label,
        detail: `Row security of ${label} is not forced, so its owner ${owner} passes every policy by.`,
        remedy: `force it: \`ALTER TABLE ${sqlName(label)} FORCE ROW LEVEL SECURITY;\``,
      }));
  },
};
