/**
 * Arrays in PostgreSQL's binary format (array_send): no escaping here, no parsing there. Types whose binary form is
 * plain are written as such; every other value travels as text and is cast by the statement.
 */
export interface ArrayType {
  /** The type of the array parameter, as SQL writes it. */
  readonly sql: string;
  readonly oid: number;
  encode(value: unknown): Buffer;
}

/** Milliseconds from 1970 to 2000, where PostgreSQL's clock begins. */
const EPOCH = 946_684_800_000;

const integer = (sql: string, oid: number, bytes: 2 | 4): ArrayType => ({
  sql,
  oid,
  encode: (value) => {
    const buffer = Buffer.allocUnsafe(bytes);
    buffer.writeIntBE(Number(whole(value)), 0, bytes);
    return buffer;
  },
});

const big = (sql: string, oid: number, number: (value: unknown) => bigint): ArrayType => ({
  sql,
  oid,
  encode: (value) => {
    const buffer = Buffer.allocUnsafe(8);
    buffer.writeBigInt64BE(number(value));
    return buffer;
  },
});

const PLAIN: Record<string, ArrayType> = {
  uuid: { sql: 'uuid[]', oid: 2950, encode: uuidBytes },
  smallint: integer('smallint[]', 21, 2),
  int: integer('integer[]', 23, 4),
  integer: integer('integer[]', 23, 4),
  bigint: big('bigint[]', 20, whole),
  boolean: { sql: 'boolean[]', oid: 16, encode: (v) => Buffer.from([truth(v)]) },
};

const TIME = big('timestamptz[]', 1184, (v) => BigInt((v as Date).getTime() - EPOCH) * 1000n);
const TEXT: ArrayType = { sql: 'text[]', oid: 25, encode: (v) => Buffer.from(textOf(v)) };
const LIST: ArrayType = { ...TEXT, encode: (v) => Buffer.from(arrayLiteral(v)) };
const JSON_TEXT: ArrayType = { ...TEXT, encode: (v) => Buffer.from(jsonOf(v)) };

/** How the values of a column travel, by its type (`list` for any array) and by what they are. */
export function arrayType(columnType: string, values: readonly unknown[]): ArrayType {
  if (columnType === 'list') return LIST;
  if (/^jsonb?$/.test(columnType)) return JSON_TEXT;
  if (columnType.startsWith('timestamptz') && values.every((v) => v == null || v instanceof Date))
    return TIME;
  return PLAIN[columnType] ?? TEXT;
}

/**
 * One array: dimensions, whether it holds nulls, element type, length, lower bound; then each element after its length.
 * @throws TypeError or RangeError for a value that its type cannot hold.
 */
export function encodeArray(type: ArrayType, values: readonly unknown[]): Buffer {
  const encoded = values.map((v) => (v == null ? null : type.encode(v)));
  const size = encoded.reduce((sum, e) => sum + 4 + (e?.length ?? 0), 20);
  const buffer = Buffer.allocUnsafe(size);
  const header = [1, encoded.includes(null) ? 1 : 0, type.oid, values.length, 1];
  header.forEach((word, i) => {
    buffer.writeInt32BE(word, i * 4);
  });
  let at = 20;
  for (const element of encoded) {
    at = buffer.writeInt32BE(element?.length ?? -1, at);
    if (element) at += element.copy(buffer, at);
  }
  return buffer;
}

function uuidBytes(value: unknown): Buffer {
  const hex = String(value).replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/i.test(hex)) throw new TypeError(`"${value}" is not a UUID`);
  return Buffer.from(hex, 'hex');
}

// JavaScript would make a number or a truth of anything: `""` a zero, `"false"` true. What is written is what was given, or nothing.
function whole(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  if (Number.isInteger(value) || (typeof value === 'string' && /^[+-]?\d+$/.test(value)))
    return BigInt(value as string);
  throw new TypeError(`${shown(value)} is not a whole number`);
}

function truth(value: unknown): 0 | 1 {
  if (typeof value !== 'boolean') throw new TypeError(`${shown(value)} is neither true nor false`);
  return value ? 1 : 0;
}

/** A value as PostgreSQL reads it from text. */
function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  const plain =
    typeof value === 'object' ? isDecimal(value) : ['string', 'bigint', 'boolean'].includes(typeof value);
  if (!plain && !Number.isFinite(value)) throw new TypeError(`${shown(value)} is not a plain value`);
  return String(value);
}

const isDecimal = (value: unknown) => typeof (value as { toFixed?: unknown } | null)?.toFixed === 'function';

function arrayLiteral(values: unknown): string {
  if (!Array.isArray(values)) throw new TypeError(`${shown(values)} is not a list`);
  const quoted = values.map((v) => (v == null ? 'NULL' : `"${textOf(v).replace(/["\\]/g, '\\$&')}"`));
  return `{${quoted.join(',')}}`;
}

function jsonOf(value: unknown): string {
  const text = JSON.stringify(value);
  // Prisma's DbNull and the like are objects that JSON takes for `{}`.
  if (text === undefined || (text === '{}' && /^Prisma\.\w+Null$/.test(`${(value as object).toString?.()}`)))
    throw new TypeError(`${shown(value)} is not JSON; null stands for no value`);
  return text;
}

/** A value in a message: short, and not what a whole object holds. */
function shown(value: unknown): string {
  if (typeof value === 'string') return `"${value.slice(0, 40)}"`;
  return typeof value === 'object' || typeof value === 'function' ? `The ${typeof value}` : String(value);
}
