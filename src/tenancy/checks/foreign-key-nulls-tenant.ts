import { tenantModels } from './facts/models.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'foreign-key-nulls-tenant',
  title: 'A deletion would take the tenant from a row',
  why: 'ON DELETE SET NULL of a composite key also empties the tenant column, which is refused, so the parent cannot be deleted.',
  mend: 'Use Restrict, or `ON DELETE SET NULL (column)` with the columns that may be emptied.',
  also: [],
  level: 'error',
  async run({ boundary, facts }) {
    const tenants = tenantModels(boundary);
    return (await facts.foreignKeys())
      .filter(({ table, nulled }) => nulled.includes(tenants.get(table)?.tenantKey ?? ''))
      .map(({ table, name, nulled }) => ({
        object: `${table}.${name}`,
        detail: `Deleting the row that ${table}.${name} points at would empty ${nulled.join(', ')}.`,
        remedy: `use Restrict, or ON DELETE SET NULL (${nulled.filter((c) => c !== tenants.get(table)?.tenantKey).join(', ')})`,
      }));
  },
};
