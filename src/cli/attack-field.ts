import type pg from 'pg';
import { connectTo } from '../database/client.ts';
import { startTemporaryServer } from '../database/embedded/temporary.ts';
import { withDatabase } from '../database/engine/connection.ts';
import { applyMigrations, installContextKey } from '../migrations/index.ts';
import { seedDemo, seedPlatform } from '../modules/provisioning/index.ts';
import { type ContextKey, readGenerated, rolesSql } from '../tenancy/index.ts';

/** A server of its own with a migrated and seeded database, to be attacked and thrown away. */
export interface AttackField {
  readonly superuserUrl: string;
  readonly database: string;
  /** The address of a role that can log in. */
  readonly loginUrl: (role: string, database: string) => string;
  stop(): Promise<void>;
}

const DATABASE = 'lotline';
/** The server lives for minutes, on the loopback interface. */
const PASSWORD = 'attack-only';

/** @param binaries `embedded`, or the `bin` folder of an installed PostgreSQL. */
export async function openAttackField(
  root: string,
  key: ContextKey,
  binaries: string,
  onProgress: (step: string) => void,
): Promise<AttackField> {
  onProgress('start a server of its own');
  const server = await startTemporaryServer({ binaries, settings: { max_connections: '50' } });
  const loginUrl = (role: string, database: string) => {
    const url = new URL(withDatabase(server.superuserUrl, database));
    url.username = role;
    url.password = PASSWORD;
    return url.toString();
  };
  try {
    onProgress('migrate and seed');
    const { roles } = readGenerated(root).boundary;
    const logins = [roles.owner, roles.app, roles.platform, roles.ingest];
    await use(server.superuserUrl, async (client) => {
      await client.query(`${rolesSql(roles)}; RESET ROLE`);
      for (const role of logins) await client.query(`ALTER ROLE ${role} LOGIN PASSWORD '${PASSWORD}'`);
      await client.query(`ALTER ROLE ${roles.owner} CREATEDB`);
      await client.query(`CREATE DATABASE ${DATABASE} OWNER ${roles.owner} TEMPLATE template0`);
    });
    await use(withDatabase(server.superuserUrl, DATABASE), async (client) => {
      await client.query(
        `ALTER SCHEMA public OWNER TO ${roles.owner}; REVOKE TEMPORARY ON DATABASE ${DATABASE} FROM PUBLIC`,
      );
    });
    const ownerUrl = loginUrl(roles.owner, DATABASE);
    await applyMigrations({ root, ownerUrl });
    await use(ownerUrl, (client) => installContextKey(client, key));
    await use(loginUrl(roles.platform, DATABASE), async (client) => {
      await seedPlatform(client);
      await seedDemo(client);
    });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { superuserUrl: server.superuserUrl, database: DATABASE, loginUrl, stop: () => server.stop() };
}

async function use(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = await connectTo(url);
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
