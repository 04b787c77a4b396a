import { LotlineError } from '../../errors.ts';

/** A `pg` client, or a pool of exactly one connection: the lock belongs to the session. */
export type SqlSession = {
  query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
};

/** The key under which Prisma's native engine takes its own lock, so that both keep out of each other's way. */
export const MIGRATION_LOCK_KEY = 72_707_369;

const WAIT_MILLISECONDS = 10_000;

/**
 * Runs `work` while this session holds the migration lock of its database.
 *
 * The lock is taken on the session that runs the migration, not on a side connection: should this process die,
 * the server keeps the lock until it has ended the migration too, and nobody judges a half-run one.
 * A session may take the lock again while it holds it.
 *
 * @param waitMilliseconds how long to wait for another session to let go
 * @throws LotlineError `migration_lock_held`, naming the session that has it
 */
export async function withMigrationLock<T>(
  session: SqlSession,
  work: () => Promise<T>,
  waitMilliseconds = WAIT_MILLISECONDS,
): Promise<T> {
  await takeMigrationLock(session, waitMilliseconds);
  try {
    return await work();
  } finally {
    // A session that broke has lost the lock already; its own error is the one to tell.
    await session.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK_KEY]).catch(() => undefined);
  }
}

/** Takes the lock for the rest of the session; see {@link withMigrationLock}. */
export async function takeMigrationLock(
  session: SqlSession,
  waitMilliseconds = WAIT_MILLISECONDS,
): Promise<void> {
  await session.query("SELECT set_config('lock_timeout', $1, false)", [`${waitMilliseconds}ms`]);
  try {
    await session.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK_KEY]);
  } catch (error) {
    if ((error as { code?: string }).code !== '55P03') throw error;
    throw await heldByAnother(session, waitMilliseconds);
  } finally {
    await session.query('RESET lock_timeout').catch(() => undefined);
  }
}

async function heldByAnother(session: SqlSession, waitMilliseconds: number): Promise<LotlineError> {
  const { rows } = await session.query(
    `SELECT l.pid, a.application_name, a.usename, a.client_addr, to_char(a.query_start, 'HH24:MI:SS TZ') AS since
       FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid)
      WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 0 AND l.objid = $1 AND l.objsubid = 1
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [MIGRATION_LOCK_KEY],
  );
  const holder = rows[0];
  const who =
    holder === undefined
      ? 'a session that has just ended'
      : `server process ${holder.pid} (application "${holder.application_name ?? 'not visible'}", user ` +
        `"${holder.usename ?? 'not visible'}", busy since ${holder.since ?? 'a time not visible'})`;
  return new LotlineError(
    'migration_lock_held',
    `Another migration is running on this database: ${who}. Waited ${waitMilliseconds / 1000} s; nothing was changed.`,
    holder === undefined
      ? 'Run the command again.'
      : `Wait for it to end and run the command again, or end it with SELECT pg_terminate_backend(${holder.pid}).`,
  );
}
