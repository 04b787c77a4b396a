import type pg from 'pg';
import { forgetGone } from './presence.ts';
import { announce } from './runs.ts';
import { inPlatform } from './transaction.ts';

const LOCK = "hashtextextended('lotline queue recovery', 0)";
const DIED = 'The worker that ran it ended in the middle.';

export interface Recovered {
  /** Ids of workers that had gone. */
  readonly gone: readonly string[];
  /** Runs that wait again, and those that had no attempt left. */
  readonly queued: readonly string[];
  readonly failed: readonly string[];
}

/**
 * Puts back what workers held that are gone: killed, or cut off from the database. One worker at a time does it, in one
 * transaction; killed in the middle, it leaves all to the next. An attempt that ended so counts, so that a job which kills
 * its worker becomes a dead letter.
 * @returns undefined where another one is at it
 */
export function recoverGone(pool: pg.Pool): Promise<Recovered | undefined> {
  return inPlatform(pool, async (client) => {
    if (!(await tryLock(client))) return undefined;
    const gone = await forgetGone(client);
    const { rows: missing } = await client.query<{ worker: string }>(
      `SELECT DISTINCT worker FROM queue.runs
       WHERE status = 'RUNNING' AND worker NOT IN (SELECT id FROM queue.workers)`,
    );
    await client.query(
      `SELECT graphile_worker.force_unlock_workers(array_agg(held.locked_by)) FROM (
         SELECT DISTINCT locked_by FROM graphile_worker.jobs
         WHERE locked_by IS NOT NULL AND locked_by NOT IN (SELECT id FROM queue.workers)) AS held
       HAVING count(*) > 0`,
    );
    return { gone, ...(await putBack(client, 'r.worker = ANY ($1)', [missing.map((m) => m.worker)])) };
  });
}

/** Puts back runs that a living worker has written down as running but does not hold: their end could not be written. */
export function recoverDropped(pool: pg.Pool, worker: string, ids: readonly string[]): Promise<unknown> {
  return inPlatform(pool, (client) => putBack(client, 'r.worker = $1 AND r.id = ANY ($2)', [worker, ids]));
}

/** Leaves word for every run that waits and has none: those enqueued before any worker, or brought by an import. */
export function announceMissing(pool: pg.Pool): Promise<number> {
  return inPlatform(pool, async (client) => {
    if (!(await tryLock(client))) return 0;
    const { rowCount } = await client.query(
      `SELECT app.announce_run(r.id) FROM (
         SELECT id FROM queue.runs AS r WHERE r.status = 'QUEUED' AND NOT EXISTS (
           SELECT FROM graphile_worker.jobs AS j WHERE j.key = r.id::text AND j.attempts < j.max_attempts)
         ORDER BY r.id LIMIT 1000 FOR UPDATE SKIP LOCKED) AS r`,
    );
    return rowCount ?? 0;
  });
}

async function tryLock(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ free: boolean }>(`SELECT pg_try_advisory_xact_lock(${LOCK}) AS free`);
  return rows[0]!.free;
}

async function putBack(client: pg.ClientBase, which: string, values: readonly unknown[]) {
  const { rows } = await client.query<{ id: string; status: string }>(
    `UPDATE queue.runs AS r
     SET status = CASE WHEN attempt < max_attempts THEN 'QUEUED' ELSE 'FAILED' END, worker = NULL, error = '${DIED}',
       run_at = now(), finished_at = CASE WHEN attempt < max_attempts THEN NULL ELSE now() END
     WHERE r.status = 'RUNNING' AND ${which} RETURNING r.id, r.status`,
    [...values],
  );
  const queued = rows.filter((r) => r.status === 'QUEUED').map((r) => r.id);
  for (const id of queued) await announce(client, id);
  if (queued.length < rows.length) await client.query("SELECT pg_notify('queue:ended', '')");
  return { queued, failed: rows.filter((r) => r.status === 'FAILED').map((r) => r.id) };
}
