import { sqlName } from './facts/names.ts';
import { guardedTables } from './facts/tables.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'partition-without-row-security',
  title: 'A partition stands outside the row security of its table',
  why: 'Policies of a partitioned or inherited table hold for queries on that table; a query on the partition itself asks the partition.',
  mend: '`ENABLE` and `FORCE ROW LEVEL SECURITY` on the child.',
  also: ['pgrls SEC041', 'pgrls SEC043'],
  level: 'error',
  async run({ boundary, facts }) {
    return guardedTables(await facts.tables(), boundary)
      .filter((t) => t.parent && !(t.enabled && t.forced))
      .map(({ label, parent }) => ({
        object: label,
        detail: `${label} belongs to ${parent} but has no forced row security of its own, so a query on it passes the policies of ${parent} by.`,
        remedy: `close it: \`ALTER TABLE ${sqlName(label)} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;\``,
      }));
  },
};
