import type pg from 'pg';
import { quoteIdent } from '../../database/quote.ts';
import { LotlineError } from '../../errors.ts';
import type { Boundary, BoundaryModel } from '../boundary.ts';
import { tableName } from '../emit.ts';
import { arrayType, encodeArray } from './array-encoding.ts';
import { type Connections, giveBack, runBound } from './connections.ts';
import { TenancyError, tenancyError } from './errors.ts';
import { stoppable } from './stoppable.ts';

export type BulkRow = Readonly<Record<string, unknown>>;

export interface BulkOptions {
  /** Rows sent with one statement, 1 or more; 5,000 unless told. */
  readonly chunk?: number;
  /** Told the rows written so far, after each statement. */
  readonly onProgress?: (rows: number) => void;
  /** Stops between two statements, or while the next rows are awaited; nothing is kept. */
  readonly signal?: AbortSignal;
}

/**
 * Writes many rows of one model, all or none: one INSERT … SELECT FROM unnest() per chunk, since PostgreSQL refuses COPY FROM
 * under row security. The next chunk is encoded while the server works on the last. Every row has the fields of
 * the first; the tenant and other defaults are the database's.
 * @returns the number of rows
 */
export async function bulkInsert(
  connections: Connections,
  boundary: Pick<Boundary, 'models' | 'enums'>,
  target: { readonly model: string; readonly token: () => string; readonly origin: string },
  rows: Iterable<BulkRow> | AsyncIterable<BulkRow>,
  { chunk = 5000, onProgress = () => {}, signal }: BulkOptions = {},
): Promise<number> {
  const model = boundary.models.find((m) => m.model === target.model);
  if (!model) throw UNKNOWN(target.model, 'model');
  if (!Number.isInteger(chunk) || chunk < 1) throw new RangeError(`a chunk of ${chunk} rows`);
  signal?.throwIfAborted();
  const client = await connections.pool.connect().catch((error) => {
    throw tenancyError(error, target.model);
  });
  let failure: unknown = null;
  let written = 0;
  let sent = 0;
  try {
    let begun = false;
    let running: Promise<void> = Promise.resolve();
    let statement: Statement | undefined;
    for await (const part of stoppable(chunks(rows, chunk), signal)) {
      statement ??= statementFor(boundary, model, part[0]!);
      const config = statement(part, sent);
      sent += part.length;
      await running;
      signal?.throwIfAborted();
      const start = begun ? {} : { token: target.token(), origin: target.origin, before: ['BEGIN'] };
      begun = true;
      running = run(connections, client, config, start).then(() => {
        written += part.length;
        onProgress(written);
      });
      // Awaited with the next chunk, or below; until then its failure has nobody who listens.
      running.catch(() => {});
    }
    await running;
    signal?.throwIfAborted();
    if (begun) await client.query('COMMIT');
    return written;
  } catch (error) {
    failure = error;
    await client.query('ROLLBACK').catch(() => {});
    throw error instanceof LotlineError || signal?.aborted ? error : tenancyError(error, target.model);
  } finally {
    // A caller's iterator or signal may fail with anything, also with what is no Error.
    const broken = failure instanceof Error && 'code' in failure ? failure : null;
    giveBack(connections, client, (e) => client.release(e), { tainted: false, error: broken });
  }
}

/** The statement for a chunk of rows that begins after `before` others. */
type Statement = (rows: readonly BulkRow[], before: number) => pg.QueryConfig;

function statementFor(boundary: Pick<Boundary, 'enums'>, model: BoundaryModel, first: BulkRow): Statement {
  const fields = Object.keys(first);
  const columns = fields.map((field) => {
    const column = model.columns.find((c) => c.field === field);
    if (!column) throw UNKNOWN(`${model.model}.${field}`, 'field');
    const named = boundary.enums.find((e) => e.name === column.enumName)?.type;
    const type = named ? `public.${quoteIdent(named)}${column.list ? '[]' : ''}` : column.type;
    return { field, column, type };
  });
  const names = columns.map(({ column }) => quoteIdent(column.column)).join(', ');
  const casts = columns.map(({ type }, i) => `u.c${i}::${type}`).join(', ');
  const aliases = columns.map((_, i) => `c${i}`).join(', ');
  return (rows, before) => {
    const arrays = columns.map(({ field, column }) => {
      const values = rows.map((row, at) => fieldOf(row, field, fields.length, before + at));
      const type = arrayType(column.list ? 'list' : column.type, values);
      try {
        return { type, value: encodeArray(type, values) };
      } catch (error) {
        const message = `${model.model}.${field}: ${(error as Error).message}.`;
        throw new TenancyError('INVALID_VALUE', model.model, error, message);
      }
    });
    const params = arrays.map(({ type }, i) => `$${i + 1}::${type.sql}`).join(', ');
    return {
      text: `INSERT INTO ${tableName(model)} (${names}) SELECT ${casts} FROM unnest(${params}) AS u(${aliases})`,
      values: arrays.map((a) => a.value),
    };
  };
}

function fieldOf(row: BulkRow, field: string, count: number, at: number): unknown {
  if (field in row && Object.keys(row).length === count) return row[field];
  throw new LotlineError(
    'ROWS_DIFFER',
    `Row ${at + 1} has other fields than the first row.`,
    'Give every row the same fields; write null where a value is missing.',
  );
}

async function* chunks(
  rows: Iterable<BulkRow> | AsyncIterable<BulkRow>,
  size: number,
): AsyncGenerator<BulkRow[]> {
  let part: BulkRow[] = [];
  if (Array.isArray(rows)) {
    for (let i = 0; i < rows.length; i += size) yield rows.slice(i, i + size);
    return;
  }
  for await (const row of rows) {
    part.push(row);
    if (part.length < size) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}

function run(
  connections: Connections,
  client: pg.PoolClient,
  config: pg.QueryConfig,
  start: { token?: string; origin?: string; before?: readonly string[] },
): Promise<void> {
  return new Promise((resolve, reject) => {
    runBound(connections, client, config, { ...start, tainted: false }, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}

const UNKNOWN = (name: string, kind: string) =>
  new LotlineError('UNKNOWN_NAME', `There is no ${kind} ${name}.`, 'Use the names of the Prisma schema.');
