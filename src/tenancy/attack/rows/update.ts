import { quoteIdent as q, quoteLiteral } from '../../../database/quote.ts';
import { wantedValues } from '../declared.ts';
import { ofTenants } from '../subject/tables.ts';
import type { Row } from '../subject/truth.ts';
import {
  ALONE,
  expected,
  granted,
  keyIs,
  pick,
  probe,
  type RowOperation,
  refusal,
  type Target,
} from './target.ts';

/** Rows that an update by key reaches, and of these those whose new form is accepted. */
function reach(t: Target) {
  const { select, update, updated } = t.truth;
  const reached = new Set([...select].filter((k) => update.has(k)));
  return { reached, accepted: new Set([...reached].filter((k) => updated.has(k))) };
}

function setter(t: Target): string | undefined {
  const columns = granted(t, t.actor.role, 'update');
  const wanted = wantedValues(t.table.model, t.roles.app, 'update');
  const set = Object.entries(wanted).filter(([c]) => !columns || columns.includes(c));
  if (set.length > 0)
    return set.map(([c, v]) => `${q(c)} = ${v === null ? 'NULL' : quoteLiteral(String(v))}`).join(', ');
  const column =
    t.choice.quiet ??
    (columns ?? t.table.columns.map((c) => c.name)).find((c) => !t.table.primary.includes(c));
  return column ? `${q(column)} = ${q(column)}` : undefined;
}

/** By key, then of the whole table without reading it. */
export const update: RowOperation = {
  name: 'update',
  probes(t) {
    const set = setter(t);
    if (!set) return [];
    const { reached, accepted } = reach(t);
    const mine = pick(t, accepted, true);
    const hidden = pick(t, reached, false);
    const by = (row: Row) => `UPDATE ${t.table.sql} SET ${set} WHERE ${keyIs(t.table, row)}`;
    const needs = ['select', 'update'] as const;
    return [
      ...(mine ? [probe(t, 'update', true, { statement: by(mine), expect: expected(t, needs, 1) })] : []),
      ...(hidden
        ? [probe(t, 'update', false, { statement: by(hidden), expect: expected(t, needs, 0) })]
        : []),
      ...blind(t),
    ];
  },
};

/** A constant into every row: nothing is read, so only the conditions of UPDATE decide. */
function blind(t: Target) {
  const column = t.choice.quiet;
  const columns = granted(t, t.actor.role, 'update');
  if (
    !column ||
    !columns?.includes(column) ||
    Object.keys(wantedValues(t.table.model, t.actor.role, 'update')).length > 0
  )
    return [];
  const accepted = [...t.truth.update].every((k) => t.truth.updated.has(k));
  const type = t.table.columns.find((c) => c.name === column)!.type;
  return [
    probe(t, 'update', false, {
      prepare: ALONE,
      statement: `UPDATE ${t.table.sql} SET ${q(column)} = (${quoteLiteral(t.choice.fresh.json)}::jsonb ->> ${quoteLiteral(column)})::${type}`,
      expect: accepted ? expected(t, ['update'], t.truth.update.size) : refusal(t),
    }),
  ];
}

/** Belongs to nobody, so that the key of a tenant can be changed to it. */
const NOBODY = '0190a000-0000-7000-8000-00000000dead';

/** An own row into another tenant, by its key; then all rows at once without reading them. */
export const move: RowOperation = {
  name: 'move',
  probes(t) {
    const { table, tenants, actor } = t;
    if (!ofTenants(table) || actor.role === t.roles.platform) return [];
    const mine = pick(t, reach(t).accepted, true) ?? t.choice.fresh;
    const root = table.model.scope === 'tenant-root';
    const elsewhere = root ? NOBODY : mine.tenant === tenants.ours ? tenants.theirs : tenants.ours;
    const column = table.tenantKey!;
    const to = `UPDATE ${table.sql} SET ${q(column)} = ${quoteLiteral(elsewhere)}`;
    const all = outcome(t, column, t.truth.update.size > 0);
    return [
      probe(t, 'move', false, {
        prepare: ALONE,
        statement: `${to} WHERE ${keyIs(table, mine)}`,
        expect: outcome(t, column, reach(t).reached.has(mine.key)),
      }),
      probe(t, 'move', false, { prepare: ALONE, statement: to, expect: all }),
    ];
  },
};

function outcome(t: Target, column: string, reached: boolean) {
  const columns = granted(t, t.actor.role, 'update');
  if (t.actor.refused || !columns?.includes(column)) return refusal(t);
  return reached ? refusal(t) : expected(t, ['update'], 0);
}

/** UPDATE … RETURNING shows no row that could not be changed. */
export const updateReturning: RowOperation = {
  name: 'returning',
  probes(t) {
    const set = setter(t);
    const hidden = pick(t, reach(t).reached, false);
    if (!set || !hidden) return [];
    return [
      probe(t, 'returning', false, {
        prepare: ALONE,
        statement: `UPDATE ${t.table.sql} SET ${set} WHERE ${keyIs(t.table, hidden)} RETURNING *`,
        expect: expected(t, ['select', 'update'], 0),
      }),
    ];
  },
};
