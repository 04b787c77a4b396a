import { createHash } from 'node:crypto';
import { HttpFault } from '../../http/index.ts';
import { type Ask, asking, type DataCall } from './client.ts';
import { sortParams } from './list-query.ts';
import type { DataModel } from './model.ts';
import { comparedType } from './operators.ts';
import { readParams } from './params.ts';
import { noSuchRecord, refuseFaults } from './refusals.ts';
import { readScalar } from './scalars.ts';
import { boundCost, readSelection, type Selection, selectList } from './selection.ts';
import { Statement } from './statement.ts';

/** One record, with the tag of its version. */
export async function get(model: DataModel, id: string, call: DataCall): Promise<Response> {
  const statement = new Statement(call.asker);
  const selection = selectionOf(statement, model, call.url);
  refuseFaults(statement.faults, 'QUERY_INVALID');
  const row = await readRow(asking(call.db), statement, model, id, selection);
  if (!row) throw noSuchRecord(model);
  const tag = selection.expand.length > 0 ? weakTag(row.json) : `"${row.version}"`;
  const headers = { 'content-type': 'application/json', etag: tag, vary: 'accept' };
  if (matches(call.header('if-none-match'), tag)) return new Response(null, { status: 304, headers });
  return new Response(row.json, { headers });
}

/** What a request for one record wants to see of it. @throws Refusal for parameters that only lists have */
export function selectionOf(statement: Statement, model: DataModel, url: string): Selection {
  const { word, conditions } = sortParams(readParams(url), ['fields', 'expand']);
  for (const [name] of conditions)
    statement.fault(name, 'UNKNOWN', 'One record has "fields" and "expand" only.');
  const selection = readSelection(statement, model, word);
  boundCost(statement, selection, 1);
  return selection;
}

export interface Row {
  readonly json: string;
  readonly version: string;
}

export async function readRow(
  ask: Ask,
  statement: Statement,
  model: DataModel,
  id: string,
  selection: Selection,
): Promise<Row | undefined> {
  const where = keyCondition(statement, model, 't', id);
  if (!where) return undefined;
  const shown = selectList(statement, 't', selection);
  const sql = `SELECT row_to_json(x)::text AS x, ${version('t')} AS v FROM ${model.table} AS t, LATERAL (SELECT ${shown}) AS x WHERE ${where}`;
  const [row] = await ask(sql, statement.values);
  return row && { json: row[0]!, version: row[1]! };
}

/** The transaction that wrote a row: it changes with each change, and no clock is asked. */
export const version = (alias: string) => `${alias}.xmin::text`;

/** The row of a path. Undefined where the text can be no key, so that the row is missing like any other. */
export function keyCondition(
  statement: Statement,
  model: DataModel,
  alias: string,
  id: string,
): string | undefined {
  const parts = model.key.length === 1 ? [id] : id.split(',');
  const read = model.key.map((f, i) => readScalar(f.kind, parts[i] ?? ''));
  if (parts.length !== model.key.length || read.some((r) => 'expected' in r)) return undefined;
  const { organizationId } = statement.asker;
  const tenant =
    model.tenantColumn && organizationId
      ? [`${alias}.${model.tenantColumn} = ${statement.param(organizationId, 'uuid')}`]
      : [];
  const key = model.key.map((f, i) => {
    const value = (read[i] as { value: string }).value;
    return `${alias}.${f.column} = ${statement.param(value, comparedType(f.kind))}`;
  });
  return [...tenant, ...key].join(' AND ');
}

/** Of an answer that holds more than the row: equal bodies, equal tags. */
const weakTag = (body: string) => `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;

/** Whether If-None-Match names the tag; it compares weakly (RFC 9110, 13.1.2). */
export function matches(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const plain = (t: string) => t.trim().replace(/^W\//, '');
  return header.trim() === '*' || header.split(',').some((t) => plain(t) === plain(tag));
}

/**
 * The version that If-Match names: `*` for any, undefined without the header. It compares strongly, so a weak tag, of a
 * record with expanded relations, matches nothing.
 * @throws HttpFault `IF_MATCH_MALFORMED`
 */
export function ifMatch(header: string | undefined): readonly string[] | '*' | undefined {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return '*';
  const tags = header.split(',').map((t) => t.trim());
  if (tags.some((t) => !/^(W\/)?"[\x21\x23-\x7e]*"$/.test(t)))
    throw new HttpFault(
      400,
      'IF_MATCH_MALFORMED',
      'If-Match holds no entity tag.',
      'Send the ETag of the record as it came, with its quotation marks, or *.',
    );
  return tags.filter((t) => t.startsWith('"')).map((t) => t.slice(1, -1));
}
