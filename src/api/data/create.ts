import { type Db, inTransaction } from '../../db.ts';
import type { FieldFault } from '../../errors.ts';
import { Refusal } from '../../errors.ts';
import { answerMany, answerOne } from './answers.ts';
import type { Body } from './body.ts';
import { askingIn, type DataCall } from './client.ts';
import { refusalOf } from './database-faults.ts';
import { judgeRow, type Row } from './judge-row.ts';
import type { DataModel } from './model.ts';
import { readPreferences } from './prefer.ts';
import { selectionOf } from './record.ts';
import { refuseFaults } from './refusals.ts';
import { nothingOf, type Selection } from './selection.ts';
import { Statement } from './statement.ts';
import { prismaRow, typedRow, untypedRow } from './typed.ts';
import { conflictOf, type Upsert, upsertByRules } from './upsert.ts';
import { insertSql, readWritten, type Written } from './writes.ts';

const BATCH = 1_000;

/** What a create works with, after its input has been judged. */
export interface Creating {
  readonly model: DataModel;
  readonly models: Iterable<DataModel>;
  readonly call: DataCall;
  readonly selection: Selection;
  readonly url: string;
  readonly upsert: Upsert | undefined;
}

/**
 * Creates one row, or many: all or none, in one transaction.
 *
 * Twice: two rows, unless the caller gives the id (then 409, or with `resolution=ignore-duplicates` the row that is there) or an
 * idempotency key. At once: keys are the database's, one of two is a 409. Half: never.
 * @throws Refusal `BODY_INVALID` with every fault of every row; what {@link refusalOf} makes of the database's refusals
 */
export async function create(
  model: DataModel,
  models: Iterable<DataModel>,
  body: Body,
  call: DataCall,
): Promise<Response> {
  const preferences = readPreferences(call.header('prefer'));
  const { url, upsert } = conflictOf(model, call, preferences);
  const statement = new Statement(call.asker);
  const selection = selectionOf(statement, model, url);
  refuseFaults(statement.faults, 'QUERY_INVALID');
  const rows = judgeRows(model, body, call);
  const shown = body.many && preferences.return !== 'representation' ? nothingOf(model) : selection;
  const creating: Creating = { model, models, call, selection: shown, url, upsert };
  const written = await inTransaction(call.db, (tx) => writeAll(tx, creating, rows)).catch((error) => {
    throw refusalOf(error, model, models);
  });
  return body.many
    ? answerMany(written, rows.length, preferences, upsert ? 200 : 201)
    : answerOne(written[0], {
        call,
        preferences,
        created: written[0] ? !written[0].existed : !upsert,
      });
}

/** @throws Refusal with all faults */
function judgeRows(model: DataModel, body: Body, { asker, bulkRows }: DataCall): Row[] {
  const raws = body.many ? body.rows : [body.value];
  if (raws.length > bulkRows)
    throw new Refusal(
      'limit',
      'TOO_MANY_ROWS',
      `These are ${raws.length.toLocaleString('en-US')} rows; your plan allows ${bulkRows.toLocaleString('en-US')} in one request.`,
      'Send them in several requests.',
    );
  const faults: FieldFault[] = [];
  const rows = raws.map((raw, i) =>
    judgeRow(model, raw, 'create', { at: body.many ? `${i}.` : '', asker, faults }),
  );
  refuseFaults(faults, 'BODY_INVALID');
  return rows;
}

async function writeAll(tx: Db, creating: Creating, rows: readonly Row[]): Promise<Written[]> {
  const { model, upsert } = creating;
  const many = rows.length > 1;
  if (upsert && model.rules) return upsertByRules(tx, creating, rows);
  if (model.rules?.create && model.rules.sequential && many) return writeEach(tx, creating, rows);
  const ready = model.rules?.create ? await prepared(tx, creating, rows) : rows;
  const written: Written[] = [];
  for (const { from, batch } of batches(ready)) {
    written.push(...(await writeBatch(tx, creating, batch, { from, many })));
  }
  return written;
}

/** Where a row's rules look at the rows before it: each is prepared when the one before it is written. */
async function writeEach(tx: Db, creating: Creating, rows: readonly Row[]): Promise<Written[]> {
  const written: Written[] = [];
  for (const [from, row] of rows.entries()) {
    const [ready] = await prepared(tx, creating, [row], from);
    written.push(...(await writeBatch(tx, creating, [ready!], { from, many: true })));
  }
  return written;
}

/** The rows as the rules of the model want them. `from` is the place of the first in a request of many. */
async function prepared(
  tx: Db,
  { model, models, call }: Creating,
  rows: readonly Row[],
  from?: number,
): Promise<Row[]> {
  const ready: Row[] = [];
  for (const [i, row] of rows.entries()) {
    const values = typedRow(model, row);
    try {
      ready.push(untypedRow(model, await model.rules!.create!(tx, values, call.plan), row, values));
    } catch (error) {
      const many = rows.length > 1 || from !== undefined;
      throw refusalOf(error, model, models, many ? `${(from ?? 0) + i}.` : '');
    }
  }
  return ready;
}

/** Neighbours with the same fields, at most as many as one statement takes. */
function batches(rows: readonly Row[]): { from: number; batch: Row[] }[] {
  const made: { from: number; batch: Row[]; fields: string }[] = [];
  for (const [i, row] of rows.entries()) {
    const fields = Object.keys(row).sort().join();
    const last = made.at(-1);
    if (last && last.fields === fields && last.batch.length < BATCH) last.batch.push(row);
    else made.push({ from: i, batch: [row], fields });
  }
  return made;
}

interface Place {
  readonly from: number;
  readonly many: boolean;
}

/**
 * One statement for the batch. Where it fails, halves of it are tried, each a part of the transaction that can fail
 * alone, until the row is found that the refusal names; the transaction fails all the same.
 */
async function writeBatch(
  tx: Db,
  creating: Creating,
  batch: readonly Row[],
  place: Place,
): Promise<Written[]> {
  const { model, models } = creating;
  if (!place.many && !model.hidden) return insert(tx, creating, batch, true);
  try {
    return await inTransaction(tx, (part) => insert(part, creating, batch, true));
  } catch (error) {
    const { state } = error as { state?: string };
    if (state === '42501' && model.hidden && !creating.upsert) return insert(tx, creating, batch, false);
    if (batch.length === 1 || !state || !/^2[23]/.test(state))
      throw refusalOf(error, model, models, place.many ? `${place.from}.` : '');
    const middle = batch.length >> 1;
    await writeBatch(tx, creating, batch.slice(0, middle), place);
    await writeBatch(tx, creating, batch.slice(middle), { ...place, from: place.from + middle });
    throw error;
  }
}

async function insert(tx: Db, creating: Creating, batch: readonly Row[], shown: boolean): Promise<Written[]> {
  const { model, call, selection, upsert } = creating;
  const statement = new Statement(call.asker);
  const conflict = upsert?.conflict(batch[0]!);
  const sql = insertSql(statement, model, batch, { selection, shown }, conflict);
  const rows = await askingIn(tx)(sql, statement.values);
  const written = rows.map(readWritten);
  if (model.rules?.written)
    for (const { key } of written)
      await model.rules.written(tx, (await prismaRow(tx, model, key))!, undefined);
  return written;
}
