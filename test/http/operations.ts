import fc from 'fast-check';
import { junk, type Pool, type Schema, valuesOf } from './arbitrary.ts';

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema?: Schema;
}

export interface Operation {
  readonly method: string;
  /** As the document has it, with its parameters in braces. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body?: { readonly type: string; readonly schema: Schema };
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
  readonly body?: string | Uint8Array;
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
        requestBody?: { content: Record<string, { schema: Schema }>; $ref?: string };
        responses: Operation['responses'];
      };
      const parameters = [...((item.parameters as Parameter[]) ?? []), ...(operation.parameters ?? [])].map(
        whole,
      );
      const content = operation.requestBody ? whole(operation.requestBody).content : undefined;
      const [type, media] = Object.entries(content ?? {})[0] ?? [];
      const responses = Object.fromEntries(
        Object.entries(operation.responses).map(([s, r]) => [s, whole(r)]),
      );
      return {
        method: method.toUpperCase(),
        path,
        parameters,
        responses,
        ...(type && media ? { body: { type, schema: media.schema ?? {} } } : {}),
      };
    }),
  );
}

/** Requests to one operation, most of them as the document describes, the others not. */
export function requestsTo(
  document: Document,
  operation: Operation,
  pool: Pool,
  fixed: Record<string, string>,
): fc.Arbitrary<Sent> {
  const resolve = (ref: string) => follow<Schema>(document, ref);
  const parameter = (p: Parameter) => {
    if (fixed[p.name] !== undefined && p.in === 'path') return fc.constant(fixed[p.name]);
    const proper = valuesOf(p.schema ?? {}, resolve, pool, p.name);
    return fc.oneof({ weight: 9, arbitrary: proper }, { weight: 1, arbitrary: junk });
  };
  const parameters = fc.tuple(
    ...operation.parameters.map((p) =>
      p.required ? parameter(p) : fc.option(parameter(p), { freq: 4, nil: undefined }),
    ),
  );
  const body = operation.body ? bodyOf(operation.body.schema, resolve, pool) : fc.constant(undefined);
  const key = fc.option(fc.uuid(), { freq: 5, nil: undefined });
  return fc.tuple(parameters, body, key).map(([values, sent, idempotencyKey]) => {
    let path = operation.path;
    const query = new URLSearchParams();
    const headers: Record<string, string> = {};
    operation.parameters.forEach((p, i) => {
      const value = values[i];
      if (value === undefined) return;
      const text =
        typeof value === 'string'
          ? value
          : Array.isArray(value)
            ? value.map(String).join(',')
            : JSON.stringify(value);
      if (p.in === 'path') path = path.replace(`{${p.name}}`, encodeSafe(text) || '-');
      else if (p.in === 'query') query.set(p.name, text);
      else if (p.in === 'header' && /^[\x20-\x7e]*$/.test(text)) headers[p.name] = text;
    });
    if (sent !== undefined && operation.body) headers['content-type'] = operation.body.type;
    if (idempotencyKey && operation.method !== 'GET') headers['idempotency-key'] = idempotencyKey;
    const search = query.size > 0 ? `?${query}` : '';
    return {
      operation,
      url: `http://localhost${path}${search}`,
      method: operation.method,
      headers,
      ...(sent === undefined ? {} : { body: sent }),
    };
  });
}

function bodyOf(
  schema: Schema,
  resolve: (ref: string) => Schema,
  pool: Pool,
): fc.Arbitrary<string | Uint8Array> {
  const proper = valuesOf(schema, resolve, pool);
  const broken = fc.tuple(proper, fc.string({ maxLength: 12 }), junk).map(([value, name, wrong]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong;
    const keys = Object.keys(value);
    return {
      ...value,
      [keys.length > 0 && name.length % 3 !== 0 ? keys[name.length % keys.length]! : name]: wrong,
    };
  });
  return fc.oneof(
    { weight: 6, arbitrary: proper.map((v) => JSON.stringify(v)) },
    { weight: 3, arbitrary: broken.map((v) => JSON.stringify(v) ?? '') },
    { weight: 1, arbitrary: fc.oneof(fc.string({ maxLength: 40 }), fc.uint8Array({ maxLength: 60 })) },
  );
}

function encodeSafe(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('.', '%2E').slice(0, 3000);
}
