import { Refusal } from '../../errors.ts';
import { asking, type DataCall } from './client.ts';
import { csvHead, csvLine } from './csv.ts';
import { type ListQuery, listQuery, type Sorted, whereOf, whole } from './list-query.ts';
import type { DataModel } from './model.ts';
import { refuseFaults } from './refusals.ts';
import { COST_MOST, costOf, readSelection } from './selection.ts';
import { readCursor } from './sorting.ts';
import { Statement } from './statement.ts';

const ROWS_MOST = 100_000;
const BATCH = 1_000;

/**
 * The whole of a list as CSV or NDJSON, in batches that follow each other by their sort values, so that memory holds one batch.
 * Rows that change meanwhile may show as before or after; none shows twice unless its sort values change.
 * @throws Refusal `TOO_MANY_ROWS` before the first row, where it would be cut off
 */
export async function exportList(
  model: DataModel,
  sorted: Sorted,
  media: 'csv' | 'ndjson',
  call: DataCall,
): Promise<Response> {
  const probe = new Statement(call.asker);
  const limit = whole(probe, 'limit', sorted.word.limit, ROWS_MOST, 1, ROWS_MOST);
  const selection = readSelection(probe, model, sorted.word);
  const rows = Math.max(1, Math.min(BATCH, limit, Math.floor(COST_MOST / costOf(selection, 1))));
  const { limit: _, cursor, ...word } = sorted.word;
  const page = (from: readonly (string | null)[] | undefined): ListQuery =>
    listQuery(
      call.asker,
      model,
      { ...sorted, word: from ? without(word, 'offset') : word },
      { rows, ...(from ? { from } : {}) },
    );
  const first = page(undefined);
  const start = cursor === undefined ? undefined : readCursor(model.collection, first.terms, cursor);
  if (cursor !== undefined && !start)
    probe.fault('cursor', 'CURSOR', 'This is no cursor of this list in this order.');
  refuseFaults(
    [...probe.faults.filter((f) => f.field === 'limit' || f.field === 'cursor'), ...first.statement.faults],
    'QUERY_INVALID',
  );
  const ask = asking(call.db);
  const begun = start ? page(start) : first;
  let found = await ask(begun.sql, begun.statement.values);
  if (sorted.word.limit === undefined && found.length > rows) await refuseCut(model, sorted, call);

  const encoder = new TextEncoder();
  const names = [...selection.fields.map((f) => f.name), ...selection.expand.map((e) => e.relation.name)];
  let left = limit;
  let ended = false;
  const write = (text: string) => encoder.encode(text);
  const stream = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        if (media === 'csv') controller.enqueue(write(csvHead(names)));
      },
      pull: async (controller) => {
        if (ended) return controller.close();
        const batch = found.slice(0, Math.min(rows, left));
        left -= batch.length;
        ended = found.length <= rows || left === 0;
        const lines = batch.map((r) => (media === 'csv' ? csvLine(model, names, r[0]!) : `${r[0]}\n`));
        if (lines.length > 0) controller.enqueue(write(lines.join('')));
        if (ended) return controller.close();
        call.signal.throwIfAborted();
        const next = page(batch.at(-1)!.slice(1));
        found = await ask(next.sql, next.statement.values).catch(brokenOff);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(stream, { headers: { ...HEADERS[media], vary: 'accept' } });
}

/** The answer has begun, so it can only end too early. What carries the reason outward is printed: no row, no SQL. */
function brokenOff(error: unknown): never {
  const { code = 'UNEXPECTED' } = error as { code?: string };
  throw new Error(`An export broke off: ${code}`);
}

const HEADERS = {
  csv: { 'content-type': 'text/csv; charset=utf-8; header=present' },
  ndjson: { 'content-type': 'application/x-ndjson' },
} as const;

const without = (word: Sorted['word'], name: 'offset') => {
  const { [name]: _, ...rest } = word;
  return rest;
};

/** Nobody should take a part for the whole. */
async function refuseCut(model: DataModel, sorted: Sorted, call: DataCall): Promise<void> {
  const statement = new Statement(call.asker);
  const where = whereOf(statement, { model, alias: 't' }, sorted);
  const sql = `SELECT count(*)::text FROM (SELECT FROM ${model.table} AS t WHERE ${where} LIMIT ${ROWS_MOST + 1}) AS x`;
  const [[count] = []] = await asking(call.db)(sql, statement.values);
  if (Number(count) <= ROWS_MOST) return;
  throw new Refusal(
    'invalid',
    'TOO_MANY_ROWS',
    `These are more than ${ROWS_MOST.toLocaleString('en-US')} rows, as many as one answer holds.`,
    'Narrow the conditions, or send limit and go on where the last row ended.',
  );
}
