import type pg from 'pg';
import { inPlatform } from './transaction.ts';

/**
 * What a worker writes into queue.runs, as the platform role. Every write about an attempt names it (`id`, `starts`) and
 * the state RUNNING, so each happens once: repeated, at once with a cancellation, or by a worker that was taken for dead,
 * it finds nothing to change and says so.
 */
export interface Claimed {
  readonly id: string;
  /** Names this attempt, together with the id. */
  readonly starts: number;
  readonly organizationId: string;
  readonly userId: string | null;
  readonly name: string;
  readonly input: unknown;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly archived: boolean;
  /** What app.enter() would say; null where the person cannot enter the organization. */
  readonly role: string | null;
}

/** Takes a run that waits; undefined where it does not wait (any more). `attempts`: those of declared jobs, by name. */
export async function claim(
  pool: pg.Pool,
  runId: string,
  worker: string,
  attempts: Readonly<Record<string, number>>,
): Promise<Claimed | undefined> {
  const { rows } = await pool.query<Claimed>(
    `WITH taken AS (
       UPDATE queue.runs AS r
       SET status = 'RUNNING', worker = $2, starts = starts + 1, attempt = attempt + 1, progress = 0, message = NULL,
         started_at = now(), max_attempts = coalesce(($3::jsonb ->> r.name)::integer, r.max_attempts)
       WHERE r.id = $1 AND r.status = 'QUEUED'
       RETURNING *)
     SELECT t.id, t.starts, t.organization_id AS "organizationId", t.user_id AS "userId", t.name, t.input, t.attempt,
       t.max_attempts AS "maxAttempts", o.archived_at IS NOT NULL AS archived, m.role::text AS role
     FROM taken t JOIN public.organizations o ON o.id = t.organization_id
     LEFT JOIN (public.organization_members m JOIN public.users u ON u.id = m.user_id AND u.is_active AND u.deleted_at IS NULL)
       ON m.organization_id = t.organization_id AND m.user_id = t.user_id AND m.left_at IS NULL`,
    [runId, worker, JSON.stringify(attempts)],
  );
  return rows[0];
}

export interface Ending {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  readonly result?: string | undefined;
  readonly message?: string | undefined;
  readonly error?: string | undefined;
}

/** Ends the attempt for good. */
export async function end(pool: pg.Pool, run: Claimed, ending: Ending): Promise<boolean> {
  const { status, result = null, message = null, error = null } = ending;
  const { rowCount } = await pool.query(
    `WITH ended AS (
       UPDATE queue.runs
       SET status = $3, result = $4::jsonb, message = coalesce($5, message), error = $6, worker = NULL, finished_at = now(),
         progress = CASE WHEN $3 = 'SUCCEEDED' THEN 1 ELSE progress END
       WHERE id = $1 AND starts = $2 AND status = 'RUNNING' RETURNING id)
     SELECT pg_notify('queue:ended', '') FROM ended`,
    [run.id, run.starts, status, result, message, error],
  );
  return rowCount === 1;
}

/** Puts the run back to be tried again in `pause` milliseconds. */
export function tryLater(pool: pg.Pool, run: Claimed, error: string, pause: number): Promise<boolean> {
  return putBack(pool, run, `error = $3, run_at = now() + $4::double precision * interval '1 millisecond'`, [
    error,
    pause,
  ]);
}

/** Puts the run back as if it had not been tried: the worker stops. */
export function giveBack(pool: pg.Pool, run: Claimed): Promise<boolean> {
  return putBack(pool, run, 'attempt = attempt - 1, run_at = now()', []);
}

function putBack(pool: pg.Pool, run: Claimed, changes: string, values: readonly unknown[]): Promise<boolean> {
  return inPlatform(pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE queue.runs SET status = 'QUEUED', worker = NULL, started_at = NULL, ${changes}
       WHERE id = $1 AND starts = $2 AND status = 'RUNNING'`,
      [run.id, run.starts, ...values],
    );
    if (rowCount === 1) await announce(client, run.id);
    return rowCount === 1;
  });
}

/** Has a worker told that the run waits; replaces the word that was left for it. */
export async function announce(client: pg.ClientBase | pg.Pool, runId: string): Promise<void> {
  await client.query('SELECT app.announce_run($1)', [runId]);
}

export async function tellProgress(
  pool: pg.Pool,
  run: Claimed,
  done: number,
  message: string | undefined,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE queue.runs SET progress = $3, message = coalesce($4, message)
     WHERE id = $1 AND starts = $2 AND status = 'RUNNING'`,
    [run.id, run.starts, done, message ?? null],
  );
  return rowCount === 1;
}

/** Of a worker's runs, those that are still its own, as `id starts`. */
export async function stillRunning(pool: pg.Pool, worker: string): Promise<Set<string>> {
  const { rows } = await pool.query<{ id: string; starts: number }>(
    "SELECT id, starts FROM queue.runs WHERE worker = $1 AND status = 'RUNNING'",
    [worker],
  );
  return new Set(rows.map(attemptKey));
}

export function attemptKey({ id, starts }: Pick<Claimed, 'id' | 'starts'>): string {
  return `${id} ${starts}`;
}
