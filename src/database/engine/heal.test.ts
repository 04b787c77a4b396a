import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serverUrls } from '../../../test/support/server.ts';
import { ATOMIC_MARKER, healAtomicMigrations } from './heal.ts';
import { scratchDatabase, scratchFolder } from './scratch.ts';

const HISTORY = `CREATE TABLE _prisma_migrations (id text PRIMARY KEY, migration_name text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(), finished_at timestamptz, rolled_back_at timestamptz)`;

describe.each(serverUrls())('on server %#', (server) => {
  const prepare = async () => {
    const scratch = await scratchDatabase(server);
    const folder = await scratchFolder({
      'a_atomic/migration.sql': `SELECT 1;\n${ATOMIC_MARKER}\n`,
      'b_plain/migration.sql': `SELECT '${ATOMIC_MARKER}';\n`,
      'c_done/migration.sql': `${ATOMIC_MARKER}\nSELECT 1;`,
    });
    const client = new pg.Client(scratch.url);
    await client.connect();
    onTestFinished(async () => {
      await client.end();
      await scratch.dispose();
      await folder.dispose();
    });
    return { client, folder: folder.path };
  };

  test('unfinished atomic migrations are marked as rolled back, and nothing else is', async () => {
    const { client, folder } = await prepare();
    await client.query(HISTORY);
    await client.query(
      `INSERT INTO _prisma_migrations (id, migration_name, finished_at) VALUES ('1', 'a_atomic', NULL), ('2', 'b_plain', NULL),
       ('3', 'c_done', now()), ('4', 'gone', NULL), ('5', '../a_atomic', NULL)`,
    );
    expect(await healAtomicMigrations(client, folder)).toEqual(['a_atomic']);
    const { rows } = await client.query('SELECT id FROM _prisma_migrations WHERE rolled_back_at IS NOT NULL');
    expect(rows).toEqual([{ id: '1' }]);
    expect(await healAtomicMigrations(client, folder)).toEqual([]);
  });

  test('a database without migration history is left alone', async () => {
    const { client, folder } = await prepare();
    expect(await healAtomicMigrations(client, folder)).toEqual([]);
  });
});
