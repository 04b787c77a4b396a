import { sqlName } from './facts/names.ts';
import { applicationRoles } from './facts/roles.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'foreign-table',
  title: 'A foreign table cannot carry row security',
  why: 'Rows of another server come without policies, so every tenant would see all of them.',
  level: 'error',
  async run({ roles, facts }) {
    const users = new Set([...applicationRoles(roles), 'public']);
    const reached = new Set(
      (await facts.privileges()).filter((p) => users.has(p.grantee)).map((p) => p.table),
    );
    return (await facts.tables())
      .filter((t) => t.kind === 'f' && (['public', 'app'].includes(t.schema) || reached.has(t.label)))
      .map(({ label }) => ({
        object: label,
        detail: `${label} is a foreign table, on which no policy can stand.`,
        remedy: `keep it in a schema that the application cannot reach, and copy what tenants need; or \`DROP FOREIGN TABLE ${sqlName(label)};\``,
      }));
  },
};
