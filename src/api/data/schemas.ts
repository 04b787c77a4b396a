import type { Boundary } from '../../tenancy/index.ts';
import type { DataField, DataModel } from './model.ts';

export type Schema = Readonly<Record<string, unknown>>;

export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

const INTEGERS: Readonly<Record<string, Schema>> = {
  smallint: { type: 'integer', minimum: -32_768, maximum: 32_767 },
  int: { type: 'integer', minimum: -2_147_483_648, maximum: 2_147_483_647 },
};

/** What fields of a kind have in common, once each. */
const KINDS: Readonly<Record<string, Schema>> = {
  Uuid: { type: 'string', format: 'uuid' },
  Timestamp: { type: 'string', format: 'date-time', description: 'RFC 3339, UTC, microseconds' },
  Date: { type: 'string', format: 'date' },
  Bytes: { type: 'string', contentEncoding: 'base64url', pattern: '^[A-Za-z0-9_-]*$' },
  Bigint: { type: 'string', pattern: '^-?\\d{1,19}$' },
};

const COMMON: Readonly<Record<string, string>> = {
  uuid: 'Uuid',
  timestamp: 'Timestamp',
  date: 'Date',
  bytes: 'Bytes',
  bigint: 'Bigint',
};

/** Schemas that models refer to: of kinds, with and without null, and of enums. */
export function sharedSchemas(boundary: Boundary): Record<string, Schema> {
  const kinds = Object.entries(KINDS).flatMap(([name, schema]) => [
    [name, schema] as const,
    [`${name}OrNull`, { ...schema, type: [schema.type, 'null'] }] as const,
  ]);
  const enums = boundary.enums.map((e) => [e.name, { type: 'string', enum: e.values }] as const);
  return Object.fromEntries([...kinds, ...enums]);
}

function schemaOf(field: DataField, enums: ReadonlyMap<object, string>): Schema {
  const { kind, rules } = field;
  const common = COMMON[kind.name];
  const bare = !field.description && Object.keys(rules).length === 0;
  if (!kind.list && common && bare) return ref(field.nullable ? `${common}OrNull` : common);
  const one = kind.name === 'enum' ? ref(enums.get(kind.values!)!) : oneOf(field);
  const item = kind.list ? { type: 'array', items: one } : one;
  const described = field.description ? { description: field.description } : {};
  if (!field.nullable) return '$ref' in item && !field.description ? item : { ...item, ...described };
  const { type } = item as { type?: string };
  return type
    ? { ...item, type: [type, 'null'], ...described }
    : { anyOf: [item, { type: 'null' }], ...described };
}

function oneOf({ kind, rules }: DataField): Schema {
  switch (kind.name) {
    case 'integer':
      return { ...INTEGERS[kind.sql === 'smallint' ? 'smallint' : 'int'], ...bounds(rules) };
    case 'float':
      return { type: 'number', ...bounds(rules) };
    case 'decimal': {
      const whole = `-?\\d{1,${kind.precision! - kind.scale!}}`;
      return { type: 'string', pattern: `^${whole}${kind.scale ? `(\\.\\d{1,${kind.scale}})?` : ''}$` };
    }
    case 'boolean':
      return { type: 'boolean' };
    case 'json':
      if (rules.format === 'json-object') return { type: 'object' };
      return rules.format === 'json-array' ? { type: 'array' } : {};
    case 'inet':
      return { type: 'string', description: 'IP address' };
    case 'text': {
      const most = Math.min(rules.maxLength ?? Infinity, kind.width ?? Infinity);
      return {
        type: 'string',
        ...(rules.minLength ? { minLength: rules.minLength } : {}),
        ...(most < Infinity ? { maxLength: most } : {}),
        ...(rules.format ? (PATTERNS[rules.format] ?? {}) : {}),
      };
    }
    default:
      return COMMON[kind.name] ? KINDS[COMMON[kind.name]!]! : { type: 'string' };
  }
}

const PATTERNS: Readonly<Record<string, Schema>> = {
  email: { format: 'email' },
  url: { pattern: '^https?://' },
  slug: { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' },
  currency: { pattern: '^[A-Z]{3}$' },
  country: { pattern: '^[A-Z]{2}$' },
  zip: { pattern: '^[0-9]{5}(-[0-9]{4})?$' },
};

function bounds(rules: DataField['rules']): Schema {
  return {
    ...(rules.min === undefined ? {} : { minimum: Number(rules.min) }),
    ...(rules.max === undefined ? {} : { maximum: Number(rules.max) }),
    ...(rules.exclusiveMin === undefined ? {} : { exclusiveMinimum: Number(rules.exclusiveMin) }),
    ...(rules.exclusiveMax === undefined ? {} : { exclusiveMaximum: Number(rules.exclusiveMax) }),
  };
}

/** The schemas of one model: as it is read, created, changed, filtered, sorted and selected. */
export function modelSchemas(model: DataModel, boundary: Boundary): Record<string, Schema> {
  const enums = new Map(boundary.enums.map((e) => [e.values as object, e.name]));
  const properties = (fields: readonly DataField[], optional = false) =>
    Object.fromEntries(
      fields.map((f) => [f.name, schemaOf(optional && f.self ? { ...f, nullable: f.nullable } : f, enums)]),
    );
  const written = (fields: readonly DataField[]) => ({
    type: 'object',
    additionalProperties: false,
    properties: properties(fields, true),
  });
  const creatable = model.fields.filter((f) => f.creatable);
  const required = creatable.filter((f) => f.required).map((f) => f.name);
  return {
    [model.name]: {
      type: 'object',
      ...(model.description ? { description: model.description } : {}),
      properties: properties(model.fields),
      required: model.fields.map((f) => f.name),
    },
    [`${model.name}Part`]: {
      type: 'object',
      description: 'The fields that were asked for, and relations that were expanded',
      properties: properties(model.fields),
    },
    ...(model.may.create
      ? { [`${model.name}Create`]: { ...written(creatable), ...(required.length > 0 ? { required } : {}) } }
      : {}),
    ...(model.may.update
      ? { [`${model.name}Update`]: written(model.fields.filter((f) => f.updatable)) }
      : {}),
    [`${model.name}Fields`]: {
      type: 'array',
      items: { enum: model.fields.map((f) => f.name) },
      uniqueItems: true,
      minItems: 1,
    },
    [`${model.name}Sort`]: {
      type: 'array',
      maxItems: 5,
      items: { enum: model.fields.filter((f) => f.sortable).flatMap((f) => [f.name, `-${f.name}`]) },
    },
    [`${model.name}Filter`]: {
      type: 'object',
      properties: Object.fromEntries(
        model.fields.filter((f) => !f.kind.list && f.kind.name !== 'json').map((f) => [f.name, filterOf(f)]),
      ),
      additionalProperties: ref('DataCondition'),
    },
  };
}

/** What `field=` compares with. */
function filterOf({ kind }: DataField): Schema {
  if (kind.name === 'enum') return { type: 'string', enum: kind.values };
  if (kind.name === 'integer') return { type: 'integer' };
  if (kind.name === 'boolean') return { type: 'boolean' };
  return COMMON[kind.name] ? ref(COMMON[kind.name]!) : { type: 'string' };
}
