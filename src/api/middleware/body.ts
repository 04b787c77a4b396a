import { isUtf8 } from 'node:buffer';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Refusal } from '../../errors.ts';
import type { Env } from '../env.ts';

const MB = 1024 * 1024;
const TEXTUAL = /^(application\/(json|[\w.+-]*\+json|x-ndjson|x-www-form-urlencoded)|text\/)/i;

/** Bodies up to this are read; those of many rows up to the second. Files have a route and limits of their own. */
export const BODY_LIMITS = { one: MB, many: 64 * MB } as const;

/** Refuses bodies that are too large before they are read, and text that is not UTF-8 before anything understands it. */
export function readableBody(most: number): MiddlewareHandler<Env> {
  const limit = bodyLimit({
    maxSize: most,
    onError: () => {
      throw new Refusal(
        'too-large',
        'BODY_TOO_LARGE',
        `The body is larger than ${most / MB} MB.`,
        'Send less at once; many rows go as application/x-ndjson to a collection, files to /files.',
      );
    },
  });
  return async (c, next) => {
    requireReadableUrl(c.req.url);
    // These have none, and to ask for it would build the whole request a second time.
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    return limit(c, async () => {
      if (c.req.raw.body !== null && TEXTUAL.test(c.req.header('content-type') ?? 'application/json')) {
        const bytes = Buffer.from(await c.req.arrayBuffer());
        if (!isUtf8(bytes)) throw NOT_UTF8('The body');
        // Whoever reads the request itself rather than through Hono finds the body once more.
        const { url, method, headers, signal } = c.req.raw;
        c.req.raw = new Request(url, { method, headers, signal, body: bytes });
      }
      await next();
    });
  };
}

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
