import { randomUUID } from 'node:crypto';
import { type Connection, connect } from './adapter.ts';
import { readUrl, withDatabase } from './connection.ts';
import { EngineFault } from './fault.ts';
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
      await inSideSession(url, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
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
  const [main, shadow] = [readUrl(url), readUrl(shadowDatabaseUrl)];
  if (main.host === shadow.host && main.port === shadow.port && main.database === shadow.database) {
    throw new EngineFault(
      undefined,
      `The shadow database you configured (\`${shadow.database}\`) is the main database. Prisma empties the shadow ` +
        'database; name another one in SHADOW_DATABASE_URL, or unset it to have a temporary one created.',
    );
  }
  const connection = await connect(shadowDatabaseUrl);
  const { rows } = await connection.session.query(
    "SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
  );
  for (const { name } of rows) await connection.session.query(`DROP SCHEMA ${name} CASCADE`);
  await connection.session.query('CREATE SCHEMA public');
  return connection;
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
