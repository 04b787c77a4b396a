import { runMigrations } from 'graphile-worker';
import pg from 'pg';

/** The schema that the migrations hand to the platform role; `prisma/models/queue.sql`. */
export const WORKER_SCHEMA = 'graphile_worker';

/**
 * Brings graphile-worker's tables up to its own version, as the platform role, to which their schema belongs. Repeated, it
 * changes nothing; at once, the second waits for the first.
 *
 * graphile-worker would begin with CREATE SCHEMA IF NOT EXISTS, which wants CREATE on the database even where the schema is
 * there. It skips that where it finds its table of migrations, so the table is made here.
 * @param platformUrl logs in as lotline_platform, past any pooler
 */
export async function prepareQueue(platformUrl: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: platformUrl, max: 2, application_name: 'lotline jobs' });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    const client = await pool.connect();
    try {
      await client.query("SELECT pg_advisory_lock(hashtext('lotline queue'))");
      await client.query(`CREATE TABLE IF NOT EXISTS ${WORKER_SCHEMA}.migrations (
        id int PRIMARY KEY, ts timestamptz NOT NULL DEFAULT now(), breaking boolean NOT NULL DEFAULT false)`);
      await runMigrations({ pgPool: pool, schema: WORKER_SCHEMA });
    } finally {
      // The lock is the session's.
      client.release(true);
    }
  } finally {
    await pool.end();
  }
}
