import { constantOf, operatorOf, type Tree, walk } from './facts/condition.ts';
import { conditionsOf } from './facts/policies.ts';
import type { Check } from './runner/check.ts';

const PATTERN = /^!?~~?\*?$/;

export const check: Check = {
  name: 'policy-matches-pattern',
  title: 'A policy takes a value for a pattern',
  why: 'LIKE and regular expressions read % and .* in a value as "everything": who may choose the value may choose all rows.',
  mend: 'Compare with `=`.',
  also: ['pgrls SEC026'],
  level: 'error',
  async run({ facts }) {
    return (await facts.policies()).flatMap((policy) =>
      conditionsOf(policy)
        .filter(({ tree }) => matchesValue(tree))
        .map(({ clause, sql }) => ({
          object: `${policy.object} ${clause}`,
          detail: `${clause} of ${policy.object} matches a pattern that is no constant: ${sql}`,
          remedy: 'compare with =',
        })),
    );
  },
};

function matchesValue(tree: Tree): boolean {
  let found = false;
  walk([tree], (type, node) => {
    if (type !== 'A_Expr' || !PATTERN.test(operatorOf(node.name as unknown[]))) return;
    found ||= constantOf(node.rexpr as Tree) === undefined;
  });
  return found;
}
