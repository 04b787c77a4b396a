import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll } from 'vitest';
import { signContext, type TenantContext } from '../../src/tenancy/index.ts';
import { contextKey, TEMPLATE, type TestServer, testServers, urlOf } from './server.ts';

export interface TestDatabase {
  readonly name: string;
  readonly version: number;
  readonly urls: { superuser: string; owner: string; app: string; platform: string; ingest: string };
  readonly superuser: pg.Client;
  readonly owner: pg.Client;
  readonly platform: pg.Client;
  /** One transaction as the application role under a signed context; rolled back when `work` throws. */
  app<T>(context: TenantContext, work: (client: pg.Client) => Promise<T>): Promise<T>;
  /** Work to be done before the database is dropped, such as ending other connections to it. */
  beforeClose(work: () => Promise<void>): void;
  close(): Promise<void>;
}

/**
 * A database of the test file's own: a clone of the migrated template, or an empty one. It is dropped after the
 * file's tests; a connection left open there fails the file.
 */
export async function freshDatabase(
  options: { empty?: boolean; server?: TestServer } = {},
): Promise<TestDatabase> {
  const server = options.server ?? testServers()[0]!;
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = await open(server.superuserUrl);
  await admin.query(
    `CREATE DATABASE ${name} OWNER lotline_owner TEMPLATE ${options.empty ? 'template0' : TEMPLATE} STRATEGY file_copy`,
  );
  // A clone does not take over the privileges of the database itself.
  if (!options.empty) await admin.query(`REVOKE TEMPORARY ON DATABASE ${name} FROM PUBLIC`);
  const urls = {
    superuser: urlOf(server.superuserUrl, name),
    owner: urlOf(server.superuserUrl, name, 'lotline_owner'),
    app: urlOf(server.superuserUrl, name, 'lotline_app'),
    platform: urlOf(server.superuserUrl, name, 'lotline_platform'),
    ingest: urlOf(server.superuserUrl, name, 'lotline_ingest'),
  };
  const [superuser, owner, platform, app] = await Promise.all(
    [urls.superuser, urls.owner, urls.platform, urls.app].map(open),
  );
  if (options.empty) await superuser!.query('ALTER SCHEMA public OWNER TO lotline_owner');
  let closed = false;
  const before: (() => Promise<void>)[] = [];
  const close = async () => {
    if (closed) return;
    closed = true;
    await Promise.all(before.map((work) => work()));
    await Promise.all([superuser, owner, platform, app].map((client) => client!.end()));
    try {
      await dropWhenUnused(admin, name);
    } finally {
      await admin.end();
    }
  };
  afterAll(close);
  return {
    name,
    version: server.version,
    urls,
    superuser: superuser!,
    owner: owner!,
    platform: platform!,
    app: async (context, work) => {
      await app!.query('BEGIN');
      try {
        await app!.query('SELECT app.set_context($1)', [signContext(context, contextKey)]);
        const result = await work(app!);
        await app!.query('COMMIT');
        return result;
      } catch (error) {
        await app!.query('ROLLBACK');
        throw error;
      }
    },
    beforeClose: (work) => before.push(work),
    close,
  };
}

async function open(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'test' });
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** Drops the database; whoever is still connected has leaked a connection and is named. */
async function dropWhenUnused(admin: pg.Client, name: string): Promise<void> {
  const leaked = async () =>
    (
      await admin.query(
        "SELECT application_name, query FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'",
        [name],
      )
    ).rows;
  // A client that has just ended takes the server a moment to notice; DROP DATABASE itself waits five seconds for that.
  await admin.query(`DROP DATABASE ${name}`).catch(async (error: Error) => {
    const rows = await leaked();
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    throw new Error(`a connection to the test's database was left open: ${JSON.stringify(rows)}`, {
      cause: error,
    });
  });
}
