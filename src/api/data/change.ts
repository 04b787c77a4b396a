import { type Db, inTransaction } from '../../db.ts';
import { type FieldFault, Refusal } from '../../errors.ts';
import { HttpFault } from '../../http/index.ts';
import { answerMany, answerOne } from './answers.ts';
import type { Body } from './body.ts';
import { askingIn, type DataCall } from './client.ts';
import { refusalOf } from './database-faults.ts';
import { judgeRow, type Row } from './judge-row.ts';
import { sortParams, whereOf } from './list-query.ts';
import type { DataModel } from './model.ts';
import { readParams } from './params.ts';
import { type Preferences, readPreferences } from './prefer.ts';
import { ifMatch, keyCondition, readRow, selectionOf, version } from './record.ts';
import { noSuchRecord, refuseFaults } from './refusals.ts';
import { nothingOf, readSelection, type Selection } from './selection.ts';
import { Statement } from './statement.ts';
import { prismaRow, typedRow, untypedRow } from './typed.ts';
import { deleteSql, readWritten, unchanged, updateSql, type Written } from './writes.ts';

/** One row that is to be changed or removed. */
interface Target {
  readonly model: DataModel;
  readonly id: string;
  readonly call: DataCall;
  readonly selection: Selection;
  /** Versions that If-Match names. */
  readonly versions: readonly string[] | '*' | undefined;
}

/**
 * Changes one row, if it still is as the caller saw it.
 *
 * The row is locked, then compared, then written, in one transaction. Twice: the second finds another version (412). At once: the
 * second waits for the first, then finds another version. Half: never.
 * @throws Refusal `STALE` (412), HttpFault `IF_MATCH_MISSING` (428)
 */
export async function update(
  model: DataModel,
  models: Iterable<DataModel>,
  id: string,
  body: Body,
  call: DataCall,
): Promise<Response> {
  const preferences = readPreferences(call.header('prefer'));
  const versions = ifMatch(call.header('if-match'));
  if (versions === undefined) throw conditionMissing();
  const statement = new Statement(call.asker);
  const selection = selectionOf(statement, model, call.url);
  refuseFaults(statement.faults, 'QUERY_INVALID');
  const changes = judgeChanges(model, body, call);
  const target: Target = { model, id, call, selection, versions };
  const written = await inTransaction(call.db, (tx) => updateOne(tx, target, changes)).catch((error) => {
    throw refusalOf(error, model, models);
  });
  return answerOne(written, { call, preferences, created: false });
}

function judgeChanges(model: DataModel, body: Body, { asker }: DataCall): Row {
  const faults: FieldFault[] = [];
  const changes = judgeRow(model, body.many ? body.rows : body.value, 'update', { at: '', asker, faults });
  refuseFaults(faults, 'BODY_INVALID');
  return changes;
}

async function updateOne(tx: Db, target: Target, changes: Row): Promise<Written> {
  const { model, id, call, selection, versions } = target;
  await lock(tx, target);
  const rules = model.rules;
  const before = rules ? await prismaRow(tx, model, id) : null;
  const typed = rules?.update ? typedRow(model, changes) : changes;
  const values = rules?.update
    ? untypedRow(model, await rules.update(tx, before!, typed, call.plan), changes, typed)
    : changes;
  const statement = new Statement(call.asker);
  if (Object.keys(values).length === 0) {
    const row = await readRow(askingIn(tx), statement, model, id, selection);
    return { ...row!, key: id, existed: true };
  }
  const where = keyCondition(statement, model, 't', id)! + unchanged(statement, versions);
  const [row] = await askingIn(tx)(
    updateSql(statement, model, values, where, { selection, shown: true }),
    statement.values,
  );
  if (!row) throw await whyNot(tx, target);
  await rules?.written?.(tx, (await prismaRow(tx, model, id))!, before!);
  return readWritten(row);
}

/** Locks the row. @throws Refusal where it is missing, of another version, or not the caller's to change */
async function lock(tx: Db, target: Target): Promise<void> {
  const { model, id, call, versions } = target;
  const statement = new Statement(call.asker);
  const where = keyCondition(statement, model, 't', id);
  if (!where) throw noSuchRecord(model);
  const sql = `SELECT ${version('t')} AS v FROM ${model.table} AS t WHERE ${where} FOR UPDATE`;
  const [found] = await askingIn(tx)(sql, statement.values);
  if (!found) throw await whyNot(tx, target);
  if (Array.isArray(versions) && !versions.includes(found[0]!)) throw stale(model);
}

/** Why a row was not written: it is not there, it has changed, or a policy keeps it. */
async function whyNot(tx: Db, { model, id, call, versions }: Target): Promise<Refusal> {
  const statement = new Statement(call.asker);
  const where = keyCondition(statement, model, 't', id);
  if (!where) return noSuchRecord(model);
  const sql = `SELECT ${version('t')} AS v FROM ${model.table} AS t WHERE ${where}`;
  const [found] = await askingIn(tx)(sql, statement.values);
  if (!found) return noSuchRecord(model);
  if (Array.isArray(versions) && !versions.includes(found[0]!)) return stale(model);
  return new Refusal(
    'forbidden',
    'FORBIDDEN',
    `This record of ${model.collection} may not be changed or removed by you as it is.`,
    'Its owner or an admin may, or its state forbids it; the policies of the model say which.',
  );
}

