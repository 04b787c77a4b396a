import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serverUrls } from '../../../test/support/server.ts';
import { withMigrationLock } from './lock.ts';
import { scratchDatabase } from './scratch.ts';

describe.each(serverUrls())('on server %#', (server) => {
  const twoSessions = async () => {
    const scratch = await scratchDatabase(server);
    const sessions = ['first deploy', 'second deploy'].map(
      (application_name) => new pg.Client({ connectionString: scratch.url, application_name }),
    );
    await Promise.all(sessions.map((session) => session.connect()));
    onTestFinished(async () => {
      await Promise.all(sessions.map((session) => session.end()));
      await scratch.dispose();
    });
    return sessions as [pg.Client, pg.Client];
  };

  test('a session that waits in vain names the process and application that hold the lock', async () => {
    const [first, second] = await twoSessions();
    const pid = (await first.query('SELECT pg_backend_pid() AS pid')).rows[0].pid;
    await withMigrationLock(first, async () => {
      await expect(withMigrationLock(second, async () => 'never', 50)).rejects.toMatchObject({
        code: 'migration_lock_held',
        message: expect.stringMatching(new RegExp(`server process ${pid} \\(application "first deploy"`)),
        hint: expect.stringContaining(`pg_terminate_backend(${pid})`),
      });
    });
  });

  test('the lock is free again after the work, also when that failed, and settings are as before', async () => {
    const [first, second] = await twoSessions();
    await expect(withMigrationLock(first, () => Promise.reject(new Error('work')))).rejects.toThrow('work');
    await expect(withMigrationLock(second, async () => 'done', 50)).resolves.toBe('done');
    expect((await second.query('SHOW lock_timeout')).rows).toEqual([{ lock_timeout: '0' }]);
  });

  test('a session that has the lock may take it again', async () => {
    const [first, second] = await twoSessions();
    await withMigrationLock(first, async () => {
      await withMigrationLock(first, async () => undefined);
      await expect(withMigrationLock(second, async () => 'never', 50)).rejects.toMatchObject({
        code: 'migration_lock_held',
      });
    });
  });
});
