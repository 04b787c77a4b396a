import { ALONE, expected, keyIs, pick, probe, type RowOperation } from './target.ts';

/** By key, by key with RETURNING, and of the whole table without reading it. */
export const remove: RowOperation = {
  name: 'delete',
  probes(t) {
    const { table, truth } = t;
    const reached = new Set([...truth.select].filter((k) => truth.delete.has(k)));
    const [mine, hidden] = [pick(t, reached, true), pick(t, reached, false)];
    const both = ['select', 'delete'] as const;
    const from = `DELETE FROM ${table.sql}`;
    return [
      ...(mine
        ? [
            probe(t, 'delete', true, {
              prepare: ALONE,
              statement: `${from} WHERE ${keyIs(table, mine)} RETURNING *`,
              expect: expected(t, both, 1),
            }),
          ]
        : []),
      ...(hidden
        ? [
            probe(t, 'delete', false, {
              statement: `${from} WHERE ${keyIs(table, hidden)}`,
              expect: expected(t, both, 0),
            }),
          ]
        : []),
      probe(t, 'delete', false, {
        prepare: ALONE,
        statement: from,
        expect: expected(t, ['delete'], truth.delete.size),
      }),
    ];
  },
};