const stale = (model: DataModel) =>
  new Refusal(
    'stale',
    'STALE',
    `This record of ${model.collection} has changed since you read it.`,
    'Read it again, apply your change to what it is now, and send its new ETag as If-Match.',
  );

const conditionMissing = () =>
  new HttpFault(
    428,
    'IF_MATCH_MISSING',
    'A change needs If-Match, so that it does not overwrite what others wrote meanwhile.',
    'Send the ETag of the record as If-Match; "If-Match: *" changes it whatever it is now.',
  );

/** Removes one row; with If-Match only as the caller saw it. Twice: the second is a 404. */
export async function remove(
  model: DataModel,
  models: Iterable<DataModel>,
  id: string,
  call: DataCall,
): Promise<Response> {
  const versions = ifMatch(call.header('if-match'));
  const faults = new Statement(call.asker);
  const selection = selectionOf(faults, model, call.url);
  refuseFaults(faults.faults, 'QUERY_INVALID');
  const target: Target = { model, id, call, selection, versions };
  await inTransaction(call.db, (tx) => removeOne(tx, target)).catch((error) => {
    throw refusalOf(error, model, models);
  });
  return new Response(null, { status: 204 });
}

async function removeOne(tx: Db, target: Target): Promise<void> {
  const { model, id, call, selection, versions } = target;
  if (model.rules?.remove) {
    await lock(tx, target);
    await model.rules.remove(tx, (await prismaRow(tx, model, id))!);
  }
  const statement = new Statement(call.asker);
  const key = keyCondition(statement, model, 't', id);
  if (!key) throw noSuchRecord(model);
  const where = key + unchanged(statement, versions);
  const returning = { selection: { ...selection, expand: [] }, shown: true };
  const [row] = await askingIn(tx)(deleteSql(statement, model, where, returning), statement.values);
  if (!row) throw await whyNot(tx, target);
}

/**
 * Changes or removes every row that meets the conditions of the query: all or none, and none where they are more than the caller
 * said (`Prefer: max-affected`). Rows that a policy keeps from the caller are left out, as by PostgreSQL.
 * @throws Refusal `CONDITION_MISSING`, `TOO_MANY_AFFECTED`
 */
export async function changeMany(
  model: DataModel,
  models: Iterable<DataModel>,
  body: Body | undefined,
  call: DataCall,
): Promise<Response> {
  const preferences = readPreferences(call.header('prefer'));
  const changes = body && judgeChanges(model, body, call);
  const sorted = sortParams(readParams(call.url), ['fields', 'expand', 'q']);
  if (sorted.conditions.length === 0 && sorted.word.q === undefined)
    throw new Refusal(
      'invalid',
      'CONDITION_MISSING',
      'This would be every record.',
      'Say which ones by at least one condition, such as status=DRAFT.',
    );
  if (changes && Object.keys(changes).length === 0) return answerMany([], 0, preferences, 200);
  const written = await inTransaction(call.db, async (tx) => {
    const statement = new Statement(call.asker);
    const wanted = readSelection(statement, model, sorted.word);
    const selection = preferences.return === 'representation' ? wanted : nothingOf(model);
    const where = whereOf(statement, { model, alias: 't' }, sorted);
    refuseFaults(statement.faults, 'QUERY_INVALID');
    const steered = changes ? model.rules?.update || model.rules?.written : model.rules?.remove;
    if (steered) return oneByOne(tx, { model, call, selection, preferences }, changes, { statement, where });
    const returning = { selection, shown: true };
    const sql = changes
      ? updateSql(statement, model, changes, where, returning)
      : deleteSql(statement, model, where, returning);
    const rows = await askingIn(tx)(sql, statement.values);
    if (rows.length > preferences.maxAffected) throw tooMany(preferences);
    return rows.map(readWritten);
  }).catch((error) => {
    throw refusalOf(error, model, models);
  });
  return answerMany(written, written.length, preferences, 200);
}

interface Many {
  readonly model: DataModel;
  readonly call: DataCall;
  readonly selection: Selection;
  readonly preferences: Preferences;
}

/** Where the model has rules, they judge each row; the rows are locked in the order of their key. */
async function oneByOne(
  tx: Db,
  { model, call, selection, preferences }: Many,
  changes: Row | undefined,
  { statement, where }: { statement: Statement; where: string },
): Promise<Written[]> {
  const key = model.key.map((f) => `t.${f.column}::text`).join(` || ',' || `);
  const order = model.key.map((f) => `t.${f.column}`).join(', ');
  const sql = `SELECT ${key} AS k FROM ${model.table} AS t WHERE ${where} ORDER BY ${order} LIMIT ${preferences.maxAffected + 1} FOR UPDATE`;
  // The values of the expansion belong to another statement.
  const found = await askingIn(tx)(sql, statement.values);
  if (found.length > preferences.maxAffected) throw tooMany(preferences);
  const written: Written[] = [];
  for (const [id] of found) {
    const target: Target = { model, id: id!, call, selection, versions: undefined };
    if (changes) written.push(await updateOne(tx, target, changes));
    else {
      await removeOne(tx, target);
      written.push({ json: 'null', version: '', key: id!, existed: true });
    }
  }
  return written;
}

const tooMany = ({ maxAffected }: Preferences) =>
  new Refusal(
    'invalid',
    'TOO_MANY_AFFECTED',
    `More than ${maxAffected.toLocaleString('en-US')} records meet the conditions; nothing was changed.`,
    'Narrow the conditions, or allow more with "Prefer: max-affected=…", 10,000 at most.',
  );
