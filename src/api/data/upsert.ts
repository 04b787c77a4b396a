import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import { askingIn, type DataCall } from './client.ts';
import type { Creating } from './create.ts';
import { refusalOf } from './database-faults.ts';
import type { Row } from './judge-row.ts';
import type { DataField, DataKey, DataModel } from './model.ts';
import { comparedType } from './operators.ts';
import { readParams } from './params.ts';
import type { Preferences } from './prefer.ts';
import { permissionMissing } from './refusals.ts';
import { Statement } from './statement.ts';
import { prismaRow, typedRow, untypedRow } from './typed.ts';
import { type Conflict, insertSql, readWritten, updateSql, type Written } from './writes.ts';

/** What happens to rows whose key is there already. */
export interface Upsert {
  readonly key: DataKey;
  readonly merge: boolean;
  readonly conflict: (row: Row) => Conflict;
}

/**
 * Reads `on_conflict` and the preference `resolution`.
 * @returns the upsert, and the request's path without `on_conflict`
 */
export function conflictOf(
  model: DataModel,
  call: DataCall,
  { resolution }: Preferences,
): { url: string; upsert: Upsert | undefined } {
  const named = readParams(call.url).filter(([name]) => name === 'on_conflict');
  const [path, query = ''] = call.url.split('?', 2);
  const kept = query.split('&').filter((p) => p !== '' && !p.startsWith('on_conflict='));
  const url = kept.length > 0 ? `${path}?${kept.join('&')}` : path!;
  if (!resolution) {
    if (named.length > 0) throw keyFault(model, 'on_conflict needs the preference resolution.');
    return { url, upsert: undefined };
  }
  const usable = model.keys.filter((k) => k.whole && k.tenant);
  const fields = named[0]?.[1].split(',');
  const key = fields
    ? usable.find((k) => k.fields.length === fields.length && k.fields.every((f) => fields.includes(f)))
    : usable.find((k) => k.primary);
  if (!key)
    throw keyFault(model, fields ? 'on_conflict names no unique key of it.' : 'Its key cannot be given.');
  const merge = resolution === 'merge-duplicates';
  if (merge && !model.may.update)
    throw new Refusal(
      'forbidden',
      'FORBIDDEN',
      `${model.collection} cannot be changed, so there is nothing to merge.`,
      'Use resolution=ignore-duplicates.',
    );
  if (!call.asker.mayWrite(model)) throw permissionMissing(model.write!);
  return {
    url,
    upsert: { key, merge, conflict: (row) => ({ key, merge: merge ? merged(model, key, row) : [] }) },
  };
}

/** What a merge writes over: what the row gives and may be changed, without the key and the acting person. */
function merged(model: DataModel, key: DataKey, row: Row): DataField[] {
  return model.fields.filter((f) => f.name in row && f.updatable && !f.self && !key.fields.includes(f.name));
}

function keyFault(model: DataModel, what: string): Refusal {
  const keys = model.keys.filter((k) => k.whole && k.tenant).map((k) => k.fields.join(','));
  return new Refusal(
    'invalid',
    'QUERY_INVALID',
    `Rows of ${model.collection} cannot be merged this way. ${what}`,
    `Send "Prefer: resolution=merge-duplicates" with on_conflict; keys are ${keys.join(' or ') || 'none here'}.`,
    { fields: [{ field: 'on_conflict', code: 'VALUE', message: what }] },
  );
}

/** Where the model has rules: each row is looked for and locked, then goes the way of a create or of an update. */
export async function upsertByRules(tx: Db, creating: Creating, rows: readonly Row[]): Promise<Written[]> {
  const { model, models } = creating;
  const written: Written[] = [];
  for (const [i, row] of rows.entries()) {
    try {
      const done = await upsertOne(tx, creating, row);
      if (done) written.push(done);
    } catch (error) {
      throw refusalOf(error, model, models, rows.length > 1 ? `${i}.` : '');
    }
  }
  return written;
}

async function upsertOne(tx: Db, { model, call, selection, upsert }: Creating, row: Row) {
  const { key, merge } = upsert!;
  const rules = model.rules!;
  const found = await existing(tx, model, call, key, row);
  if (found !== undefined && !merge) return undefined;
  const before = found === undefined ? undefined : ((await prismaRow(tx, model, found)) ?? undefined);
  const given =
    before === undefined
      ? row
      : Object.fromEntries(merged(model, key, row).map((f) => [f.name, row[f.name]]));
  const typed = typedRow(model, given);
  const values = before
    ? rules.update
      ? untypedRow(model, await rules.update(tx, before, typed, call.plan), given, typed)
      : given
    : rules.create
      ? untypedRow(model, await rules.create(tx, typed, call.plan), given, typed)
      : given;
  const statement = new Statement(call.asker);
  const returning = { selection, shown: true };
  const sql = before
    ? updateSql(statement, model, values, keyWhere(statement, model, found!), returning)
    : insertSql(statement, model, [values], returning);
  const [answer] = await askingIn(tx)(sql, statement.values);
  if (!answer)
    throw new Refusal(
      'forbidden',
      'FORBIDDEN',
      'This record may not be changed by you.',
      'Ask somebody who may.',
    );
  const written = readWritten(answer);
  await rules.written?.(tx, (await prismaRow(tx, model, written.key))!, before);
  return { ...written, existed: before !== undefined };
}

function keyWhere(statement: Statement, model: DataModel, key: string): string {
  const parts = key.split(',');
  return [
    ...(model.tenantColumn && statement.asker.organizationId
      ? [`t.${model.tenantColumn} = ${statement.param(statement.asker.organizationId, 'uuid')}`]
      : []),
    ...model.key.map((f, i) => `t.${f.column} = ${statement.param(parts[i]!, comparedType(f.kind))}`),
  ].join(' AND ');
}

/** The key of the row that has the same unique key, locked. Undefined where a part of it is left out or null. */
async function existing(tx: Db, model: DataModel, call: DataCall, key: DataKey, row: Row) {
  if (key.fields.some((f) => row[f] === undefined || row[f] === null)) return undefined;
  const statement = new Statement(call.asker);
  const where = [
    ...(call.asker.organizationId && model.tenantColumn
      ? [`t.${model.tenantColumn} = ${statement.param(call.asker.organizationId, 'uuid')}`]
      : []),
    ...key.fields.map((name) => {
      const field = model.field.get(name)!;
      return `t.${field.column} = ${statement.param(String(row[name]), comparedType(field.kind))}`;
    }),
  ];
  const shown = model.key.map((f) => `t.${f.column}::text`).join(` || ',' || `);
  const sql = `SELECT ${shown} AS k FROM ${model.table} AS t WHERE ${where.join(' AND ')} FOR UPDATE`;
  const [found] = await askingIn(tx)(sql, statement.values);
  return found?.[0] ?? undefined;
}
