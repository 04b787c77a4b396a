import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../../test/support/database.ts';
import { testServers } from '../../test/support/server.ts';
import { prepareQueue } from './index.ts';

describe.each(testServers())('graphile-worker’s tables on PostgreSQL $version', (server) => {
  it('are made by the platform role, which may create nothing else; two at once, and again', async () => {
    const db = await freshDatabase({ server });
    await Promise.all([prepareQueue(db.urls.platform), prepareQueue(db.urls.platform)]);
    await prepareQueue(db.urls.platform);
    const { rows } = await db.superuser.query(
      `SELECT DISTINCT pg_get_userbyid(c.relowner) AS owner, n.nspacl IS NULL AS closed,
         has_database_privilege('lotline_platform', current_database(), 'CREATE') AS creates
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'graphile_worker' AND c.relkind = 'r'`,
    );
    expect(rows).toEqual([{ owner: 'lotline_platform', closed: true, creates: false }]);
    const count = await db.platform.query('SELECT count(*)::int AS jobs FROM graphile_worker.jobs');
    expect(count.rows).toEqual([{ jobs: 0 }]);
  });

  it('are not made in a database without our migrations', async () => {
    const db = await freshDatabase({ server, empty: true });
    await expect(prepareQueue(db.urls.platform)).rejects.toMatchObject({ code: 'QUEUE_NOT_MIGRATED' });
  });
});
