import type { z } from '@hono/zod-openapi';
import { modelOf } from '../http/index.ts';
import type { DataModel } from './data/index.ts';

/** How a value goes out as JSON. */
type Show = (value: unknown) => unknown;
type Models = ReadonlyMap<string, DataModel>;

/** As much as is read of a schema of zod. */
interface Def {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly valueType?: z.ZodType;
}

/**
 * What makes of a handler's answer what its schema says: records of models become those of the data API, wherever in the
 * answer they stand. Undefined where the schema holds no records.
 * @param models by Prisma's name
 */
export function presenterOf(schema: z.ZodType, models: Models): Show | undefined {
  const name = modelOf(schema);
  if (name !== undefined) {
    const model = models.get(name);
    return model && orNothing((record) => showRecord(model, record as Record<string, unknown>));
  }
  const { type, shape, element, innerType, valueType } = (schema as unknown as { def: Def }).def;
  if (shape) return ofObject(shape, models);
  const inner = element ?? innerType ?? (type === 'record' ? valueType : undefined);
  const show = inner && presenterOf(inner, models);
  if (!show) return undefined;
  if (element) return orNothing((items) => (items as readonly unknown[]).map(show));
  if (type === 'record') return orNothing((all) => mapped(all as object, () => show));
  return show;
}

function ofObject(shape: Readonly<Record<string, z.ZodType>>, models: Models): Show | undefined {
  const shows = new Map<string, Show>();
  for (const [key, schema] of Object.entries(shape)) {
    const show = presenterOf(schema, models);
    if (show) shows.set(key, show);
  }
  return shows.size > 0
    ? orNothing((object) => mapped(object as object, (key) => shows.get(key)))
    : undefined;
}

const orNothing =
  (show: Show): Show =>
  (value) =>
    value === null || value === undefined ? value : show(value);

const mapped = (object: object, showOf: (key: string) => Show | undefined) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, showOf(key)?.(value) ?? value]));

/** A record of Prisma as the data API shows it. What is no field of the model, such as a relation, stays as it is. */
function showRecord(model: DataModel, record: Record<string, unknown>): Record<string, unknown> {
  return mapped(record, (key) => {
    const kind = model.field.get(key)?.kind;
    if (!kind) return undefined;
    const show = orNothing((value) => showValue(kind, value));
    return kind.list ? orNothing((values) => (values as readonly unknown[]).map(show)) : show;
  });
}

function showValue({ name, scale }: DataModel['fields'][number]['kind'], value: unknown): unknown {
  if (name === 'date' && value instanceof Date) return value.toISOString().slice(0, 10);
  if (name === 'decimal') return (value as { toFixed(digits?: number): string }).toFixed(scale);
  if (name === 'bytes' && value instanceof Uint8Array) return Buffer.from(value).toString('base64url');
  return value;
}
