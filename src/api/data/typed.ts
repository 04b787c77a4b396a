import type { Db } from '../../db.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Values } from '../../http/index.ts';
import type { Row } from './judge-row.ts';
import type { DataField, DataModel } from './model.ts';

/** The values of a row as Prisma gives and takes them, for the rules of a model: Date, Decimal, bigint, Uint8Array. */
export function typedRow(model: DataModel, row: Row): Values {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typed(model.field.get(name)!, value)]),
  );
}

function typed({ kind }: DataField, value: unknown): unknown {
  if (value === null || kind.name === 'json') return value;
  if (Array.isArray(value)) return value.map((v) => typedOne(kind.name, v));
  return typedOne(kind.name, value);
}

function typedOne(kind: string, value: unknown): unknown {
  switch (kind) {
    case 'timestamp':
    case 'date':
      return new Date(value as string);
    case 'decimal':
      return new Prisma.Decimal(value as string);
    case 'bigint':
      return BigInt(value as string);
    case 'integer':
    case 'float':
      return Number(value);
    case 'bytes':
      return Uint8Array.from(Buffer.from((value as string).slice(2), 'hex'));
    default:
      return value;
  }
}

/** The way back: what rules gave, as json_to_recordset() takes it. What they left as it was keeps its text, and its microseconds. */
export function untypedRow(model: DataModel, given: Values, before: Row, typedBefore: Values): Row {
  return Object.fromEntries(
    Object.entries(given)
      .filter(([name, value]) => value !== undefined && model.field.has(name))
      .map(([name, value]) => [
        name,
        name in before && typedBefore[name] === value ? before[name] : untyped(model.field.get(name)!, value),
      ]),
  );
}

function untyped(field: DataField, value: unknown): unknown {
  if (value === null || value === Prisma.JsonNull || value === Prisma.DbNull) return null;
  if (field.kind.name === 'json') return value;
  if (Array.isArray(value)) return value.map((v) => untypedOne(field, v));
  return untypedOne(field, value);
}

function untypedOne({ kind }: DataField, value: unknown): unknown {
  if (value instanceof Date)
    return kind.name === 'date' ? value.toISOString().slice(0, 10) : value.toISOString();
  if (Prisma.Decimal.isDecimal(value)) return (value as Prisma.Decimal).toFixed();
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  return value;
}

interface Delegate {
  findFirst(query: { where: Values }): Promise<Values | null>;
}

/** A row as Prisma gives it, by the text of its key. */
export async function prismaRow(tx: Db, model: DataModel, key: string): Promise<Values | null> {
  const name = `${model.name.charAt(0).toLowerCase()}${model.name.slice(1)}`;
  const delegate = (tx as unknown as Record<string, Delegate>)[name]!;
  const parts = key.split(',');
  return delegate.findFirst({ where: Object.fromEntries(model.key.map((f, i) => [f.name, parts[i]])) });
}
