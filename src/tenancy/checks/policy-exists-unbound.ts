import { field, nameOf, type Tree, walk } from './facts/condition.ts';
import { conditionsOf } from './facts/policies.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'policy-exists-unbound',
  title: 'A policy asks whether anybody may',
  why: 'A sub-select that names neither the row nor the caller is true for all as soon as one row fits: "is there an admin", not "is this an admin".',
  mend: 'Bind the sub-select to the row or to the signed context.',
  also: ['pgrls SEC036'],
  level: 'error',
  async run({ facts }) {
    return (await facts.policies()).flatMap((policy) =>
      conditionsOf(policy)
        .filter(({ tree }) => hasUnboundSelect(tree, policy.table))
        .map(({ clause, sql }) => ({
          object: `${policy.object} ${clause}`,
          detail: `${clause} of ${policy.object} looks into another table without naming row or caller: ${sql}`,
          remedy: 'compare a column of the sub-select with the row, or with the signed context',
        })),
    );
  },
};

/** The server writes columns of the policy's own table with its name within a sub-select. */
function hasUnboundSelect(tree: Tree, table: string): boolean {
  const own = table.split('.').at(-1)!;
  let found = false;
  walk([tree], (type, node) => {
    if (type !== 'SubLink' || node.testexpr) return;
    const select = field<Tree>(node.subselect as Tree, 'SelectStmt');
    if (select?.fromClause) found ||= !isBound(select, own);
  });
  return found;
}

function isBound(select: Tree, own: string): boolean {
  let bound = false;
  walk(select, (type, node) => {
    if (type === 'FuncCall') bound ||= /^(app|auth)\./.test(nameOf(node.funcname as unknown[]));
    if (type !== 'ColumnRef') return;
    const fields = node.fields as { String?: { sval: string } }[];
    bound ||= fields.length > 1 && fields.at(-2)?.String?.sval === own;
  });
  return bound;
}
