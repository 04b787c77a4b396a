import { keyText } from '../subject/tables.ts';
import { expected, keyIs, pick, probe, type RowOperation, refusal, type Target } from './target.ts';

const seen = (t: Target) =>
  `SELECT count(*)::int AS rows, md5(string_agg(k, ',' ORDER BY k COLLATE "C")) AS seen
   FROM (SELECT ${keyText(t.table)} AS k FROM ${t.table.sql}) x`;

/** All rows, by number and identity; then one that is hidden, by its key. */
export const select: RowOperation = {
  name: 'select',
  probes(t) {
    const hidden = pick(t, t.truth.select, false);
    const shown = t.truth.select.size;
    const all = probe(t, 'select', shown > 0, {
      statement: seen(t),
      expect: expected(t, ['select'], shown, t.truth.seen),
    });
    if (!hidden) return [all];
    const one = `SELECT ${keyText(t.table)} FROM ${t.table.sql} WHERE ${keyIs(t.table, hidden)}`;
    return [all, probe(t, 'select', false, { statement: one, expect: expected(t, ['select'], 0) })];
  },
};

/** Counting, with a condition that betrays a hidden row by an error where it is evaluated before the policy. */
export const count: RowOperation = {
  name: 'count',
  probes(t) {
    const hidden = pick(t, t.truth.select, false);
    const trap = hidden ? ` WHERE 1 / (CASE WHEN ${keyIs(t.table, hidden)} THEN 0 ELSE 1 END) = 1` : '';
    return [
      probe(t, 'count', t.truth.select.size > 0, {
        statement: `SELECT count(*)::int AS rows FROM ${t.table.sql}${trap}`,
        expect: expected(t, ['select'], t.truth.select.size),
      }),
    ];
  },
};

/** COPY … TO, of the table and of a query. */
export const copyTo: RowOperation = {
  name: 'copy to',
  probes(t) {
    const shown = t.truth.select.size;
    return [`COPY ${t.table.sql} TO STDOUT`, `COPY (SELECT * FROM ${t.table.sql}) TO STDOUT`].map(
      (statement) => probe(t, 'copy to', shown > 0, { statement, expect: expected(t, ['select'], shown) }),
    );
  },
};

/** Row locks, which other sessions would wait for. */
export const lock: RowOperation = {
  name: 'select for update',
  probes(t) {
    const reachable = [...t.truth.select].filter((k) => t.truth.update.has(k));
    const hidden = pick(t, new Set(reachable), false);
    const by = (strength: string, condition: string) =>
      `SELECT ${keyText(t.table)} FROM ${t.table.sql}${condition} FOR ${strength}`;
    const both = ['select', 'update'] as const;
    return [
      probe(t, 'select for update', reachable.length > 0, {
        statement: by('UPDATE', ''),
        expect: expected(t, both, reachable.length),
      }),
      ...(hidden
        ? ['KEY SHARE', 'UPDATE'].map((strength) =>
            probe(t, 'select for update', false, {
              statement: by(strength, ` WHERE ${keyIs(t.table, hidden)}`),
              expect: expected(t, both, 0),
            }),
          )
        : []),
    ];
  },
};

/** COPY … FROM, which row security refuses altogether. Its beginning is enough; no row is sent. */
export const copyFrom: RowOperation = {
  name: 'copy from',
  probes(t) {
    const allowed = expected(t, ['insert'], 1);
    return [
      probe(t, 'copy from', false, {
        statement: `COPY ${t.table.sql} FROM STDIN`,
        expect:
          'refused' in allowed && !t.actor.invalid
            ? refusal(t)
            : { either: [refusal(t), { refused: '0A000' }] },
      }),
    ];
  },
};
