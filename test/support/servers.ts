import { existsSync } from 'node:fs';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startTemporaryServer } from '../../src/database/embedded/temporary.ts';
import { withDatabase } from '../../src/database/engine/connection.ts';
import { applyMigrations, installContextKey } from '../../src/migrations/index.ts';
import { readGenerated, rolesSql } from '../../src/tenancy/index.ts';
import { contextKey, PASSWORD, root, TEMPLATE, type TestServer, urlOf } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    servers: TestServer[];
  }
}

const ROLES = ['lotline_owner', 'lotline_app', 'lotline_platform', 'lotline_ingest'];

/** Starts the servers of a test run, each with a migrated template database that test files clone. */
export default async function setup(project: TestProject) {
  const fifteen = process.env.LOTLINE_TEST_POSTGRES_15 ?? '/usr/lib/postgresql/15/bin';
  const wanted = [{ version: 18, binaries: 'embedded' }];
  if (existsSync(`${fifteen}/postgres`)) wanted.push({ version: 15, binaries: fifteen });
  else console.log('PostgreSQL 15 is not installed: this run tests the embedded PostgreSQL 18 alone.');

  const started = await Promise.all(
    wanted.map(async ({ version, binaries }) => {
      const server = await startTemporaryServer({ binaries, settings: { max_connections: '200' } });
      await prepareTemplate(server.superuserUrl);
      return { version, server };
    }),
  );
  project.provide(
    'servers',
    started.map(({ version, server }) => ({ version, superuserUrl: server.superuserUrl })),
  );
  return () => Promise.all(started.map(({ server }) => server.stop()));
}

async function prepareTemplate(superuserUrl: string): Promise<void> {
  await run(superuserUrl, async (client) => {
    const { roles } = readGenerated(root).boundary;
    await client.query(`${rolesSql(roles)}; RESET ROLE`);
    for (const role of ROLES) await client.query(`ALTER ROLE ${role} LOGIN PASSWORD '${PASSWORD}'`);
    await client.query('ALTER ROLE lotline_owner CREATEDB');
    await client.query(`CREATE DATABASE ${TEMPLATE} OWNER lotline_owner TEMPLATE template0`);
  });
  await run(withDatabase(superuserUrl, TEMPLATE), async (client) => {
    await client.query('ALTER SCHEMA public OWNER TO lotline_owner');
  });
  const ownerUrl = urlOf(superuserUrl, TEMPLATE, 'lotline_owner');
  await applyMigrations({ root, ownerUrl });
  await run(ownerUrl, (client) => installContextKey(client, contextKey));
}

async function run(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
