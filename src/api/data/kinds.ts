import { quoteIdent } from '../../database/quote.ts';
import type { Boundary, Column } from '../../tenancy/index.ts';

/** Families of column types that behave alike in filters, bodies and answers. */
export type KindName =
  | 'text'
  | 'uuid'
  | 'integer'
  | 'bigint'
  | 'decimal'
  | 'float'
  | 'boolean'
  | 'timestamp'
  | 'date'
  | 'json'
  | 'bytes'
  | 'inet'
  | 'enum'
  | 'other';

/** A column's type as far as the API needs it, read once at start. */
export interface Kind {
  readonly name: KindName;
  /** The SQL type of one value, for casts. */
  readonly sql: string;
  readonly list: boolean;
  /** Of `integer` and `bigint`: the bounds of the type. */
  readonly least?: bigint;
  readonly most?: bigint;
  /** Of `decimal`: all digits, and those behind the point. */
  readonly precision?: number;
  readonly scale?: number;
  /** Of char(n) and varchar(n). */
  readonly width?: number;
  /** Of `float`: four bytes. */
  readonly single?: boolean;
  readonly values?: readonly string[];
}

const NAMES: Readonly<Record<string, KindName>> = {
  text: 'text',
  char: 'text',
  varchar: 'text',
  citext: 'text',
  uuid: 'uuid',
  smallint: 'integer',
  int: 'integer',
  integer: 'integer',
  bigint: 'bigint',
  numeric: 'decimal',
  real: 'float',
  'double precision': 'float',
  boolean: 'boolean',
  timestamptz: 'timestamp',
  timestamp: 'timestamp',
  date: 'date',
  jsonb: 'json',
  json: 'json',
  bytea: 'bytes',
  inet: 'inet',
};

const BITS: Readonly<Record<string, bigint>> = { smallint: 16n, int: 32n, integer: 32n, bigint: 64n };

/** The kind of a column. Types the table does not know are shown as text and cannot be written. */
export function kindOf(column: Column, enums: Boundary['enums']): Kind {
  const list = column.list;
  if (column.enumName) {
    const declared = enums.find((e) => e.name === column.enumName)!;
    return { name: 'enum', sql: quoteIdent(declared.type), list, values: declared.values };
  }
  const sql = column.type.replace(/\[\]$/, '');
  const [, base = sql, first, second] = /^([a-z ]+?)(?:\((\d+)(?:,(\d+))?\))?$/.exec(sql) ?? [];
  const name = NAMES[base] ?? 'other';
  const bits = BITS[base];
  return {
    name,
    sql,
    list,
    ...(bits ? { least: -(2n ** (bits - 1n)), most: 2n ** (bits - 1n) - 1n } : {}),
    ...(name === 'decimal' ? { precision: Number(first ?? 1000), scale: Number(second ?? 0) } : {}),
    ...(name === 'text' && first ? { width: Number(first) } : {}),
    ...(name === 'float' ? { single: base === 'real' } : {}),
  };
}

/**
 * The SQL that makes a column's value what the JSON of an answer shows: decimals and bigints as strings, since a JSON number
 * loses digits in most readers; times in UTC with all of their microseconds; bytes as base64url.
 */
export function shown(kind: Kind, column: string): string {
  if (kind.list) return kind.name === 'decimal' || kind.name === 'bigint' ? `${column}::text[]` : column;
  switch (kind.name) {
    case 'bigint':
    case 'decimal':
    case 'other':
      return `${column}::text`;
    case 'timestamp':
      return kind.sql.startsWith('timestamptz')
        ? `to_char(${column} AT TIME ZONE 'UTC', '${RFC3339}')`
        : `to_char(${column}, '${RFC3339}')`;
    case 'bytes':
      return `rtrim(translate(encode(${column}, 'base64'), E'+/\\n', '-_'), '=')`;
    default:
      return column;
  }
}

const RFC3339 = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"';

/** Whether rows can be ordered by it, and pages end at a value of it. */
export function isSortable({ name, list }: Kind): boolean {
  return !list && name !== 'json' && name !== 'bytes' && name !== 'other';
}
