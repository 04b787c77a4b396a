import type pg from 'pg';
import { connectTo } from '../database/client.ts';

/** First half of the advisory locks by which workers are known to live; the second is the worker's own number. */
const LOCKS = 1819635569;

/** That a worker lives, as other workers see it. */
export interface Presence {
  /** Settles with the error when the connection is lost, and with it the lock. */
  readonly lost: Promise<Error>;
  leave(): Promise<void>;
}

/**
 * Makes a worker known under an id, and holds its lock for as long as this process and its connection live: the server lets
 * go of it at the moment at which it notices that either has ended. Within a power failure of the machine that is half a
 * minute at most.
 * @param onCancelled called when a run has been cancelled somewhere
 */
export async function enter(url: string, id: string, onCancelled: () => void): Promise<Presence> {
  const client = await connectTo(url);
  const lost = new Promise<Error>((resolve) => {
    client.on('error', resolve);
    client.on('end', () => resolve(new Error('the connection that shows the worker alive has ended')));
  });
  client.on('notification', onCancelled);
  try {
    await client.query(`SET application_name = 'lotline worker'; SET tcp_keepalives_idle = 10;
      SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 4; LISTEN "queue:cancelled"`);
    await client.query('BEGIN');
    const { rows } = await client.query<{ lock: number }>(
      'INSERT INTO queue.workers (id) VALUES ($1) RETURNING lock',
      [id],
    );
    // Nobody sees the row before the lock is held.
    await client.query('SELECT pg_advisory_lock($1, $2)', [LOCKS, rows[0]!.lock]);
    await client.query('COMMIT');
  } catch (error) {
    await client.end();
    throw error;
  }
  return {
    lost,
    async leave() {
      await client.query('DELETE FROM queue.workers WHERE id = $1', [id]).catch(() => {});
      await client.end().catch(() => {});
    },
  };
}

/** Takes workers off the list whose lock nobody holds. */
export async function forgetGone(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `DELETE FROM queue.workers AS w WHERE NOT EXISTS (
       SELECT FROM pg_locks AS l
       WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.classid = ${LOCKS} AND l.objid = w.lock::oid AND l.granted
         AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
     RETURNING w.id`,
  );
  return rows.map((row) => row.id);
}
