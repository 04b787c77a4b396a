import { asking, type DataCall } from './client.ts';
import type { Rows } from './conditions.ts';
import { type Kind, shown } from './kinds.ts';
import { OFFSET_MOST, sortParams, whereOf, whole } from './list-query.ts';
import type { DataModel } from './model.ts';
import { comparison, type Operator } from './operators.ts';
import { readParams } from './params.ts';
import { refuseFaults } from './refusals.ts';
import { Statement } from './statement.ts';
import { readTerms, splitPath, type Term } from './terms.ts';

const WORDS = ['count', 'sum', 'avg', 'min', 'max', 'group', 'having', 'sort', 'limit', 'offset', 'q'];
const FUNCTIONS = ['sum', 'avg', 'min', 'max'] as const;
type Fold = (typeof FUNCTIONS)[number];

const NUMBERS = new Set(['integer', 'bigint', 'decimal', 'float']);
const ORDERED = new Set([...NUMBERS, 'timestamp', 'date', 'text']);
const SPANS = new Set(['hour', 'day', 'week', 'month', 'quarter', 'year']);
const GROUPS_MOST = 3;
const LIMIT_DEFAULT = 100;
const LIMIT_MOST = 1_000;

/** A number or value over the rows of a group, or what they are grouped by. */
interface Measure {
  /** `count`, `sum.value`, `stage`, `createdAt.month` */
  readonly name: string;
  readonly sql: string;
  readonly shown: string;
  readonly kind: Kind;
}

const COUNT: Kind = { name: 'bigint', sql: 'bigint', list: false, least: 0n, most: 2n ** 63n - 1n };

/**
 * Counts, sums, averages and extremes of the rows that meet the conditions, by group. Numbers are strings like those of rows, since
 * sums outgrow what JSON numbers keep; only floating-point fields give numbers.
 * @throws Refusal `QUERY_INVALID`
 */
export async function aggregate(model: DataModel, call: DataCall): Promise<Response> {
  const statement = new Statement(call.asker);
  const rows: Rows = { model, alias: 't' };
  const { word, conditions } = sortParams(readParams(call.url), WORDS) as {
    word: Partial<Record<string, string>>;
    conditions: [string, string][];
  };
  const where = whereOf(statement, rows, { word: word.q === undefined ? {} : { q: word.q }, conditions });
  const groups = (word.group ? word.group.split(',') : []).flatMap((g) => groupOf(statement, model, g) ?? []);
  if (groups.length > GROUPS_MOST)
    statement.fault('group', 'TOO_MANY', `At most ${GROUPS_MOST} fields are allowed.`);
  const measures = FUNCTIONS.flatMap((f) =>
    (word[f] ? word[f].split(',') : []).flatMap((name) => measureOf(statement, model, f, name) ?? []),
  );
  const counted = { name: 'count', sql: 'count(*)', shown: 'count(*)', kind: COUNT };
  if (word.count !== undefined || measures.length === 0) measures.push(counted);
  const all = [...groups, ...measures, counted];
  const having = word.having === undefined ? '' : ` HAVING ${havingOf(statement, all, word.having)}`;
  const order = sortOf(statement, all, word.sort, groups);
  const limit = whole(statement, 'limit', word.limit, LIMIT_DEFAULT, 1, LIMIT_MOST);
  const offset = whole(statement, 'offset', word.offset, 0, 0, OFFSET_MOST);
  refuseFaults(statement.faults, 'QUERY_INVALID');

  const columns = [
    ...groups.map((g) => `${g.shown} AS "${g.name}"`),
    ...(measures.includes(counted) ? ['count(*) AS "count"'] : []),
    ...FUNCTIONS.flatMap((f) => {
      const own = measures.filter((m) => m.name.startsWith(`${f}.`));
      const pairs = own.map((m) => `'${m.name.slice(f.length + 1)}', ${m.shown}`);
      return own.length === 0 ? [] : [`json_build_object(${pairs.join(', ')}) AS "${f}"`];
    }),
  ];
  const groupBy = groups.length === 0 ? '' : ` GROUP BY ${groups.map((g) => g.sql).join(', ')}`;
  const sql =
    `SELECT row_to_json(x)::text AS x FROM (SELECT ${columns.join(', ')} FROM ${model.table} AS t WHERE ${where}${groupBy}${having}` +
    `${order} LIMIT ${limit + 1} OFFSET ${offset}) AS x`;
  const found = await asking(call.db)(sql, statement.values);
  const page = JSON.stringify({ limit, more: found.length > limit });
  const data = found.slice(0, limit).map((r) => r[0]);
  return new Response(`{"data":[${data.join(',')}],"page":${page}}`, {
    headers: { 'content-type': 'application/json' },
  });
}

