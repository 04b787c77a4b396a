import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context } from 'hono';
import type { Env } from '../env.ts';

const compress = promisify(gzip);

/**
 * Answers with bytes that do not change while the server runs: asked for again they are a 304, and whoever takes gzip gets
 * it, made once. None of it depends on who asks.
 * @param caching the Cache-Control of the answer
 */
export function still(
  bytes: Buffer,
  type: string,
  caching = 'no-cache',
): (c: Context<Env>) => Promise<Response> {
  const tag = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  let small: Promise<Buffer> | undefined;
  return async (c) => {
    const zipped = takesGzip(c.req.header('accept-encoding') ?? '');
    // Weak: the same document, whichever way its bytes are sent.
    const headers = { etag: `W/"${tag}"`, 'cache-control': caching, vary: 'accept-encoding' };
    const known = (c.req.header('if-none-match') ?? '').split(',').map((t) => t.trim().replace(/^W\//, ''));
    if (known.includes('*') || known.includes(`"${tag}"`))
      return new Response(null, { status: 304, headers });
    if (zipped) small ??= compress(bytes);
    const body = new Uint8Array(small && zipped ? await small : bytes);
    return new Response(body, {
      headers: { ...headers, 'content-type': type, ...(zipped ? { 'content-encoding': 'gzip' } : {}) },
    });
  };
}

function takesGzip(accepted: string): boolean {
  const entry = accepted
    .toLowerCase()
    .split(',')
    .map((part) => part.trim().split(/\s*;\s*/))
    .find(([name]) => name === 'gzip');
  return entry !== undefined && !/^q=0(\.0*)?$/.test(entry[1] ?? '');
}
