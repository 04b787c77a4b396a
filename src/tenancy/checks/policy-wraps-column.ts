import type { Boundary } from '../boundary.ts';
import { columnOf, field, functionCalls, operatorOf, type Tree, walk } from './facts/condition.ts';
import { conditionsOf } from './facts/policies.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'policy-wraps-column',
  title: 'A policy changes a column before it compares',
  why: 'An index on the column does not serve f(column) or column::type, so every query of every tenant reads the whole table.',
  mend: 'Cast the context instead of the column.',
  also: ['pgrls PERF004', 'safegres X3'],
  level: 'warning',
  async run({ boundary, facts }) {
    return (await facts.policies()).flatMap((policy) =>
      conditionsOf(policy)
        .filter(({ clause }) => clause === 'USING')
        .flatMap(({ tree }) => wrapped(tree))
        .filter((column) => !isText(boundary, policy.table, column))
        .map((column) => ({
          object: `${policy.object} ${column}`,
          detail: `${policy.object} compares ${column} after changing it, for which an index on ${column} is no use.`,
          remedy: `compare ${column} as it is, and cast the other side`,
        })),
    );
  },
};

/** Columns that a function or cast stands round, where the other side knows the context. */
function wrapped(tree: Tree): string[] {
  const columns = new Set<string>();
  walk([tree], (type, node) => {
    if (type !== 'A_Expr' || operatorOf(node.name as unknown[]) !== '=') return;
    const [left, right] = [node.lexpr as Tree, node.rexpr as Tree];
    for (const [side, other] of [
      [left, right],
      [right, left],
    ] as const) {
      const column = inner(side);
      if (column && functionCalls([other] as unknown as Tree).some((c) => c.name.startsWith('app.')))
        columns.add(column);
    }
  });
  return [...columns];
}

function inner(tree: Tree): string | undefined {
  const cast = field<{ arg: Tree }>(tree, 'TypeCast');
  if (cast) return columnOf(cast.arg) ?? inner(cast.arg);
  const args = field<{ args?: Tree[] }>(tree, 'FuncCall')?.args ?? [];
  return args.map((arg) => columnOf(arg) ?? inner(arg)).find((c) => c !== undefined);
}

/** The server prints varchar columns with a cast to text, which costs nothing. */
function isText({ models }: Boundary, table: string, column: string): boolean {
  const type = models.find((m) => m.table === table)?.columns.find((c) => c.column === column)?.type ?? '';
  return /^(varchar|character varying|text)/i.test(type);
}