function groupOf(statement: Statement, model: DataModel, text: string): Measure | undefined {
  const [name = '', span, ...more] = text.split('.');
  const field = model.field.get(name);
  const time = field && (field.kind.name === 'timestamp' || field.kind.name === 'date');
  if (!field?.sortable || more.length > 0 || (span !== undefined && !(time && SPANS.has(span)))) {
    statement.fault(
      'group',
      'UNKNOWN',
      `Rows of ${model.name} cannot be grouped by "${text.slice(0, 100)}".`,
    );
    return undefined;
  }
  const column = `t.${field.column}`;
  if (span === undefined) return { name, sql: column, shown: shown(field.kind, column), kind: field.kind };
  const kind: Kind = { name: 'date', sql: 'date', list: false };
  if (span === 'hour') {
    const sql = `date_trunc('hour', ${column}::timestamptz, 'UTC')`;
    const hour: Kind = { name: 'timestamp', sql: 'timestamptz', list: false };
    return { name: text, sql, shown: shown(hour, sql), kind: hour };
  }
  const sql =
    field.kind.name === 'date'
      ? `date_trunc('${span}', ${column}::timestamp)::date`
      : `date_trunc('${span}', ${column} AT TIME ZONE 'UTC')::date`;
  return { name: text, sql, shown: sql, kind };
}

function measureOf(statement: Statement, model: DataModel, fold: Fold, name: string): Measure | undefined {
  const field = model.field.get(name);
  const fits = fold === 'sum' || fold === 'avg' ? NUMBERS : ORDERED;
  if (!field || field.kind.list || !fits.has(field.kind.name)) {
    statement.fault(
      fold,
      'UNKNOWN',
      `${model.name} has no "${name.slice(0, 100)}" of which ${fold} can be taken.`,
    );
    return undefined;
  }
  const sql = `${fold}(t.${field.column})`;
  const extreme = fold === 'min' || fold === 'max';
  const kind =
    extreme || field.kind.name === 'float' ? field.kind : { ...field.kind, name: 'decimal' as const };
  const text =
    field.kind.name === 'float' || (extreme && field.kind.name === 'integer') ? sql : shown(kind, sql);
  return { name: `${fold}.${name}`, sql, shown: text, kind };
}

function havingOf(statement: Statement, measures: readonly Measure[], text: string): string {
  const terms = readTerms(text);
  if (!terms)
    return statement.fault('having', 'VALUE', 'Expected conditions like (count.gt:5,sum.value.gte:100).');
  return terms.map((t) => havingTerm(statement, measures, t)).join(' AND ');
}

function havingTerm(statement: Statement, measures: readonly Measure[], term: Term): string {
  if (term.kind === 'group') {
    const inner = term.items.map((t) => havingTerm(statement, measures, t));
    if (term.name === 'or') return `(${inner.join(' OR ')})`;
    if (term.name === 'and') return `(${inner.join(' AND ')})`;
    if (term.name === 'not') return `(${inner.join(' AND ')}) IS NOT TRUE`;
    return statement.fault('having', 'UNKNOWN', `There is no group "${term.name.slice(0, 100)}".`);
  }
  if (!statement.counts('having')) return 'false';
  const path = splitPath(term.name);
  const operator = path.pop() ?? '';
  const measure = measures.find((m) => m.name === path.join('.'));
  if (!measure || !COMPARED.has(operator))
    return statement.fault(
      'having',
      'UNKNOWN',
      `"${term.name.slice(0, 100)}" names nothing that is asked for, with an operator.`,
    );
  return comparison(
    statement,
    { kind: measure.kind, sql: measure.sql, name: 'having' },
    operator as Operator,
    term.value,
  );
}

const COMPARED = new Set(['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'between', 'in', 'nin', 'is']);

function sortOf(
  statement: Statement,
  measures: readonly Measure[],
  text: string | undefined,
  groups: readonly Measure[],
): string {
  const asked = (text ? text.split(',') : []).slice(0, 5).flatMap((part) => {
    const name = part.replace(/^[-+ ]/, '');
    const measure = measures.find((m) => m.name === name);
    if (!measure)
      statement.fault('sort', 'UNKNOWN', `"${name.slice(0, 100)}" is not among what is asked for.`);
    return measure ? [`${measure.sql}${part.startsWith('-') ? ' DESC NULLS LAST' : ''}`] : [];
  });
  const rest = groups.map((g) => g.sql).filter((sql) => !asked.some((a) => a.startsWith(sql)));
  const terms = [...asked, ...rest];
  return terms.length === 0 ? '' : ` ORDER BY ${terms.join(', ')}`;
}
