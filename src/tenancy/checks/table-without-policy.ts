import { guardedTables } from './facts/tables.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'table-without-policy',
  title: 'No policy admits anybody',
  why: 'With row security on and no permissive policy, every query finds nothing and every write is refused.',
  mend: 'Declare who may use it with `@scope` and `@allow`, or drop the table.',
  also: ['splinter 0008', 'pgrls SEC009', 'pgrls SEC012', 'safegres A1'],
  level: 'error',
  async run({ boundary, facts }) {
    const admitting = new Set((await facts.policies()).filter((p) => p.permissive).map((p) => p.table));
    return guardedTables(await facts.tables(), boundary)
      .filter((t) => t.enabled && !t.parent && !admitting.has(t.label))
      .map(({ label }) => ({
        object: label,
        detail: `${label} has row security but no permissive policy, so nobody can read or write it.`,
        remedy: `declare who may use it with @scope and @allow, then run: npm run db:migrate; or take the table away`,
      }));
  },
};
