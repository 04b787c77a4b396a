import type { Row } from './judge-row.ts';
import type { DataField, DataKey, DataModel } from './model.ts';
import { keyCondition, version } from './record.ts';
import { type Selection, selectList } from './selection.ts';
import { arrayText, type Statement } from './statement.ts';

/** What a write gives back of each row. */
export interface Returning {
  readonly selection: Selection;
  /** False where the writer may not see the new row: PostgreSQL then refuses a statement that would show it. */
  readonly shown: boolean;
}

export type Conflict = { readonly key: DataKey; readonly merge: readonly DataField[] };

/** Name and type of a field as json_to_recordset() declares it. */
const declared = (f: DataField) =>
  `${f.column} ${f.kind.name === 'enum' ? 'public.' : ''}${f.kind.sql}${f.kind.list ? '[]' : ''}`;

const fieldsOf = (model: DataModel, rows: readonly Row[]) => {
  const names = Object.keys(rows[0] ?? {});
  return model.fields.filter((f) => names.includes(f.name));
};

const asJson = (fields: readonly DataField[], rows: readonly Row[]) =>
  JSON.stringify(rows.map((row) => Object.fromEntries(fields.map((f) => [bare(f.column), row[f.name]]))));

const bare = (column: string) => column.replaceAll('"', '');

/** One INSERT of rows that all have the same fields. Values travel as one JSON parameter, so the text is that of any number of rows. */
export function insertSql(
  statement: Statement,
  model: DataModel,
  rows: readonly Row[],
  returning: Returning,
  conflict?: Conflict,
): string {
  const fields = fieldsOf(model, rows);
  const json = statement.param(asJson(fields, rows), 'json');
  const { organizationId } = statement.asker;
  const tenant = model.tenantField === undefined ? undefined : model.field.get(model.tenantField);
  const owned = tenant && organizationId ? [tenant] : [];
  const columns = [...owned, ...fields].map((f) => f.column);
  const values = [
    ...owned.map(() => statement.param(organizationId!, 'uuid')),
    ...fields.map((f) => `x.${f.column}`),
  ];
  const source =
    fields.length > 0
      ? `json_to_recordset(${json}) AS x(${fields.map(declared).join(', ')})`
      : `json_array_elements(${json}) AS x`;
  const stamp = model.updatedAt ? [`${model.updatedAt.column} = now()`] : [];
  const set = conflict && [...conflict.merge.map((f) => `${f.column} = EXCLUDED.${f.column}`), ...stamp];
  const upsert = conflict
    ? ` ON CONFLICT (${conflict.key.columns.join(', ')}) DO ${conflict.merge.length > 0 ? `UPDATE SET ${set!.join(', ')}` : 'NOTHING'}`
    : '';
  return `INSERT INTO ${model.table} AS t (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${source}${upsert}${returned(statement, model, returning)}`;
}

/** One UPDATE of the rows that meet a condition. */
export function updateSql(
  statement: Statement,
  model: DataModel,
  changes: Row,
  where: string,
  returning: Returning,
): string {
  const fields = fieldsOf(model, [changes]);
  const json = statement.param(asJson(fields, [changes]).slice(1, -1), 'json');
  const set = fields.map((f) => `${f.column} = x.${f.column}`);
  if (model.updatedAt && !fields.includes(model.updatedAt)) set.push(`${model.updatedAt.column} = now()`);
  return `UPDATE ${model.table} AS t SET ${set.join(', ')} FROM json_to_record(${json}) AS x(${fields.map(declared).join(', ')}) WHERE ${where}${returned(statement, model, returning)}`;
}

export function deleteSql(
  statement: Statement,
  model: DataModel,
  where: string,
  returning: Returning,
): string {
  return `DELETE FROM ${model.table} AS t WHERE ${where}${returned(statement, model, returning)}`;
}

/** Columns of what a write returns: the row as JSON, its version, its key, and whether it was there before. */
function returned(statement: Statement, model: DataModel, { selection, shown }: Returning): string {
  if (!shown) return '';
  const row = `(SELECT row_to_json(x)::text FROM (SELECT ${selectList(statement, 't', selection)}) AS x)`;
  const key = model.key.map((f) => `t.${f.column}::text`).join(` || ',' || `);
  return ` RETURNING ${row} AS x, ${version('t')} AS v, ${key} AS k, (t.xmax <> 0)::text AS o`;
}

export interface Written {
  readonly json: string;
  readonly version: string;
  readonly key: string;
  /** Of an upsert: the row was there before. */
  readonly existed: boolean;
}

export const readWritten = (row: readonly (string | null)[]): Written => ({
  json: row[0]!,
  version: row[1]!,
  key: row[2]!,
  existed: row[3] === 'true',
});

/** The condition that a row still has the version its writer knows. */
export function unchanged(statement: Statement, versions: readonly string[] | '*' | undefined): string {
  if (versions === undefined || versions === '*') return '';
  return ` AND ${version('t')} = ANY (${statement.param(arrayText(versions), 'text[]')})`;
}

export { keyCondition };
