import { declaredKey, tenantModels } from './facts/models.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'index-not-leakproof',
  title: 'Row security keeps an index column from being used',
  why: 'Comparisons of enum, numeric, array and jsonb are not LEAKPROOF: they are applied after the policies, on all rows of the tenant.',
  mend: 'Use text, date or bigint, make it a partial index, or write its purpose behind the declaration.',
  also: [],
  level: 'warning',
  async run({ boundary, facts }) {
    const tenants = tenantModels(boundary);
    return (await facts.indexes()).flatMap((index) => {
      const tenant = tenants.get(index.table);
      if (!tenant || index.columns[0] !== tenant.tenantKey || index.leakproof[1] !== false) return [];
      // A purpose in the schema is the written reason: an index may serve to sort, which needs no condition.
      if (declaredKey(boundary, index)?.purpose) return [];
      return [
        {
          object: index.name,
          table: index.table,
          detail: `${index.name} continues after the tenant with ${index.columns[1]} (${index.types[1]}), whose comparison is not leakproof.`,
          remedy: `make it a partial index (@index … where ${index.columns[1]} = …), use text, date or bigint, or say after the declaration what it is for`,
        },
      ];
    });
  },
};
