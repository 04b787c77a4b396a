import { constantTruth, walk } from './facts/condition.ts';
import { conditionsOf } from './facts/policies.ts';
import { tenantRoles } from './facts/roles.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'policy-without-column',
  title: 'A policy asks who, but not which row',
  why: 'A condition without a column of the row admits all rows or none: whoever is signed in sees everything.',
  mend: 'Compare a column of the row with the context.',
  also: ['pgrls SEC005'],
  level: 'error',
  async run({ roles, facts }) {
    const bound = new Set([...tenantRoles(roles), ...roles.readers, 'public']);
    return (await facts.policies())
      .filter((p) => p.permissive && p.roles.some((r) => bound.has(r)))
      .flatMap((policy) =>
        conditionsOf(policy)
          .filter(({ tree }) => constantTruth(tree) === undefined && !namesColumn(tree))
          .map(({ clause, sql }) => ({
            object: `${policy.object} ${clause}`,
            detail: `${clause} of ${policy.object} is the same for every row: ${sql}`,
            remedy: 'compare a column of the row with the signed context: ORG, SELF(column)',
          })),
      );
  },
};

function namesColumn(tree: Parameters<typeof walk>[0]): boolean {
  let found = false;
  walk([tree], (type) => {
    found ||= type === 'ColumnRef';
  });
  return found;
}
