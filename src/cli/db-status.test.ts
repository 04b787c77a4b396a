import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { PASSWORD, root, testServers } from '../../test/support/server.ts';
import { readMigrations } from '../migrations/index.ts';
import { databaseStatus, statusText } from './db-status.ts';

describe.each(testServers())('the status on PostgreSQL $version', (server) => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await freshDatabase({ server });
  });

  const status = () => databaseStatus({ ownerUrl: db.urls.owner, root, kind: 'embedded' });

  it('is in order after all migrations, and names server, database and size', async () => {
    const report = await status();
    expect(report.ok).toBe(true);
    expect(report.migrations.map((m) => m.name)).toEqual(readMigrations(root).map((m) => m.name));
    expect(report.server.version).toMatch(new RegExp(`^${server.version}\\.\\d+$`));
    expect(report.database).toMatchObject({ name: db.name, user: 'lotline_owner' });
    expect(report.database.bytes).toBeGreaterThan(1_000_000);
    expect(statusText(report)).toMatch(/All migrations are applied\.$/);
  });

  it('tells no password', async () => {
    const report = await status();
    expect(JSON.stringify(report) + statusText(report)).not.toContain(PASSWORD);
  });

  it('tells everything pending in an empty database', async () => {
    const empty = await freshDatabase({ server, empty: true });
    const report = await databaseStatus({ ownerUrl: empty.urls.owner, root, kind: 'external' });
    expect(report.ok).toBe(false);
    expect(new Set(report.migrations.map((m) => m.state))).toEqual(new Set(['pending']));
    expect(statusText(report)).toContain('pending  → npm run db:apply');
  });

  it.each([
    ['edited', "UPDATE _prisma_migrations SET checksum = 'x' WHERE migration_name = $1"],
    ['pending', 'DELETE FROM _prisma_migrations WHERE migration_name = $1'],
    [
      'unknown',
      "UPDATE _prisma_migrations SET migration_name = 'of_another_branch' WHERE migration_name = $1",
    ],
  ])('tells a migration that is %s, with what to do', async (state, sql) => {
    const last = readMigrations(root).at(-1)!.name;
    const kept = (
      await db.superuser.query('SELECT * FROM _prisma_migrations WHERE migration_name = $1', [last])
    ).rows[0];
    await db.superuser.query(sql, [last]);
    const report = await status();
    await db.superuser.query('DELETE FROM _prisma_migrations WHERE id = $1', [kept.id]);
    await db.superuser.query(
      'INSERT INTO _prisma_migrations SELECT * FROM jsonb_populate_record(NULL::_prisma_migrations, $1)',
      [JSON.stringify(kept)],
    );
    expect(report.ok).toBe(false);
    expect(report.migrations.map((m) => m.state)).toContain(state);
    expect(statusText(report)).toMatch(new RegExp(`${state}.*  → `));
    expect((await status()).ok).toBe(true);
  });
});
