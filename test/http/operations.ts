import fc from 'fast-check';
import { junk, type Pool, type Schema, valuesOf } from './arbitrary.ts';

/** The pool of each path. */
export type PoolOf = (field: string, path: string) => readonly string[];

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema?: Schema;
  readonly style?: string;
  readonly explode?: boolean;
}

export interface Operation {
  readonly method: string;
  /** As the document has it, with its parameters in braces. */
  readonly path: string;
  /** What the document says is needed. */
  readonly permission?: string;
  readonly parameters: readonly Parameter[];
  /** By media type. */
  readonly bodies: readonly { readonly type: string; readonly schema: Schema }[];
  readonly responses: Readonly<
    Record<string, { content?: Record<string, { schema?: Schema }>; $ref?: string }>
  >;
}

export interface Document {
  readonly paths: Record<string, Record<string, unknown>>;
  readonly components: Record<string, Record<string, unknown>>;
}

export interface Sent {
  readonly operation: Operation;
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete'];

export function follow<T>(document: Document, ref: string): T {
  const parts = ref
    .replace(/^#\//, '')
    .split('/')
    .map((p) => p.replaceAll('~1', '/').replaceAll('~0', '~'));
  return parts.reduce((at: unknown, part) => (at as Record<string, unknown>)[part], document) as T;
}

/** Every operation of a document, parameters and answers resolved. */
export function operationsOf(document: Document): Operation[] {
  const whole = <T extends { $ref?: string }>(part: T): T =>
    part.$ref ? follow<T>(document, part.$ref) : part;
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((m) => item[m]).map((method): Operation => {
      const operation = item[method] as {
        parameters?: Parameter[];
        'x-permission'?: string;
        requestBody?: { content: Record<string, { schema: Schema }>; $ref?: string };
        responses: Operation['responses'];
      };
      const parameters = [...((item.parameters as Parameter[]) ?? []), ...(operation.parameters ?? [])].map(
        whole,
      );
      const content = operation.requestBody ? whole(operation.requestBody).content : undefined;
      const responses = Object.fromEntries(
        Object.entries(operation.responses).map(([s, r]) => [s, whole(r)]),
      );
      return {
        method: method.toUpperCase(),
        path,
        ...(operation['x-permission'] ? { permission: operation['x-permission'] } : {}),
        parameters,
        responses,
        bodies: Object.entries(content ?? {}).map(([type, { schema }]) => ({ type, schema: schema ?? {} })),
      };
    }),
  );
}

type Given = readonly [parameter: Parameter, value: unknown];
type Body = readonly [type: string, content: string | Uint8Array<ArrayBuffer>] | undefined;

/** Requests to one operation, most of them as the document describes, the others not. */
export function requestsTo(
  document: Document,
  operation: Operation,
  poolOf: PoolOf,
  fixed: Record<string, string>,
): fc.Arbitrary<Sent> {
  const resolve = (ref: string) => follow<Schema>(document, ref);
  const pool: Pool = (field) => poolOf(field, operation.path);
  const parameter = (p: Parameter): fc.Arbitrary<unknown> => {
    if (fixed[p.name] !== undefined && p.in === 'path') return fc.constant(fixed[p.name]);
    const proper = valuesOf(whole(p.schema ?? {}, resolve), resolve, pool, p.name);
    const few = isExploded(p) ? proper.chain((v) => fewOf(v as object)) : proper;
    return fc.oneof({ weight: 12, arbitrary: few }, { weight: 1, arbitrary: junk });
  };
  // Without a condition it would be refused.
  const changesMany = operation.method === 'PATCH' || operation.method === 'DELETE';
  const parameters = fc.tuple(
    ...operation.parameters.map((p) =>
      p.required
        ? parameter(p)
        : fc.oneof(
            {
              weight: (isExploded(p) && changesMany) || SIGNED.has(p.name) ? 0 : 4,
              arbitrary: fc.constant(undefined),
            },
            { weight: 1, arbitrary: parameter(p) },
          ),
    ),
  );
  const body: fc.Arbitrary<Body> =
    operation.bodies.length > 0
      ? fc.oneof(
          ...operation.bodies.map(({ type, schema }, i) => ({
            weight: i === 0 ? 5 : 1,
            arbitrary: bodyOf(type, schema, operation, resolve, pool),
          })),
        )
      : fc.constant(undefined);
  const key = fc.option(fc.uuid(), { freq: 5, nil: undefined });
  return fc.tuple(parameters, body, key).map(([values, sent, idempotencyKey]) => {
    const given = operation.parameters.map((p, i): Given => [p, values[i]]);
    const { url, headers } = addressOf(
      operation,
      given.filter(([, value]) => value !== undefined),
    );
    if (sent) headers['content-type'] = sent[0];
    if (idempotencyKey && operation.method !== 'GET') headers['idempotency-key'] = idempotencyKey;
    return { operation, url, method: operation.method, headers, ...(sent ? { body: sent[1] } : {}) };
  });
}

/** A signed link without one of these is none. */
const SIGNED = new Set(['expires', 'signature']);

const whole = (schema: Schema, resolve: (ref: string) => Schema): Schema =>
  schema.$ref ? resolve(schema.$ref) : schema;

const isExploded = (p: Parameter) => p.in === 'query' && p.style === 'form' && p.explode === true;

/** At most two members: with more conditions nothing would be found. */
const fewOf = (value: object) =>
  fc
    .subarray(Object.entries(value), { minLength: 0, maxLength: Math.min(2, Object.keys(value).length) })
    .map((entries) => Object.fromEntries(entries));

function addressOf(operation: Operation, given: readonly Given[]) {
  let { path } = operation;
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  for (const [p, value] of given) {
    const text = textOf(value);
    if (p.in === 'path') path = path.replace(`{${p.name}}`, () => encodeSafe(text) || '-');
    else if (p.in === 'header' && /^[\x20-\x7e]*$/.test(text)) headers[p.name] = text;
    else if (p.in === 'query' && isExploded(p) && typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) query.append(name, textOf(inner));
    else if (p.in === 'query') query.set(p.name, text);
  }
  return { url: `http://localhost${path}${query.size > 0 ? `?${query}` : ''}`, headers };
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.map(textOf).join(',') : JSON.stringify(value);
}

function bodyOf(
  type: string,
  schema: Schema,
  { bodies }: Operation,
  resolve: (ref: string) => Schema,
  pool: Pool,
): fc.Arbitrary<Body> {
  const anything = fc
    .oneof(fc.string({ maxLength: 40 }), fc.uint8Array({ maxLength: 60 }))
    .map((v) => [type, typeof v === 'string' ? v : Uint8Array.from(v)] as const);
  if (type === '*/*')
    return fc.oneof(
      fc.string({ minLength: 1, maxLength: 200 }).map((text) => ['text/plain', text] as const),
      fc.uint8Array({ maxLength: 300 }).map((v) => ['application/octet-stream', Uint8Array.from(v)] as const),
    );
  if (type === 'multipart/form-data')
    return fc.tuple(fc.string({ maxLength: 20 }), fc.string({ maxLength: 60 })).map(([name, text]) => {
      const file = encodeURIComponent(name.toWellFormed());
      return [
        'multipart/form-data; boundary=zzz',
        `--zzz\r\ncontent-disposition: form-data; name="file"; filename="${file}.txt"\r\ncontent-type: text/plain\r\n\r\n${text}\r\n--zzz--\r\n`,
      ] as const;
    });
  const proper = valuesOf(schema, resolve, pool);
  if (type === 'application/x-ndjson') {
    const row = valuesOf(bodies[0]!.schema.anyOf?.[0] ?? {}, resolve, pool);
    const rows = fc.array(row, { maxLength: 4 });
    return rows.map((all) => [type, all.map((r) => `${JSON.stringify(r)}\n`).join('')] as const);
  }
  const broken = fc.tuple(proper, fc.string({ maxLength: 12 }), junk).map(([value, name, wrong]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong;
    const keys = Object.keys(value);
    const known = keys.length > 0 && name.length % 3 !== 0;
    return { ...value, [known ? keys[name.length % keys.length]! : name]: wrong };
  });
  return fc.oneof(
    { weight: 16, arbitrary: proper.map((v) => [type, JSON.stringify(v)] as const) },
    { weight: 3, arbitrary: broken.map((v) => [type, JSON.stringify(v) ?? ''] as const) },
    { weight: 1, arbitrary: anything },
  );
}

function encodeSafe(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('.', '%2E').slice(0, 3000);
}
