import { isIPv6 } from 'node:net';
import type { Pool } from 'pg';
import { sha256 } from './digest.ts';

/** One thing that is counted, with how often it may happen within how many seconds. */
export interface Allowance {
  readonly what: string;
  readonly most: number;
  readonly seconds: number;
}

/**
 * Counts one attempt against all of these, before it is made: of many at once no more than allowed get through.
 * @returns the seconds to wait where one is used up, else 0
 */
export async function countAttempt(pool: Pool, allowances: readonly Allowance[]): Promise<number> {
  const rows = allowances.map((a) => ({ ...a, bucket: sha256(a.what) }));
  // Everybody takes the rows in one order, so that two attempts wait for each other and never deadlock.
  rows.sort((a, b) => Buffer.compare(a.bucket, b.bucket));
  const { rows: counted } = await pool.query<{ bucket: Buffer; failures: number; wait: number }>(
    `INSERT INTO auth.attempts AS a (bucket, failures, resets_at)
     SELECT bucket, 1, now() + seconds * interval '1 second' FROM unnest($1::bytea[], $2::int[]) AS t (bucket, seconds)
     ON CONFLICT (bucket) DO UPDATE SET
       failures = CASE WHEN a.resets_at <= now() THEN 1 ELSE least(a.failures + 1, 1000000) END,
       resets_at = CASE WHEN a.resets_at <= now() THEN EXCLUDED.resets_at ELSE a.resets_at END
     RETURNING bucket, failures, ceil(extract(epoch FROM resets_at - now()))::int AS wait`,
    [rows.map((r) => r.bucket), rows.map((r) => r.seconds)],
  );
  const over = counted.filter((c) => c.failures > (rows.find((r) => r.bucket.equals(c.bucket))?.most ?? 0));
  return Math.max(0, ...over.map((c) => Math.max(1, c.wait)));
}

/** Takes back one attempt each, as for one that was right after all. */
export async function forgiveAttempt(pool: Pool, whats: readonly string[]): Promise<void> {
  await pool.query('UPDATE auth.attempts SET failures = greatest(failures - 1, 0) WHERE bucket = ANY ($1)', [
    whats.map(sha256),
  ]);
}

/** Begins anew, as for an account whose owner has proved to be the owner. */
export async function forgetAttempts(pool: Pool, whats: readonly string[]): Promise<void> {
  await pool.query('DELETE FROM auth.attempts WHERE bucket = ANY ($1)', [whats.map(sha256)]);
}

/** What counts as one address: of IPv6 the first 64 bits, since whoever has one of these has all. */
export function networkOf(address: string | undefined): string {
  if (!address) return 'unknown';
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail ? tail.split(':').length : 0;
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - front.length - back)).fill('0');
  const groups = [...front, ...zeros, ...(tail ? tail.split(':') : [])].slice(0, 4);
  return `${groups.map((g) => Number.parseInt(g, 16).toString(16)).join(':')}::/64`;
}
