import { quoteIdent as q, quoteLiteral } from '../../database/quote.ts';
import type { LiveColumn } from './live-tables.ts';
import type { PlannedTable } from './plan.ts';

/**
 * How a row becomes a line and a line a row, without loss. Booleans and integers of up to four bytes stand as such, jsonb as
 * JSON (left out where the column is null, so that the value `null` remains distinct), everything else as the text that
 * PostgreSQL prints and reads: `numeric` with all digits and NaN, times to the microsecond and infinity, `bytea` in
 * hexadecimal, arrays as `{a,b}`.
 */
const PLAIN = ['boolean', 'smallint', 'integer'];

/** A query for the lines of a table's rows, in the order of its key. */
export function linesSql(planned: PlannedTable, tenant: string): string {
  const { table, columns, where } = planned;
  const types = new Map(columns.map((c) => [c.name, c.type]));
  // The order of text must not depend on the collation of the database.
  const order = table.key.map((name) =>
    /^(text|character|citext|public\.citext)/.test(types.get(name)!)
      ? `t.${q(name)} COLLATE "C"`
      : `t.${q(name)}`,
  );
  return (
    `SELECT ${lineSql(columns)} AS line FROM ${table.sql} AS t WHERE ${where('t', tenant)} ` +
    `ORDER BY ${order.length > 0 ? order.join(', ') : '1 COLLATE "C"'}`
  );
}

/** A row `t` as a line. An array rather than concat_ws(), which takes a hundred arguments at most; it passes over what is null. */
export function lineSql(columns: readonly LiveColumn[]): string {
  const parts = columns.map(({ name, type }) => {
    const label = quoteLiteral(`${JSON.stringify(name)}:`).trim();
    if (type === 'jsonb') return `${label} || t.${q(name)}::text`;
    const text = `t.${q(name)}::text`;
    return `${label} || coalesce(${PLAIN.includes(type) ? text : `to_json(${text})::text`}, 'null')`;
  });
  return `'{' || array_to_string(ARRAY[${parts.join(', ')}], ',') || '}'`;
}

/** An INSERT of the lines in `$1`, a JSON array; references that close a cycle stay open. */
export function insertSql({ table, columns, later }: PlannedTable, onConflict = ''): string {
  const names = columns.map((c) => q(c.name)).join(', ');
  const values = columns.map((c) => (later.includes(c.name) ? `NULL::${c.type}` : valueSql(c)));
  return (
    `INSERT INTO ${table.sql} (${names}) OVERRIDING SYSTEM VALUE SELECT ${values.join(', ')} ` +
    `FROM jsonb_array_elements($1::jsonb) AS j ${onConflict}`
  );
}

/** An UPDATE that closes what the INSERT left open, for the lines in `$1` that have a value there. */
export function closeSql({ table, columns, later }: PlannedTable, column: string): string {
  const of = (name: string) => valueSql(columns.find((c) => c.name === name)!);
  const match = table.key.filter((name) => !later.includes(name)).map((name) => `t.${q(name)} = ${of(name)}`);
  return (
    `UPDATE ${table.sql} AS t SET ${q(column)} = ${of(column)} FROM jsonb_array_elements($1::jsonb) AS j ` +
    `WHERE j ->> ${quoteLiteral(column)} IS NOT NULL AND ${match.join(' AND ')}`
  );
}

/** The value of a column in the line `j`. */
export function valueSql({ name, type }: LiveColumn): string {
  const label = quoteLiteral(name).trim();
  return type === 'jsonb' ? `j -> ${label}` : `(j ->> ${label})::${type}`;
}
