import fc from 'fast-check';

/** As much of JSON Schema 2020-12 as OpenAPI documents use. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly default?: unknown;
  readonly readOnly?: boolean;
}

/** Values that fit a field of this name: ids of one's own and of others, words of a query. Drawn more often than random ones. */
export type Pool = (field: string) => readonly string[];

/** Values as a schema describes them. `resolve` follows references. Deep schemas end in something small. */
export function valuesOf(
  schema: Schema,
  resolve: (ref: string) => Schema,
  pool: Pool,
  name = '',
  depth = 0,
): fc.Arbitrary<unknown> {
  const inner = (s: Schema, key = name) => valuesOf(s, resolve, pool, key, depth + 1);
  if (schema.$ref) return depth > 6 ? fc.constant(null) : inner(resolve(schema.$ref));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return fc.oneof(...choices.map((s) => inner(s)));
  if (schema.allOf)
    return fc.tuple(...schema.allOf.map((s) => inner(s))).map((parts) => Object.assign({}, ...parts));
  const types = Array.isArray(schema.type) ? schema.type : schema.type ? [schema.type] : [];
  if (types.length === 0) return schema.properties ? objectOf(schema, inner) : fc.jsonValue({ maxDepth: 2 });
  return fc.oneof(...types.map((type: string) => typed(type, schema, inner, pool, name)));
}

function typed(
  type: string,
  schema: Schema,
  inner: (s: Schema, key?: string) => fc.Arbitrary<unknown>,
  pool: Pool,
  name: string,
): fc.Arbitrary<unknown> {
  const { minimum, maximum, exclusiveMinimum, minItems = 0, maxItems = 4 } = schema;
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer': {
      const min = Math.ceil(minimum ?? (exclusiveMinimum ?? -1) + 1);
      return fc.integer({ min, max: Math.max(min, Math.min(maximum ?? 100_000, 2 ** 31 - 1)) });
    }
    case 'number':
      return fc.double({ min: minimum ?? 0, max: maximum ?? 1e6, noNaN: true });
    case 'array':
      return fc.array(inner(schema.items ?? {}), {
        minLength: minItems,
        maxLength: Math.min(maxItems, minItems + 3),
      });
    case 'object':
      return objectOf(schema, inner);
    default:
      return textOf(schema, pool, name);
  }
}

function objectOf(
  schema: Schema,
  inner: (s: Schema, key?: string) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {}).filter(([, s]) => !s.readOnly);
  if (properties.length === 0)
    return fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 });
  const requiredKeys = properties.map(([key]) => key).filter((key) => schema.required?.includes(key));
  const record = (entries: typeof properties, needed: readonly string[]) =>
    fc.record(Object.fromEntries(entries.map(([key, s]) => [key, inner(s, key)])), {
      requiredKeys: [...needed],
    });
  const optional = properties.filter(([key]) => !requiredKeys.includes(key));
  // Each field may be refused by a rule: few at a time, so that something is accepted.
  const few = fc.subarray(optional, { maxLength: Math.min(3, optional.length) }).chain((some) =>
    record(
      properties.filter((p) => some.includes(p) || requiredKeys.includes(p[0])),
      [...requiredKeys, ...some.map(([key]) => key)],
    ),
  );
  return fc.oneof({ weight: 2, arbitrary: few }, { weight: 1, arbitrary: record(properties, requiredKeys) });
}

const DATES = {
  min: new Date('1990-01-01T00:00:00Z'),
  max: new Date('2090-01-01T00:00:00Z'),
  noInvalidDate: true,
};

function textOf(schema: Schema, pool: Pool, name: string): fc.Arbitrary<string> {
  const { minLength = 0, maxLength = minLength + 40, pattern, format } = schema;
  switch (format) {
    case 'uuid': {
      const known = pool(name);
      return known.length > 0
        ? fc.oneof({ weight: 15, arbitrary: fc.constantFrom(...known) }, fc.uuid())
        : fc.uuid();
    }
    case 'date':
      return fc.date(DATES).map((d) => d.toISOString().slice(0, 10));
    case 'date-time':
      return fc.date(DATES).map((d) => d.toISOString());
    case 'email':
      return fc.emailAddress().map((e) => e.toLowerCase());
    case 'uri':
      return fc.webUrl();
    case 'decimal':
      return fc.integer({ min: 0, max: 99_999_999 }).map((n) => (n / 100).toFixed(2));
    case 'int64':
      return fc.integer({ min: 0 }).map(String);
  }
  if (pattern) return fc.stringMatching(new RegExp(pattern)).filter((t) => t.length <= maxLength);
  const words = pool(name);
  const any = fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 60), unit: 'grapheme' });
  return words.length > 0 ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...words) }, any) : any;
}

/** What no schema wants: wrong kinds, too much, broken text, numbers beyond every column. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    '\0',
    'a\u0000b',
    '\ud800',
    'x'.repeat(20_000),
    -1,
    1e308,
    -0,
    2 ** 53,
    '9'.repeat(400),
    null,
    true,
    {},
    [],
    '2024-02-30',
    '0000-00-00T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '%',
    "'; DROP TABLE contacts; --",
    '{"a":',
    '../../etc/passwd',
    '<script>alert(1)</script>',
    '999.999.999.999',
    'constructor',
    'valueOf',
    { constructor: 1, valueOf: 2, hasOwnProperty: 3 },
    'NaN',
    'Infinity',
    '1e999',
  ),
  fc.string({ unit: 'binary', maxLength: 50 }),
);
