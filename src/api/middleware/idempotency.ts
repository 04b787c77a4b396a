import { createHash } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { type Db, inTransaction } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import { TenancyError } from '../../tenancy/index.ts';
import type { Env } from '../env.ts';

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const KEPT_HEADERS = ['content-type', 'location', 'etag', 'preference-applied'];
/** Answers larger than this, and secrets, are not kept: a repetition is told that the write was done, by a 204. */
const MAX_BODY = 1024 * 1024;

interface Kept {
  matches: boolean;
  status: number | null;
  headers: Record<string, string> | null;
  body: string | null;
}

/**
 * Makes a write with an `Idempotency-Key` happen once. Key, write and answer are one transaction: whoever repeats the
 * request, at once or after a crash, gets the first answer (`Idempotent-Replayed: true`), or does the write if nothing of
 * it was kept. An answer that refuses rolls back and is not kept, so a corrected request may use the key again. While the
 * first is at work, a second waits some seconds for it, then is refused. What a handler does `afterwards` waits for the commit.
 * @throws Refusal `IDEMPOTENCY_KEY_MALFORMED`, `IDEMPOTENCY_KEY_REUSED`, `IDEMPOTENCY_KEY_IN_USE`
 */
export function idempotency(): MiddlewareHandler<Env> {
  return async (c, next) => {
    const key = c.req.header('idempotency-key');
    // Where two apps are mounted over each other, a request that the first does not know passes here twice.
    if (key === undefined || !WRITES.has(c.req.method) || c.get('afterwards')) return next();
    if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw MALFORMED();
    const hash = await requestHash(c);
    const outcome = await work(c, key, hash, next);
    if (outcome.replay) c.res = outcome.replay;
    return undefined;
  };
}

/** Carries an answer that refuses out of the transaction, which it rolls back. */
class Refused extends Error {}

async function work(
  c: Context<Env>,
  key: string,
  hash: Buffer,
  next: () => Promise<void>,
): Promise<{ replay?: Response }> {
  const outer = c.get('db');
  const later: (() => void)[] = [];
  c.set('afterwards', later);
  try {
    const outcome = await inTransaction(
      outer,
      async (tx) => {
        const kept = await claim(tx, key, hash);
        if (kept) return { replay: replayed(kept) };
        c.set('db', tx);
        await next();
        if (c.error || c.res.status >= 400) throw new Refused();
        await keep(tx, key, c.res, c.get('secret') === true);
        return {};
      },
      // The body of the request is read once, and a second run would answer twice.
      { timeout: 120_000, retries: 0 },
    );
    for (const work of later) work();
    return outcome;
  } catch (error) {
    // The answer that refused stands in the context already.
    if (error instanceof Refused) return {};
    throw error;
  } finally {
    c.set('db', outer);
    c.set('afterwards', undefined);
  }
}

async function claim(tx: Db, key: string, hash: Buffer): Promise<Kept | undefined> {
  try {
    const [kept] = await tx.$queryRaw<Kept[]>`SELECT * FROM app.claim_idempotency_key(${key}, ${hash})`;
    return kept;
  } catch (error) {
    if (error instanceof TenancyError && error.state === '55P03') throw IN_USE(error);
    throw error;
  }
}

async function keep(tx: Db, key: string, answer: Response, secret: boolean): Promise<void> {
  const headers: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = answer.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  const text = answer.body === null ? '' : await answer.clone().text();
  const body = secret || text.length > MAX_BODY ? null : text;
  await tx.$queryRaw`SELECT app.keep_answer(${key}, ${answer.status}::integer, ${JSON.stringify(headers)}::jsonb, ${body})::text`;
}

function replayed({ matches, status, headers, body }: Kept): Response {
  if (!matches) throw REUSED();
  const { 'content-type': type, ...others } = headers ?? {};
  const all = { ...others, 'idempotent-replayed': 'true' };
  if (body === null || status === null) return new Response(null, { status: 204, headers: all });
  const bare = status === 204 || status === 205;
  return new Response(bare || body === '' ? null : body, {
    status,
    headers: { ...all, ...(type ? { 'content-type': type } : {}) },
  });
}

async function requestHash(c: Context<Env>): Promise<Buffer> {
  const hash = createHash('sha256').update(
    `${c.req.method}\0${new URL(c.req.url).pathname}\0${new URL(c.req.url).search}\0`,
  );
  // A copy: the route reads the body itself.
  return hash.update(Buffer.from(await c.req.raw.clone().arrayBuffer())).digest();
}

const MALFORMED = () =>
  new Refusal(
    'invalid',
    'IDEMPOTENCY_KEY_MALFORMED',
    'An Idempotency-Key has 1 to 255 visible ASCII characters.',
    'Send a random UUID, the same for every repetition of one request.',
  );

const IN_USE = (cause: unknown) =>
  new Refusal(
    'conflict',
    'IDEMPOTENCY_KEY_IN_USE',
    'The first request with this Idempotency-Key is still at work.',
    'Repeat it in some seconds, with the same key: it is then answered as the first one is.',
    { cause },
  );

const REUSED = () =>
  new Refusal(
    'invalid',
    'IDEMPOTENCY_KEY_REUSED',
    'This Idempotency-Key was sent with another request before.',
    'Use a new key for each request, and the same one only to repeat it.',
  );
