import { contextEquality, walk } from './facts/condition.ts';
import { isCovered } from './facts/indexes.ts';
import { tenantModels } from './facts/models.ts';
import { conditionsOf } from './facts/policies.ts';
import { tenantRoles } from './facts/roles.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'policy-column-without-index',
  title: 'A column that policies compare leads no index',
  why: 'Every query carries the condition of its policies. Without an index that begins with the column it reads the whole table.',
  mend: 'Add an index that begins with the column, behind the tenant.',
  also: ['pgrls PERF003', 'safegres X2'],
  level: 'warning',
  async run({ boundary, roles, facts }) {
    const tenants = tenantModels(boundary);
    const bound = new Set(tenantRoles(roles));
    const indexes = await facts.indexes();
    const compared = new Map<string, { table: string; column: string }>();
    for (const policy of await facts.policies()) {
      if (!policy.roles.some((r) => bound.has(r)) || policy.operation === 'insert') continue;
      for (const { tree, clause } of conditionsOf(policy)) {
        // Only rows that are looked for need an index, not the one that is written.
        if (clause === 'WITH CHECK') continue;
        for (const column of comparedColumns(tree))
          compared.set(`${policy.table}.${column}`, { table: policy.table, column });
      }
    }
    return [...compared].flatMap(([object, { table, column }]) => {
      const tenant = tenants.get(table)?.tenantKey;
      const ways = tenant && tenant !== column ? [[column], [tenant, column]] : [[column]];
      if (ways.some((columns) => isCovered(indexes, table, columns))) return [];
      return [
        {
          object,
          detail: `Policies compare ${object}, but no index of ${table} begins with ${ways.at(-1)!.join(', ')}.`,
          remedy: `add @@index([${ways.at(-1)!.join(', ')}]) to the model, in its field names`,
        },
      ];
    });
  },
};

function comparedColumns(tree: Parameters<typeof contextEquality>[0]): string[] {
  const columns: string[] = [];
  walk([tree], (type, node) => {
    const equality = type === 'A_Expr' ? contextEquality({ A_Expr: node }) : undefined;
    if (equality) columns.push(equality.column);
  });
  return columns;
}
