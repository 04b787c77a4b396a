import { columnOf, constantOf, field, type Tree, walk } from './facts/condition.ts';
import { conditionsOf } from './facts/policies.ts';
import type { Check } from './runner/check.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const check: Check = {
  name: 'policy-names-a-row',
  title: 'A policy knows one tenant or person by its id',
  why: 'An id written into a policy is an exception that nobody sees in the application: the way back in after a departure.',
  mend: 'Say it with the context, or with a column of the row.',
  also: ['pgrls SEC021'],
  level: 'error',
  async run({ facts }) {
    return (await facts.policies()).flatMap((policy) =>
      conditionsOf(policy).flatMap(({ clause, tree }) => {
        const id = idIn(tree);
        if (id === undefined) return [];
        return [
          {
            object: `${policy.object} ${clause}`,
            detail: `${clause} of ${policy.object} names the id ${id}.`,
            remedy: 'compare with the signed context, or keep the exception in a column of the row',
          },
        ];
      }),
    );
  },
};

/** A constant that is a uuid, or that a column called id or …_id is compared with. */
function idIn(tree: Tree): string | undefined {
  let id: string | undefined;
  walk([tree], (type, node) => {
    if (type === 'A_Const') {
      const value = constantOf({ A_Const: node });
      if (value !== undefined && UUID.test(value)) id ??= value;
    }
    if (type !== 'A_Expr') return;
    const sides = [node.lexpr, node.rexpr].map((side) => strip(side as Tree | undefined));
    const column = sides
      .map((side) => (side ? columnOf(side) : undefined))
      .find((c) => c && /(^|_)id$/.test(c));
    const value = sides.map((side) => (side ? constantOf(side) : undefined)).find((v) => v !== undefined);
    if (column && value !== undefined) id ??= value;
  });
  return id;
}

/** Without casts, which the server adds. */
function strip(tree: Tree | undefined): Tree | undefined {
  const cast = field<{ arg: Tree }>(tree, 'TypeCast');
  return cast ? strip(cast.arg) : tree;
}
