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
    buffer.writeIntBE(Number(value), 0, bytes);
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
  bigint: big('bigint[]', 20, (v) => BigInt(v as string)),
  boolean: { sql: 'boolean[]', oid: 16, encode: (v) => Buffer.from([v ? 1 : 0]) },
};

const TIME = big('timestamptz[]', 1184, (v) => BigInt((v as Date).getTime() - EPOCH) * 1000n);
const TEXT: ArrayType = { sql: 'text[]', oid: 25, encode: (v) => Buffer.from(textOf(v)) };
const JSON_TEXT: ArrayType = { ...TEXT, encode: (v) => Buffer.from(JSON.stringify(v)) };

/** How the values of a column travel, by its type and by what they are. */
export function arrayType(columnType: string, values: readonly unknown[]): ArrayType {
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

/** A value as PostgreSQL reads it from text. */
function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return arrayLiteral(value);
  return String(value);
}

function arrayLiteral(values: readonly unknown[]): string {
  const quoted = values.map((v) => (v == null ? 'NULL' : `"${textOf(v).replace(/["\\]/g, '\\$&')}"`));
  return `{${quoted.join(',')}}`;
}
