import { hash } from 'node:crypto';
import type pg from 'pg';
import type { Logger } from './log.ts';

/** A minute of one bucket: the requests in it, with the one that asked, and seconds until the next minute. */
export interface Counted {
  readonly used: number;
  readonly resetSeconds: number;
}

/** Counts of requests by bucket and minute, kept in PostgreSQL and shared by all servers of a database. */
export interface RateLimits {
  /** Counts one request under any name; only a hash of it is stored. */
  count(bucket: string): Counted;
  /** Tells the database what was counted and learns what others counted. */
  flush(): Promise<void>;
  /** Flushes once more and stops. */
  close(): Promise<void>;
}

interface Bucket {
  readonly digest: string;
  minute: number;
  /** What the database has of this minute, as of the last flush. */
  known: number;
  /** Counted since. */
  pending: number;
}

const MINUTE = 60_000;

/**
 * A request that had to write a row first would pay more for its limit than for its answer. So each server counts in
 * memory, adds its counts to the database once a second, and learns the sum there: a limit can be passed by what all
 * servers take in within that second, and a server that is killed forgets no more than it. With the database out of
 * reach each server limits by itself.
 * @param pool logs in as lotline_platform
 */
export function openRateLimits(pool: pg.Pool, log: Logger, now: () => number = Date.now): RateLimits {
  const buckets = new Map<string, Bucket>();
  let running: Promise<void> | undefined;

  const send = async () => {
    const minute = Math.floor(now() / MINUTE);
    const dirty: { bucket: Bucket; hits: number }[] = [];
    for (const [name, bucket] of buckets) {
      if (bucket.minute < minute && bucket.pending === 0) buckets.delete(name);
      else if (bucket.pending > 0) {
        dirty.push({ bucket, hits: bucket.pending });
        bucket.known += bucket.pending;
        bucket.pending = 0;
      }
    }
    if (dirty.length === 0) return;
    // In the order of the keys, so that two servers do not wait for each other.
    dirty.sort((a, b) => (a.bucket.digest < b.bucket.digest ? -1 : 1));
    const sent = new Map(dirty.map(({ bucket }) => [bucket.digest, bucket]));
    try {
      const { rows } = await pool.query<{ bucket: Buffer; minute: string; hits: number }>(ADD, [
        dirty.map(({ bucket }) => `\\x${bucket.digest}`),
        dirty.map(({ bucket }) => new Date(bucket.minute * MINUTE).toISOString()),
        dirty.map(({ hits }) => hits),
      ]);
      for (const row of rows) {
        const bucket = sent.get(row.bucket.toString('hex'));
        if (bucket && bucket.minute === Number(row.minute)) bucket.known = Math.max(bucket.known, row.hits);
      }
    } catch (error) {
      log.warn({ error }, 'the counts of requests could not be stored; this server limits by its own');
    }
  };
  const flush = () => {
    running ??= send().finally(() => {
      running = undefined;
    });
    return running;
  };
  const timer = setInterval(flush, 1_000);
  timer.unref();

  return {
    count: (name) => {
      const at = now();
      const minute = Math.floor(at / MINUTE);
      let bucket = buckets.get(name);
      if (!bucket || bucket.minute !== minute) {
        bucket = { digest: bucket?.digest ?? hash('sha256', name), minute, known: 0, pending: 0 };
        buckets.set(name, bucket);
      }
      bucket.pending += 1;
      return {
        used: bucket.known + bucket.pending,
        resetSeconds: Math.ceil(((minute + 1) * MINUTE - at) / 1000),
      };
    },
    flush,
    close: async () => {
      clearInterval(timer);
      await flush();
      await flush();
    },
  };
}

const ADD = `INSERT INTO server.rate_limits AS counted (bucket, window_start, hits)
  SELECT b::bytea, w, h FROM unnest($1::text[], $2::timestamptz[], $3::integer[]) AS t(b, w, h)
  ON CONFLICT (bucket, window_start) DO UPDATE SET hits = counted.hits + excluded.hits
  RETURNING bucket, extract(epoch FROM window_start)::bigint / 60 AS minute, hits`;
