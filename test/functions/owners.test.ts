import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { testServers } from '../support/server.ts';
import { member, tenant } from '../support/tenants.ts';

const LEAVE = 'UPDATE organization_members SET left_at = now() WHERE organization_id = $1 AND user_id = $2';

describe.each(testServers())('an organization keeps an owner, on PostgreSQL $version', (server) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await freshDatabase({ server });
  });

  it('refuses that the last owner leaves, steps down or is deleted', async () => {
    const { id, owner } = await tenant(db);
    const refusal = { code: '23514', constraint: 'organization_members_keep_an_owner' };
    await expect(db.platform.query(LEAVE, [id, owner])).rejects.toMatchObject(refusal);
    await expect(
      db.app({ organization: id, user: owner, role: 'OWNER' }, (c) =>
        c.query("UPDATE organization_members SET role = 'ADMIN' WHERE user_id = $1", [owner]),
      ),
    ).rejects.toMatchObject(refusal);
    await expect(
      db.superuser.query('DELETE FROM organization_members WHERE organization_id = $1', [id]),
    ).rejects.toMatchObject(refusal);
  });

  it('lets an owner go who has appointed the next one, in either order within a transaction', async () => {
    const { id, owner } = await tenant(db);
    const next = await member(db, id);
    await db.platform.query('BEGIN');
    await db.platform.query(LEAVE, [id, owner]);
    await db.platform.query(
      "UPDATE organization_members SET role = 'OWNER' WHERE organization_id = $1 AND user_id = $2",
      [id, next],
    );
    await db.platform.query('COMMIT');
    const { rows } = await db.platform.query(
      "SELECT user_id FROM organization_members WHERE organization_id = $1 AND role = 'OWNER' AND left_at IS NULL",
      [id],
    );
    expect(rows).toEqual([{ user_id: next }]);
  });

  it('does not hinder the deletion of the organization', async () => {
    const { id } = await tenant(db);
    await db.superuser.query('DELETE FROM organizations WHERE id = $1', [id]);
    expect(
      (await db.platform.query('SELECT FROM organization_members WHERE organization_id = $1', [id])).rowCount,
    ).toBe(0);
  });

  it.each(['READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE'])(
    'keeps one of two owners who leave at once under %s',
    async (level) => {
      const { id, owner } = await tenant(db);
      const second = await member(db, id, 'OWNER');
      const [one, two] = [new pg.Client(db.urls.platform), new pg.Client(db.urls.platform)];
      await Promise.all([one.connect(), two.connect()]);
      try {
        await one.query(`BEGIN ISOLATION LEVEL ${level}`);
        await two.query(`BEGIN ISOLATION LEVEL ${level}`);
        await one.query(LEAVE, [id, owner]);
        await two.query(LEAVE, [id, second]);
        const results = await Promise.allSettled([one.query('COMMIT'), two.query('COMMIT')]);
        expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
      } finally {
        await Promise.all([one.end(), two.end()]);
      }
      const { rows } = await db.platform.query(
        "SELECT count(*)::int AS n FROM organization_members WHERE organization_id = $1 AND role = 'OWNER' AND left_at IS NULL",
        [id],
      );
      expect(rows).toEqual([{ n: 1 }]);
    },
  );
});
