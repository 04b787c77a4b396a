import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Context } from 'hono';
import type { Env } from '../env.ts';

/** Nearly as small as the highest, and ten times faster: the first who asks waits for it. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
const ENCODINGS = [
  { name: 'br', compress: (bytes: Buffer) => promisify(brotliCompress)(bytes, BROTLI) },
  { name: 'gzip', compress: (bytes: Buffer) => promisify(gzip)(bytes) },
] as const;
/** What is compressed already, such as fonts and photos, only grows. */
const COMPRESSIBLE = /^(text\/|application\/json|image\/svg)/;

/**
 * Answers with bytes that do not change while the server runs: asked for again they are a 304, and whoever takes Brotli or
 * gzip gets text in it, made once. None of it depends on who asks.
 * @param caching the Cache-Control of the answer
 */
export function still(
  bytes: Buffer,
  type: string,
  caching = 'no-cache',
): (c: Context<Env>) => Promise<Response> {
  const tag = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  const small = new Map<string, Promise<Buffer>>();
  return async (c) => {
    // Weak: the same document, whichever way its bytes are sent.
    const headers = { etag: `W/"${tag}"`, 'cache-control': caching, vary: 'accept-encoding' };
    const known = (c.req.header('if-none-match') ?? '').split(',').map((t) => t.trim().replace(/^W\//, ''));
    if (known.includes('*') || known.includes(`"${tag}"`))
      return new Response(null, { status: 304, headers });
    const accepted = c.req.header('accept-encoding') ?? '';
    const encoding = COMPRESSIBLE.test(type)
      ? ENCODINGS.find(({ name }) => takes(accepted, name))
      : undefined;
    if (!encoding)
      return new Response(new Uint8Array(bytes), { headers: { ...headers, 'content-type': type } });
    const made = small.get(encoding.name) ?? encoding.compress(bytes);
    small.set(encoding.name, made);
    return new Response(new Uint8Array(await made), {
      headers: { ...headers, 'content-type': type, 'content-encoding': encoding.name },
    });
  };
}

function takes(accepted: string, encoding: string): boolean {
  const entry = accepted
    .toLowerCase()
    .split(',')
    .map((part) => part.trim().split(/\s*;\s*/))
    .find(([name]) => name === encoding);
  return entry !== undefined && !/^q=0(\.0*)?$/.test(entry[1] ?? '');
}
