import { asking, type DataCall } from './client.ts';
import { exportList } from './export.ts';
import { type ListQuery, listQuery, type Sorted, sortParams, whereOf } from './list-query.ts';
import { mediaOf } from './media.ts';
import type { DataModel } from './model.ts';
import { readParams } from './params.ts';
import { refuseFaults } from './refusals.ts';
import { writeCursor } from './sorting.ts';
import { Statement } from './statement.ts';

/** As far as rows are counted where an estimate is enough. */
const COUNTED_MOST = 10_000;

/**
 * A page of a collection: one statement, whose rows come as JSON from the server and are not read again here.
 * @throws Refusal `QUERY_INVALID` with every fault
 */
export async function list(model: DataModel, call: DataCall): Promise<Response> {
  const sorted = sortParams(readParams(call.url));
  const media = mediaOf(call.header('accept'));
  if (media !== 'json') return exportList(model, sorted, media, call);
  const query = listQuery(call.asker, model, sorted);
  refuseFaults(query.statement.faults, 'QUERY_INVALID');
  const ask = asking(call.db);
  const [found, counted] = await Promise.all([
    ask(query.sql, query.statement.values),
    query.count === 'none' ? undefined : count(model, call, sorted, query.count),
  ]);
  const next = nextCursor(model, query, found);
  const rows = found.length > query.limit ? found.slice(0, query.limit) : found;
  const page = { next, limit: query.limit, ...counted };
  const body = `{"data":[${rows.map((r) => r[0]).join(',')}],"page":${JSON.stringify(page)}}`;
  const headers: Record<string, string> = { 'content-type': 'application/json', vary: 'accept' };
  // For HEAD, which has no body.
  if (counted) headers['x-count'] = `${counted.count}${counted.countIs === 'exact' ? '' : '+'}`;
  if (next) headers.link = `<${withCursor(call.url, next)}>; rel="next"`;
  return new Response(body, { headers });
}

/** The cursor after a page, where a row more than its limit was found. */
export function nextCursor(
  model: DataModel,
  query: ListQuery,
  found: readonly (string | null)[][],
): string | null {
  if (found.length <= query.limit) return null;
  return writeCursor(model.collection, query.terms, found[query.limit - 1]!.slice(1));
}

function withCursor(url: string, cursor: string): string {
  const [path, query = ''] = url.split('?', 2);
  const kept = query.split('&').filter((p) => p !== '' && !/^(cursor|offset)=/.test(p));
  return `${path}?${[...kept, `cursor=${cursor}`].join('&')}`;
}

/**
 * All rows that meet the conditions. `estimated` stops counting at 10,000 and says so: the planner's own estimate rests on
 * statistics over all tenants and would tell of them.
 */
async function count(
  model: DataModel,
  call: DataCall,
  sorted: Sorted,
  how: 'exact' | 'estimated',
): Promise<{ count: number; countIs: 'exact' | 'at-least' }> {
  const statement = new Statement(call.asker);
  const where = whereOf(statement, { model, alias: 't' }, sorted);
  const bound = how === 'estimated' ? ` LIMIT ${COUNTED_MOST + 1}` : '';
  const sql = `SELECT count(*)::text FROM (SELECT FROM ${model.table} AS t WHERE ${where}${bound}) AS x`;
  const [[counted] = []] = await asking(call.db)(sql, statement.values);
  const rows = Number(counted);
  return bound && rows > COUNTED_MOST
    ? { count: COUNTED_MOST, countIs: 'at-least' }
    : { count: rows, countIs: 'exact' };
}
