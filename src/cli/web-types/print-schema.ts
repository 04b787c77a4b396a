/** A JSON Schema (2020-12) as far as our OpenAPI document uses it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema | boolean;
  readonly prefixItems?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly description?: string;
}

const name = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key));

/** The TypeScript type of what a schema admits. What it does not say is `unknown`. */
export function printSchema(schema: JsonSchema | boolean | undefined): string {
  if (schema === undefined || schema === true) return 'unknown';
  if (schema === false) return 'never';
  const { $ref, anyOf, oneOf, allOf } = schema;
  if ($ref) return refType($ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((v) => JSON.stringify(v)).join(' | ');
  if (anyOf || oneOf) return joined([...(anyOf ?? oneOf)!].map(printSchema), ' | ');
  if (allOf) return joined(allOf.map(printSchema), ' & ');
  const types = [schema.type ?? (schema.properties ? 'object' : [])].flat();
  if (types.length === 0) return 'unknown';
  return joined(
    types.map((type) => ofType(type, schema)),
    ' | ',
  );
}

function refType(ref: string): string {
  const [kind, key] = ref.replace('#/components/', '').split('/') as [string, string];
  return `components[${JSON.stringify(kind)}][${JSON.stringify(decodeURIComponent(key))}]`;
}

function joined(types: readonly string[], sign: ' | ' | ' & '): string {
  const all = [...new Set(types)];
  if (all.length === 1) return all[0]!;
  return `(${all.join(sign)})`;
}

function ofType(type: string, schema: JsonSchema): string {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'number':
    case 'integer':
      return 'number';
    case 'array':
      if (schema.prefixItems) return `[${schema.prefixItems.map(printSchema).join(', ')}]`;
      return `${bracketed(printSchema(schema.items))}[]`;
    default:
      return object(schema);
  }
}

const bracketed = (type: string): string => (/[|&]/.test(type) && !/^[({[]/.test(type) ? `(${type})` : type);

function object({ properties, required = [], additionalProperties }: JsonSchema): string {
  const own = Object.entries(properties ?? {}).map(
    ([key, value]) => `${name(key)}${required.includes(key) ? '' : '?'}: ${printSchema(value)};`,
  );
  if (additionalProperties && own.length === 0)
    return `{ [key: string]: ${printSchema(additionalProperties)} }`;
  return own.length === 0 ? 'Record<string, unknown>' : `{ ${own.join(' ')} }`;
}
