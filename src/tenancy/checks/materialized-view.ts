import { sqlName } from './facts/names.ts';
import { concerned } from './facts/tables.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'materialized-view',
  title: 'A materialized view keeps rows outside every policy',
  why: 'It stores what its owner saw when it was refreshed and shows that to all, whatever the policies of its tables say.',
  mend: 'Make it a table with a model and a tenant column, or drop it.',
  also: ['splinter 0016', 'pgrls VIEW003', 'pgrls SEC054', 'safegres L11'],
  level: 'error',
  async run({ roles, facts }) {
    const concerns = await concerned(facts, roles);
    return (await facts.tables())
      .filter((t) => t.kind === 'm' && concerns(t))
      .map(({ label }) => ({
        object: label,
        detail: `${label} is a materialized view, to which row security does not apply.`,
        remedy: `make it a table with a model and a tenant column, or \`DROP MATERIALIZED VIEW ${sqlName(label)};\``,
      }));
  },
};
