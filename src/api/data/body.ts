import { HttpFault } from '../../http/index.ts';

/** What a body holds: one value, or many rows where it is an array or NDJSON. */
export type Body =
  | { readonly many: false; readonly value: unknown }
  | { readonly many: true; readonly rows: readonly unknown[] };

const NDJSON = /^application\/(x-)?ndjson$/;
const JSONS = /^application\/(merge-patch\+)?json$/;

/** @throws HttpFault 400 for broken UTF-8 or JSON, 415 for another media type */
export async function readBody(request: Request): Promise<Body> {
  const [media = ''] = (request.headers.get('content-type') ?? '').toLowerCase().split(';');
  const type = media.trim();
  if (!NDJSON.test(type) && !JSONS.test(type))
    throw new HttpFault(
      415,
      'MEDIA_TYPE_UNSUPPORTED',
      type === ''
        ? 'The body has no Content-Type.'
        : `The media type "${type.slice(0, 100)}" is not read here.`,
      'Send application/json, or application/x-ndjson for many rows.',
      { 'accept-post': 'application/json, application/x-ndjson' },
    );
  const text = decode(await request.arrayBuffer());
  if (NDJSON.test(type)) return { many: true, rows: readLines(text) };
  const value = readJson(text);
  return Array.isArray(value) ? { many: true, rows: value } : { many: false, value };
}

function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new HttpFault(400, 'BODY_NOT_UTF8', 'The body is not UTF-8.', 'Send text in UTF-8.');
  }
}

function readLines(text: string): unknown[] {
  return text
    .split('\n')
    .flatMap((line, i) => (line.trim() === '' ? [] : [readJson(line, ` in line ${i + 1}`)]));
}

function readJson(text: string, where = ''): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new HttpFault(
      400,
      'JSON_MALFORMED',
      `The body is not JSON${where}.`,
      'Check commas, quotation marks and brackets.',
    );
  }
}
