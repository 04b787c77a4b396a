import { randomInt, randomUUID } from 'node:crypto';
import { dropDatabase } from '../drop-database.ts';
import { type Connection, connect } from './adapter.ts';
import { readUrl, withDatabase } from './connection.ts';
import { EngineFault } from './fault.ts';
import type { SqlSession } from './lock.ts';
import { inSideSession } from './side-session.ts';

/** The shadow databases of one engine process: made on demand, dropped when the engine has done with them. */
export class ShadowDatabases {
  readonly #open = new Map<string, () => Promise<void>>();

  /**
   * Opens an empty database in which the engine may replay migrations: the configured one, emptied first, or a
   * temporary one beside the main database.
   *
   * @throws EngineFault P3014 when the role may create no database, P1000 to P1017 when it cannot connect
   */
  async connect(url: string, shadowDatabaseUrl: string | undefined): Promise<Connection> {
    if (shadowDatabaseUrl !== undefined) return connectEmptied(url, shadowDatabaseUrl);
    const name = `prisma_migrate_shadow_db_${randomUUID()}`;
    await inSideSession(url, (client) => client.query(`CREATE DATABASE "${name}"`)).catch((error) => {
      throw creationFault(error);
    });
    const drop = async () => {
      this.#open.delete(name);
      await inSideSession(url, (client) => dropDatabase(client, name));
    };
    this.#open.set(name, drop);
    return connect(withDatabase(url, name), drop);
  }

  /** Drops what an interrupted command has left behind. */
  async dropAll(): Promise<void> {
    await Promise.allSettled([...this.#open.values()].map((drop) => drop()));
  }
}

async function connectEmptied(url: string, shadowDatabaseUrl: string): Promise<Connection> {
  const connection = await connect(shadowDatabaseUrl);
  try {
    await refuseOther(url, shadowDatabaseUrl, connection.session);
  } catch (error) {
    await connection.adapter.dispose();
    throw error;
  }
  const { rows } = await connection.session.query(
    "SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
  );
  for (const { name } of rows) await connection.session.query(`DROP SCHEMA ${name} CASCADE`);
  await connection.session.query('CREATE SCHEMA public');
  return connection;
}

/** A shadow database is emptied, so it must be neither the main one nor any other that migrations were applied to. */
async function refuseOther(url: string, shadowDatabaseUrl: string, shadow: SqlSession): Promise<void> {
  const { database } = readUrl(shadowDatabaseUrl);
  const { rows } = await shadow.query(
    "SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS migrated",
  );
  const main = await isMainDatabase(url, shadow);
  if (!main && rows[0]?.migrated !== true) return;
  const what = main ? 'is the main database' : 'has had migrations applied to it';
  throw new EngineFault(
    undefined,
    `The shadow database you configured (\`${database}\`) ${what}. Prisma empties the shadow ` +
      'database; name another one in SHADOW_DATABASE_URL, or unset it to have a temporary one created.',
  );
}

/** Two names can lead to one database, so a lock taken through one is looked for through the other. */
async function isMainDatabase(url: string, shadow: SqlSession): Promise<boolean> {
  const key = [randomInt(2 ** 31), randomInt(2 ** 31)];
  let same = false;
  await inSideSession(url, async (main) => {
    await main.query('SELECT pg_advisory_lock($1, $2)', key);
    const { rows } = await shadow.query(
      `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND objid = $2 AND objsubid = 2
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      key,
    );
    same = rows.length > 0;
  });
  return same;
}

function creationFault(error: unknown): Error {
  if (error instanceof EngineFault) return error;
  const { code, message } = error as { code?: string; message: string };
  return new EngineFault(
    'P3014',
    'Prisma Migrate could not create the shadow database. Please make sure the database user has permission to ' +
      'create databases (ALTER ROLE … CREATEDB), or name an existing empty database in SHADOW_DATABASE_URL.\n\n' +
      `Original error: ${code ?? ''} ${message}`,
  );
}
