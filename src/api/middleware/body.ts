import { isUtf8 } from 'node:buffer';
import type { MiddlewareHandler } from 'hono';
import { Refusal } from '../../errors.ts';
import { HttpFault } from '../../http/index.ts';
import type { Env } from '../env.ts';

const MB = 1024 * 1024;
const TEXTUAL = /^(application\/(json|[\w.+-]*\+json|x-ndjson|x-www-form-urlencoded)|text\/)/i;

/** Bodies up to this are read; those of many rows up to the second. Files have a route and limits of their own. */
export const BODY_LIMITS = { one: MB, many: 64 * MB } as const;

/** Refuses what nobody further in could read: an address that is not UTF-8, a body that is compressed. */
export function readableRequest(): MiddlewareHandler<Env> {
  return async (c, next) => {
    requireReadableUrl(c.req.url);
    const encoding = c.req.header('content-encoding')?.trim().toLowerCase();
    if (encoding && encoding !== 'identity')
      throw new HttpFault(
        415,
        'ENCODING_UNSUPPORTED',
        'Compressed bodies are not read.',
        'Send the body as it is, without Content-Encoding.',
        { 'accept-encoding': 'identity' },
      );
    await next();
  };
}

/**
 * Reads the body once, up to a bound, and refuses text that is not UTF-8 before anything understands it. The library's own
 * middleware cannot tell a request without a body from one without a length, and builds the request twice.
 */
export function readableBody(most: number): MiddlewareHandler<Env> {
  return async (c, next) => {
    // These have none, and to ask for it would build the whole request a second time.
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    if (Number(c.req.header('content-length') ?? 0) > most) throw tooLarge(most);
    const bytes = await bytesOf(c.req.raw, most);
    if (TEXTUAL.test(c.req.header('content-type') ?? 'application/json') && !isUtf8(bytes))
      throw NOT_UTF8('The body');
    // Whoever reads the request itself rather than through Hono finds the body once more.
    const { url, method, headers, signal } = c.req.raw;
    c.req.raw = new Request(url, { method, headers, signal, ...(bytes.length > 0 ? { body: bytes } : {}) });
    await next();
  };
}

async function bytesOf({ body }: Request, most: number): Promise<Buffer<ArrayBuffer>> {
  if (!body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > most) throw tooLarge(most);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const tooLarge = (most: number) =>
  new Refusal(
    'too-large',
    'BODY_TOO_LARGE',
    `The body is larger than ${most / MB} MB.`,
    'Send less at once; many rows go as application/x-ndjson to a collection, files to /files.',
  );

function requireReadableUrl(url: string): void {
  try {
    decodeURIComponent(url.slice(url.indexOf('/', 8)).replaceAll('+', ' '));
  } catch {
    throw NOT_UTF8('The address');
  }
}

const NOT_UTF8 = (what: string) =>
  new Refusal(
    'invalid',
    'NOT_UTF8',
    `${what} is not valid UTF-8.`,
    'Encode text as UTF-8 and send it again.',
  );
