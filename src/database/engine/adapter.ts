import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapter, SqlQuery, SqlResultSet } from '@prisma/driver-adapter-utils';
import { DriverAdapterError } from '@prisma/driver-adapter-utils';
import { CharacterPool } from './character-columns.ts';
import { readUrl, type Target } from './connection.ts';
import { connectionFault } from './connection-faults.ts';
import { MIGRATION_LOCK_KEY, type SqlSession, takeMigrationLock } from './lock.ts';
import { runPoolScript } from './script.ts';

/** One database as the schema engine sees it, on one connection. */
export type Connection = {
  adapter: SqlDriverAdapter;
  session: SqlSession;
  target: Target;
  /** The last script that failed and why, in the server's words: the engine keeps only parts of it. */
  failedScript: { script: string; error: DriverAdapterError } | undefined;
};

/**
 * Connects at once, so that a wrong URL is told in Prisma's words and not as a failure of the first query.
 *
 * @param afterClose runs after the connection has ended, when the engine disposes of the adapter
 * @throws EngineFault P1000 to P1017
 */
export async function connect(url: string, afterClose?: () => Promise<void>): Promise<Connection> {
  const target = readUrl(url);
  const pool = new CharacterPool(target.pool);
  // A connection that breaks shows in the query under way or in the next one; without listeners it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await pool.query('SELECT 1');
  } catch (error) {
    await pool.end();
    throw connectionFault(error, target);
  }
  const inner = await new PrismaPg(pool, { schema: target.schema }).connect();
  const session = pool as SqlSession;
  const connection: Connection = { session, target, failedScript: undefined, adapter: undefined as never };
  connection.adapter = {
    provider: inner.provider,
    adapterName: inner.adapterName,
    queryRaw: async (query) => (await ownLock(session, query)) ?? pool.restore(await inner.queryRaw(query)),
    executeRaw: async (query) => ((await ownLock(session, query)) ? 1 : inner.executeRaw(query)),
    executeScript: (script) =>
      runPoolScript(pool, script).catch((error) => {
        if (error instanceof DriverAdapterError) connection.failedScript = { script, error };
        throw error;
      }),
    startTransaction: (isolation) => inner.startTransaction(isolation),
    getConnectionInfo: () => inner.getConnectionInfo(),
    dispose: async () => {
      await pool.end();
      await afterClose?.();
    },
  };
  return connection;
}

/** The engine waits for its lock without end; this takes the same lock with a bound and a message. */
async function ownLock(session: SqlSession, query: SqlQuery): Promise<SqlResultSet | undefined> {
  if (query.sql !== `SELECT pg_advisory_lock(${MIGRATION_LOCK_KEY})`) return undefined;
  if (!process.env.PRISMA_SCHEMA_DISABLE_ADVISORY_LOCK) await takeMigrationLock(session);
  return { columnNames: [], columnTypes: [], rows: [] };
}
