import { sqlName } from './facts/names.ts';
import { applicationRoles } from './facts/roles.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'materialized-view',
  title: 'A materialized view keeps rows outside every policy',
  why: 'It stores what its owner saw when it was refreshed and shows that to all, whatever the policies of its tables say.',
  level: 'error',
  async run({ roles, facts }) {
    const users = new Set([...applicationRoles(roles), 'public']);
    const reached = new Set(
      (await facts.privileges()).filter((p) => users.has(p.grantee)).map((p) => p.table),
    );
    return (await facts.tables())
      .filter((t) => t.kind === 'm' && (['public', 'app'].includes(t.schema) || reached.has(t.label)))
      .map(({ label }) => ({
        object: label,
        detail: `${label} is a materialized view, to which row security does not apply.`,
        remedy: `make it a table with a model and a tenant column, or \`DROP MATERIALIZED VIEW ${sqlName(label)};\``,
      }));
  },
};
