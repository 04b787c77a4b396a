import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { root } from '../../test/support/server.ts';
import { readConfig } from '../config.ts';
import type { Database } from '../database/connect.ts';
import { readMigrations } from '../migrations/index.ts';
import { reset } from './db-reset.ts';

let db: TestDatabase;
let database: Database;
let config: ReturnType<typeof readConfig>;

beforeAll(async () => {
  db = await freshDatabase();
  config = readConfig({ DATABASE_URL: db.urls.owner, LOTLINE_CONTEXT_KEY: '07'.repeat(32) }, root);
  database = { kind: 'external', urls: db.urls, derivedLogins: [], close: async () => {} };
});

const users = async () =>
  Number((await db.platform.query('SELECT count(*) FROM public.users')).rows[0].count);

describe('db:reset', () => {
  it.each([undefined, 'another'])('refuses an external database that is confirmed as %j', async (confirm) => {
    await db.platform.query(
      "INSERT INTO public.users (email) VALUES ('kept@example.com') ON CONFLICT DO NOTHING",
    );
    const refused = reset({ config, database, ...(confirm ? { confirm } : {}) });
    await expect(refused).rejects.toMatchObject({
      code: 'RESET_NOT_CONFIRMED',
      hint: expect.stringContaining(db.name),
    });
    expect(await users()).toBe(1);
  });

  it('refuses a wrong confirmation of the embedded database, too', async () => {
    const refused = reset({ config, database: { ...database, kind: 'embedded' }, confirm: 'another' });
    await expect(refused).rejects.toMatchObject({ code: 'RESET_NOT_CONFIRMED' });
  });

  it('drops nothing when something cannot be dropped', async () => {
    await db.superuser.query('CREATE TABLE public.stranger ()');
    await expect(reset({ config, database, confirm: db.name })).rejects.toMatchObject({
      code: 'RESET_FAILED',
    });
    expect(await users()).toBe(1);
    await db.superuser.query('DROP TABLE public.stranger');
  });

  it('says what it will drop, then leaves a new database with roles and other schemas as they were', async () => {
    const roles = async () =>
      (await db.superuser.query("SELECT rolname FROM pg_roles WHERE rolname LIKE 'lotline%' ORDER BY 1"))
        .rows;
    await db.superuser.query('CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.kept ()');
    await db.platform.query('CREATE TABLE graphile_worker.gone ()');
    await db.platform.query("INSERT INTO queue.workers (id) VALUES ('gone')");
    const before = await roles();
    const said: string[] = [];
    const done = await reset({
      config,
      database,
      confirm: db.name,
      announce: (what) => said.push(what),
      seed: true,
    });
    expect(said).toEqual([expect.stringMatching(new RegExp(`^Dropping 65 tables .*"${db.name}"`))]);
    expect(done.applied).toHaveLength(readMigrations(root).length);
    expect(done.seeded?.inserted).toBeGreaterThan(1000);
    const { rows } = await db.platform.query("SELECT FROM public.users WHERE email = 'kept@example.com'");
    expect(rows).toHaveLength(0);
    expect(await roles()).toEqual(before);
    expect((await db.superuser.query("SELECT to_regclass('elsewhere.kept') AS kept")).rows).toEqual([
      { kept: 'elsewhere.kept' },
    ]);
    const { rows: beside } = await db.platform.query(
      "SELECT to_regclass('graphile_worker.gone') AS table, (SELECT count(*)::int FROM queue.workers) AS workers",
    );
    expect(beside).toEqual([{ table: null, workers: 0 }]);
    await db.superuser.query('DROP SCHEMA elsewhere CASCADE');
  });
});
