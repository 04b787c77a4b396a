import { quoteIdent as q, quoteLiteral } from '../../../database/quote.ts';
import { wantedValues } from '../declared.ts';
import type { Expectation } from '../probe.ts';
import {
  ALONE,
  expected,
  granted,
  insertion,
  insertRole,
  probe,
  type RowOperation,
  record,
  refusal,
  type Target,
  takeOut,
} from './target.ts';

const conflict = (t: Target) => t.table.primary.map(q).join(', ');

function allowed(t: Target): boolean {
  return t.truth.insert.has(t.choice.fresh.key) && !t.actor.refused && !!granted(t, t.actor.role, 'insert');
}

/** A row of ours, written anew after it was taken out; with triggers and foreign keys as they are. */
export const insert: RowOperation = {
  name: 'insert',
  probes: (t) => [
    probe(t, 'insert', allowed(t), {
      prepare: takeOut(t.table, t.choice.fresh),
      statement: insertion(t, t.choice.fresh),
      expect: allowed(t) ? expected(t, ['insert'], 1) : refusal(t),
    }),
  ],
};

/** RETURNING shows the new row only to those who may see it. */
export const insertReturning: RowOperation = {
  name: 'returning',
  probes(t) {
    const shown =
      allowed(t) && t.truth.insertSeen.has(t.choice.fresh.key) && !!granted(t, t.actor.role, 'select');
    return [
      probe(t, 'returning', shown, {
        prepare: takeOut(t.table, t.choice.fresh),
        statement: `${insertion(t, t.choice.fresh)} RETURNING *`,
        expect: shown ? expected(t, ['insert', 'select'], 1) : refusal(t),
      }),
    ];
  },
};

/** INSERT … ON CONFLICT on a row that is there: DO NOTHING tells nothing, DO UPDATE changes what may be changed. */
export const upsert: RowOperation = {
  name: 'upsert',
  probes(t) {
    const { key } = t.choice.fresh;
    const seen =
      allowed(t) &&
      t.truth.insertSeen.has(key) &&
      t.truth.select.has(key) &&
      !!granted(t, t.actor.role, 'select');
    const column = t.choice.quiet;
    const changes =
      seen &&
      column &&
      t.truth.update.has(key) &&
      t.truth.updated.has(key) &&
      granted(t, t.actor.role, 'update')?.includes(column);
    const base = insertion(t, t.choice.fresh);
    return [
      probe(t, 'upsert', false, {
        prepare: ALONE,
        statement: `${base} ON CONFLICT (${conflict(t)}) DO NOTHING`,
        expect: seen ? expected(t, ['insert', 'select'], 0) : refusal(t),
      }),
      ...(column
        ? [
            probe(t, 'upsert', !!changes, {
              prepare: ALONE,
              statement: `${base} ON CONFLICT (${conflict(t)}) DO UPDATE SET ${setting(t, column, 'excluded')}`,
              expect: changes ? expected(t, ['insert', 'select', 'update'], 1) : refusal(t),
            }),
          ]
        : []),
    ];
  },
};

/** The quiet column from the new row, with the values that every update has to set. */
function setting(t: Target, column: string, source: string): string {
  const wanted = Object.entries(wantedValues(t.table.model, t.roles.app, 'update')).filter(
    ([c]) => c !== column,
  );
  return [
    `${q(column)} = ${source}.${q(column)}`,
    ...wanted.map(([c, v]) => `${q(c)} = ${v === null ? 'NULL' : quoteLiteral(String(v))}`),
  ].join(', ');
}

/** A row of the own tenant that may be written but not seen is taken for missing; the key then betrays it to the tenant itself. */
function unseen(t: Target, shown: boolean): Expectation {
  return !shown && allowed(t) ? { either: [refusal(t), { refused: '23505' }] } : refusal(t);
}

/** MERGE: a row that is hidden is taken for missing, and inserting it is refused. */
export const merge: RowOperation = {
  name: 'merge',
  probes(t) {
    const { table, choice, truth, actor } = t;
    const { key } = choice.fresh;
    const column = choice.quiet;
    const match = table.primary.map((c) => `t.${q(c)} = s.${q(c)}`).join(' AND ');
    const source = record(
      table,
      choice.fresh,
      wantedValues(table.model, insertRole(table, t.roles), 'insert'),
    );
    const columns = (
      granted(t, actor.role, 'insert') ?? table.columns.filter((c) => !c.generated).map((c) => c.name)
    ).map(q);
    const into = `MERGE INTO ${table.sql} t USING ${source} ON ${match}`;
    const add = `WHEN NOT MATCHED THEN INSERT (${columns.join(', ')}) VALUES (${columns.map((c) => `s.${c}`).join(', ')})`;
    const shown = truth.select.has(key) && !!granted(t, actor.role, 'select') && !actor.refused;
    const changed =
      shown &&
      !!column &&
      truth.update.has(key) &&
      truth.updated.has(key) &&
      !!granted(t, actor.role, 'update')?.includes(column) &&
      !!granted(t, actor.role, 'insert');
    const deleted = shown && truth.delete.has(key) && !!granted(t, actor.role, 'delete');
    return [
      ...(column
        ? [
            probe(t, 'merge', changed, {
              prepare: ALONE,
              statement: `${into} WHEN MATCHED THEN UPDATE SET ${setting(t, column, 's')} ${add}`,
              expect: changed ? expected(t, ['select', 'insert', 'update'], 1) : unseen(t, shown),
            }),
          ]
        : []),
      probe(t, 'merge', deleted, {
        prepare: ALONE,
        statement: `${into} WHEN MATCHED THEN DELETE`,
        expect: deleted || !shown ? expected(t, ['select', 'delete'], deleted ? 1 : 0) : refusal(t),
      }),
    ];
  },
};
