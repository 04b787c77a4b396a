import { existsSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTemporaryServer, type TemporaryServer } from '../../src/database/embedded/temporary.ts';
import { applyMigrations, readMigrations } from '../../src/migrations/index.ts';
import { root, testServers, urlOf } from '../support/server.ts';

const FIFTEEN = '/usr/lib/postgresql/15/bin';
const servers = testServers().map(({ version }) => ({
  version,
  binaries: version === 18 ? 'embedded' : FIFTEEN,
}));

/** Roles belong to the whole server, so these tests need one on which Lotline has never been. */
describe.each(servers.filter((s) => s.version === 18 || existsSync(s.binaries)))(
  'on PostgreSQL $version without the roles of Lotline',
  ({ binaries }) => {
    let server: TemporaryServer;
    let admin: pg.Client;
    beforeAll(async () => {
      server = await startTemporaryServer({ binaries });
      admin = new pg.Client(server.superuserUrl);
      await admin.connect();
    });
    afterAll(async () => {
      await admin.end();
      await server.stop();
    });

    const databaseOf = async (role: string, attributes: string) => {
      await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD 'test-only' ${attributes}`);
      await admin.query(`CREATE DATABASE ${role} OWNER ${role} TEMPLATE template0`);
      return urlOf(server.superuserUrl, role, role);
    };
    const owners = async (url: string) => {
      const client = new pg.Client(url);
      await client.connect();
      const { rows } = await client.query(
        "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'",
      );
      await client.end();
      return rows.map((r) => r.tableowner);
    };

    it('a role that may not create roles is told what an administrator has to run, and nothing is changed', async () => {
      const ownerUrl = await databaseOf('weak', '');
      const error = await applyMigrations({ root, ownerUrl }).catch((e: Error & { code: string }) => e);
      expect(error).toMatchObject({ code: 'MIGRATION_STATEMENT_FAILED' });
      expect((error as Error).message).toMatch(
        /nothing was changed[\s\S]*"weak" may not prepare the roles[\s\S]*CREATE ROLE lotline_owner NOINHERIT[\s\S]*GRANT lotline_owner TO weak/,
      );
      expect(await owners(ownerUrl)).toEqual([]);
    });

    it('a role that may create roles makes them, and everything belongs to lotline_owner', async () => {
      const ownerUrl = await databaseOf('builder', 'CREATEROLE');
      expect(await applyMigrations({ root, ownerUrl })).toHaveLength(readMigrations(root).length);
      expect(await owners(ownerUrl)).toEqual(['lotline_owner']);
    });

    it('a superuser makes what is missing, in a second database too', async () => {
      await admin.query('CREATE DATABASE second TEMPLATE template0');
      const ownerUrl = urlOf(server.superuserUrl, 'second');
      expect(await applyMigrations({ root, ownerUrl })).toHaveLength(readMigrations(root).length);
      expect(await owners(ownerUrl)).toEqual(['lotline_owner']);
    });

    it('none of the roles is stronger than it should be', async () => {
      const { rows } = await admin.query(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'lotline\\_%' AND rolname <> 'lotline_superuser' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)",
      );
      expect(rows).toEqual([]);
    });
  },
);
