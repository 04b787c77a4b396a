import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Schema } from './arbitrary.ts';
import type { Document, Sent } from './operations.ts';

/** Says what is wrong with an answer, by the document and by what must never be in it. */
export type Judge = (sent: Sent, status: number, headers: Headers, text: string) => string | undefined;

/**
 * A judge of answers: no fault of the server, nothing that the document does not say, nothing of another organization.
 * @param foreign ids and texts that only others may see
 */
export function judgeOf(document: Document, foreign: ReadonlySet<string>): Judge {
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
  (addFormats as unknown as (a: Ajv2020) => void)(ajv);
  for (const name of ['decimal', 'int64', 'int32', 'int16', 'binary', 'byte', 'password'])
    ajv.addFormat(name, true);
  ajv.addSchema({ ...document, $id: 'doc' }, 'doc');
  const compiled = new Map<string, ValidateFunction>();
  const schemaFor = (key: string, schema: Schema): ValidateFunction => {
    let validate = compiled.get(key);
    if (!validate) {
      validate = ajv.compile(absolute(schema) as object);
      compiled.set(key, validate);
    }
    return validate;
  };
  return (sent, status, headers, text) => {
    if (status >= 500 && status !== 503 && status !== 504) return `answers ${status}: ${text.slice(0, 300)}`;
    const asked = `${decodeURIComponent(sent.url)} ${typeof sent.body === 'string' ? sent.body : ''}`;
    for (const id of text.match(UUID) ?? [])
      if (foreign.has(id) && !asked.includes(id)) return `tells ${id}, which is another organization’s`;
    const { operation } = sent;
    const said = operation.responses[String(status)] ?? operation.responses.default;
    if (!said) return `answers ${status}, which the document does not say: ${text.slice(0, 300)}`;
    if (text === '' || sent.method === 'HEAD') return undefined;
    const type = (headers.get('content-type') ?? '').split(';')[0]!.trim();
    const media = said.content?.[type] ?? said.content?.['*/*'];
    if (!media) return `answers ${status} as ${type || 'nothing'}, which the document does not say`;
    if (!type.endsWith('json') || !media.schema) return undefined;
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      return `answers ${status} with broken JSON: ${text.slice(0, 200)}`;
    }
    const validate = schemaFor(`${sent.method} ${operation.path} ${status} ${type}`, media.schema);
    return validate(body)
      ? undefined
      : `answers ${status} with a body against its schema: ${ajv.errorsText(validate.errors)}: ${text.slice(0, 300)}`;
  };
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The schema with references that lead into the document. */
function absolute(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(absolute);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' ? value.replace(/^#/, 'doc#') : absolute(value),
    ]),
  );
}
