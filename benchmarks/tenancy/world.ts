import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { connectTo } from '../../src/database/client.ts';
import { startTemporaryServer } from '../../src/database/embedded/temporary.ts';
import { withDatabase } from '../../src/database/engine/connection.ts';
import { applyMigrations, installContextKey } from '../../src/migrations/index.ts';
import { projectRoot } from '../../src/root.ts';
import { type ContextKey, readGenerated, rolesSql } from '../../src/tenancy/index.ts';

/** The seeded server of a run. */
export interface World {
  readonly version: string;
  readonly tenants: readonly string[];
  readonly rows: number;
  readonly key: ContextKey;
  readonly superuser: pg.Client;
  /** `bare` passes over row security, as a program without it would run. */
  readonly urls: {
    readonly app: string;
    readonly platform: string;
    readonly bare: string;
    readonly owner: string;
  };
  stop(): Promise<void>;
}

/**
 * A server of its own with `tenants` organizations of `rows` contacts each, on the migrated schema, and beside it the same
 * table in the schema `rival`, whose policies compare with a plain setting, as other tools have it.
 */
export async function buildWorld(
  tenants: number,
  rows: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<World> {
  const key: ContextKey = { id: 1, secret: Buffer.alloc(32, 7) };
  const server = await startTemporaryServer({
    binaries: process.env.BENCH_POSTGRES ?? 'embedded',
    settings: {
      shared_buffers: '1GB',
      max_wal_size: '4GB',
      autovacuum: 'off',
      max_connections: '200',
      ...settings,
    },
  });
  const roles = ['lotline_owner', 'lotline_app', 'lotline_platform'];
  const admin = await connectTo(server.superuserUrl);
  await admin.query(`${rolesSql(readGenerated(projectRoot()).boundary.roles)}; RESET ROLE`);
  for (const role of roles) await admin.query(`ALTER ROLE ${role} LOGIN PASSWORD 'bench'`);
  await admin.query('CREATE DATABASE bench OWNER lotline_owner');
  await admin.end();
  const bare = withDatabase(server.superuserUrl, 'bench');
  const [owner, app, platform] = roles.map((role) => {
    const url = new URL(bare);
    url.username = role;
    url.password = 'bench';
    return url.toString();
  }) as [string, string, string];
  const superuser = await connectTo(bare);
  await superuser.query('ALTER SCHEMA public OWNER TO lotline_owner');
  await applyMigrations({ root: projectRoot(), ownerUrl: owner });
  const installer = await connectTo(owner);
  await installContextKey(installer, key);
  await installer.end();
  const ids = Array.from({ length: tenants }, () => randomUUID());
  await seed(superuser, ids, rows);
  const { rows: version } = await superuser.query('SHOW server_version');
  return {
    version: version[0].server_version,
    tenants: ids,
    rows,
    key,
    superuser,
    urls: { app, platform, bare, owner },
    stop: async () => {
      await superuser.end();
      await server.stop();
    },
  };
}

async function seed(client: pg.Client, ids: readonly string[], rows: number): Promise<void> {
  await client.query("SET session_replication_role = 'replica'");
  await client.query(
    `INSERT INTO organizations (id, name, slug)
     SELECT id, 'Office ' || n, 'office-' || n FROM unnest($1::uuid[]) WITH ORDINALITY AS o(id, n)`,
    [ids],
  );
  await client.query(
    `INSERT INTO contacts (organization_id, name, email, company, created_at)
     SELECT id, 'Contact ' || lpad((n * 7919 % $2)::text, 6, '0'), 'c' || n || '@example.com', 'Company ' || n % 20,
            now() - n * interval '1 hour'
     FROM unnest($1::uuid[]) AS o(id), generate_series(1, $2) AS n`,
    [ids, rows],
  );
  await client.query(
    `INSERT INTO deals (organization_id, title, value, contact_id)
     SELECT organization_id, 'Deal ' || n, 1000 * n, id
     FROM (SELECT organization_id, id, row_number() OVER (PARTITION BY organization_id ORDER BY id) AS r FROM contacts) c,
          generate_series(1, 2) AS n WHERE r <= 40`,
  );
  await client.query('SET session_replication_role = DEFAULT');
  await client.query(`
    CREATE SCHEMA rival;
    CREATE TABLE rival.contacts (LIKE public.contacts INCLUDING ALL);
    INSERT INTO rival.contacts SELECT * FROM public.contacts;
    ALTER TABLE rival.contacts ENABLE ROW LEVEL SECURITY;
    ALTER TABLE rival.contacts FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant ON rival.contacts USING (organization_id = nullif(current_setting('app.tenant', true), '')::uuid);
    GRANT USAGE ON SCHEMA rival TO lotline_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON rival.contacts TO lotline_app`);
  await client.query('VACUUM ANALYZE');
}
