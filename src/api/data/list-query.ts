import { condition, grouped, type Rows, search } from './conditions.ts';
import type { DataModel } from './model.ts';
import type { Param } from './params.ts';
import { boundCost, readSelection, type Selection, selectList } from './selection.ts';
import { after, orderBy, readCursor, readSort, type SortTerm } from './sorting.ts';
import type { Asker } from './statement.ts';
import { Statement } from './statement.ts';

const LIMIT_DEFAULT = 50;
export const LIMIT_MOST = 200;
export const OFFSET_MOST = 10_000;

/** What `sort`, `limit` and their like say, once each. */
const ONCE = ['sort', 'limit', 'cursor', 'offset', 'fields', 'expand', 'count', 'q'] as const;
export type Word = (typeof ONCE)[number];

/** Parameters of a list, parted into those with a name of their own and conditions. */
export interface Sorted {
  readonly word: Partial<Record<Word, string>>;
  readonly conditions: readonly Param[];
}

export function sortParams(params: readonly Param[], known: readonly string[] = ONCE): Sorted {
  const word: Partial<Record<Word, string>> = {};
  const conditions: Param[] = [];
  for (const param of params) {
    if (known.includes(param[0]) && !(param[0] in word)) word[param[0] as Word] = param[1];
    else conditions.push(param);
  }
  return { word, conditions };
}

/** The conditions of a request, as one SQL condition; the tenant is said first, so that the planner knows a constant. */
export function whereOf(statement: Statement, rows: Rows, { word, conditions }: Sorted): string {
  const { model, alias } = rows;
  const { organizationId } = statement.asker;
  const parts: string[] = [];
  if (model.tenantColumn && organizationId)
    parts.push(`${alias}.${model.tenantColumn} = ${statement.param(organizationId, 'uuid')}`);
  for (const [name, value] of conditions) {
    if (name === 'or' || name === 'and' || name === 'not') parts.push(grouped(statement, rows, name, value));
    else if ((ONCE as readonly string[]).includes(name))
      statement.fault(name, 'REPEATED', 'This parameter may be given once.');
    else parts.push(condition(statement, rows, name, value));
  }
  if (word.q !== undefined) parts.push(search(statement, rows, word.q));
  return parts.length === 0 ? 'true' : parts.join(' AND ');
}

/** A list, ready to be asked. */
export interface ListQuery {
  readonly statement: Statement;
  readonly sql: string;
  readonly terms: readonly SortTerm[];
  readonly limit: number;
  readonly selection: Selection;
  readonly count: 'none' | 'exact' | 'estimated';
}

export interface Paging {
  /** Rows of a page, instead of `limit`. */
  readonly rows?: number;
  /** Where to go on, instead of `cursor`. */
  readonly from?: readonly (string | null)[];
}

/** Builds the statement of a list. The faults are in its statement; the caller refuses them. */
export function listQuery(asker: Asker, model: DataModel, sorted: Sorted, paging: Paging = {}): ListQuery {
  const statement = new Statement(asker);
  const { word } = sorted;
  const rows: Rows = { model, alias: 't' };
  const limit = paging.rows ?? whole(statement, 'limit', word.limit, LIMIT_DEFAULT, 1, LIMIT_MOST);
  const offset = whole(statement, 'offset', word.offset, 0, 0, OFFSET_MOST);
  const selection = readSelection(statement, model, word);
  boundCost(statement, selection, limit);
  const where = whereOf(statement, rows, sorted);
  const terms = readSort(statement, rows, word.sort);
  const from = paging.from ?? fromCursor(statement, model, terms, word);
  const count = word.count ?? 'none';
  if (count !== 'none' && count !== 'exact' && count !== 'estimated')
    statement.fault('count', 'VALUE', 'Expected none, exact or estimated.');
  const further = from && statement.faults.length === 0 ? ` AND ${after(statement, terms, from)}` : '';
  const shown = selectList(statement, 't', selection);
  const ends = terms.map((t, i) => `${t.sql}::text AS s${i}`).join(', ');
  const sql =
    `SELECT row_to_json(x)::text AS x, ${ends} FROM ${model.table} AS t, LATERAL (SELECT ${shown}) AS x ` +
    `WHERE ${where}${further} ORDER BY ${orderBy(terms)} LIMIT ${limit + 1}${offset > 0 ? ` OFFSET ${offset}` : ''}`;
  return { statement, sql, terms, limit, selection, count: count as ListQuery['count'] };
}

function fromCursor(
  statement: Statement,
  model: DataModel,
  terms: readonly SortTerm[],
  word: Sorted['word'],
) {
  if (word.cursor === undefined) return undefined;
  if (word.offset !== undefined)
    statement.fault('offset', 'CONFLICT', 'A cursor and an offset exclude each other.');
  const values = readCursor(model.collection, terms, word.cursor);
  if (!values) statement.fault('cursor', 'CURSOR', 'This is no cursor of this list in this order.');
  return values;
}

export function whole(
  statement: Statement,
  name: string,
  text: string | undefined,
  usual: number,
  least: number,
  most: number,
): number {
  if (text === undefined) return usual;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  statement.fault(name, 'VALUE', `Expected a whole number from ${least} to ${most}.`);
  return usual;
}
