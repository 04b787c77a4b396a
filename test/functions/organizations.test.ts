import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { testServers } from '../support/server.ts';
import { ask, member, person, tenant } from '../support/tenants.ts';

describe.each(testServers())('functions of organizations on PostgreSQL $version', (server) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await freshDatabase({ server });
  });

  describe('app.enter', () => {
    const enter = (user: string | undefined, organization: string | null) =>
      ask(db, user ? { user } : {}, 'SELECT app.enter($1)', [organization]);
    const refusal = { code: '42501', message: 'This organization cannot be entered' };

    it.each(['OWNER', 'ADMIN', 'MEMBER', 'VIEWER'])('answers with the role %s', async (role) => {
      const { id } = await tenant(db);
      expect(await enter(await member(db, id, role), id)).toBe(role);
    });

    it('refuses a stranger, a missing organization and null with the same words', async () => {
      const { id } = await tenant(db);
      const stranger = await person(db);
      await expect(enter(stranger, id)).rejects.toMatchObject(refusal);
      await expect(enter(stranger, '0190a000-0000-7000-8000-00000000dead')).rejects.toMatchObject(refusal);
      await expect(enter(stranger, null)).rejects.toMatchObject(refusal);
      await expect(enter(undefined, id)).rejects.toMatchObject(refusal);
    });

    it.each([
      [
        'has left',
        'UPDATE organization_members SET left_at = now() WHERE user_id = $2 AND organization_id = $1',
      ],
      ['is suspended', 'UPDATE users SET is_active = false WHERE id = $2 AND $1::uuid IS NOT NULL'],
      [
        'closed the account',
        'UPDATE users SET is_active = false, deleted_at = now() WHERE id = $2 AND $1::uuid IS NOT NULL',
      ],
      [
        'wants an archived organization',
        'UPDATE organizations SET archived_at = now() WHERE id = $1 AND $2::uuid IS NOT NULL',
      ],
    ])('refuses somebody who %s, and lists it no longer', async (_, change) => {
      const { id } = await tenant(db);
      const user = await member(db, id);
      expect(await ask(db, { user }, 'SELECT count(*)::int FROM app.my_organizations()')).toBe(1);
      await db.platform.query(change, [id, user]);
      await expect(enter(user, id)).rejects.toMatchObject(refusal);
      expect(await ask(db, { user }, 'SELECT count(*)::int FROM app.my_organizations()')).toBe(0);
    });
  });

  describe('app.my_organizations', () => {
    it('lists the organizations of the user with the role in each, and nobody else’s', async () => {
      const [one, two] = [await tenant(db), await tenant(db)];
      const user = await member(db, one.id, 'VIEWER');
      await db.platform.query(
        "INSERT INTO organization_members (organization_id, user_id, role) VALUES ($1, $2, 'ADMIN')",
        [two.id, user],
      );
      const { rows } = await db.app({ user }, (c) =>
        c.query('SELECT organization_id, role FROM app.my_organizations()'),
      );
      expect(rows).toHaveLength(2);
      expect(rows).toContainEqual({ organization_id: one.id, role: 'VIEWER' });
      expect(rows).toContainEqual({ organization_id: two.id, role: 'ADMIN' });
    });

    it('lists nothing without a user', async () => {
      expect((await db.app({}, (c) => c.query('SELECT * FROM app.my_organizations()'))).rows).toEqual([]);
    });
  });

  describe('app.is_colleague', () => {
    it('knows members of the current organization, also those who left, and no others', async () => {
      const [ours, theirs] = [await tenant(db), await tenant(db)];
      const gone = await member(db, ours.id);
      await db.platform.query('UPDATE organization_members SET left_at = now() WHERE user_id = $1', [gone]);
      const context = { organization: ours.id, user: ours.owner };
      expect(await ask(db, context, 'SELECT app.is_colleague($1)', [gone])).toBe(true);
      expect(await ask(db, context, 'SELECT app.is_colleague($1)', [theirs.owner])).toBe(false);
      expect(await ask(db, context, 'SELECT app.is_colleague(NULL)')).toBe(false);
      expect(await ask(db, { user: ours.owner }, 'SELECT app.is_colleague($1)', [gone])).toBe(false);
    });
  });

  describe('app.create_organization', () => {
    const create = 'SELECT app.create_organization($1, $2, $3)';

    it('makes organization, owner, trial of 14 days and categories for the user who is signed in', async () => {
      const user = await person(db);
      const id = await ask(db, { user }, create, ['New', 'brand-new', user]);
      const { rows } = await db.platform.query(
        `SELECT m.role, s.status, s.tier, s.current_period_end - s.current_period_start AS trial,
           (SELECT count(*)::int FROM expense_categories c WHERE c.organization_id = o.id AND c.is_system) AS categories
         FROM organizations o JOIN organization_members m ON m.organization_id = o.id JOIN subscriptions s ON s.organization_id = o.id
         WHERE o.id = $1`,
        [id],
      );
      expect(rows).toEqual([
        {
          role: 'OWNER',
          status: 'TRIAL',
          tier: 'STARTER',
          trial: expect.objectContaining({ days: 14 }),
          categories: 13,
        },
      ]);
    });

    it('refuses the application to create for somebody else, for nobody and without a user', async () => {
      const [user, other] = [await person(db), await person(db)];
      await expect(ask(db, { user }, create, ['X', 'for-other', other])).rejects.toMatchObject({
        code: '42501',
      });
      await expect(ask(db, { user }, create, ['X', 'for-nobody', null])).rejects.toMatchObject({
        code: '42501',
      });
      await expect(ask(db, {}, create, ['X', 'no-user', null])).rejects.toMatchObject({ code: '42501' });
    });

    it('refuses a suspended owner also to the platform', async () => {
      const user = await person(db);
      await db.platform.query('UPDATE users SET is_active = false WHERE id = $1', [user]);
      await expect(db.platform.query(create, ['X', 'suspended', user])).rejects.toMatchObject({
        code: '42501',
      });
    });

    it('says that an address is taken, and leaves nothing behind', async () => {
      const user = await person(db);
      await ask(db, { user }, create, ['First', 'taken', user]);
      await expect(ask(db, { user }, create, ['Second', 'taken', user])).rejects.toMatchObject({
        code: '23505',
        message: 'The address "taken" is already taken',
      });
      const { rows } = await db.platform.query(
        'SELECT count(*)::int AS n FROM organization_members WHERE user_id = $1',
        [user],
      );
      expect(rows).toEqual([{ n: 1 }]);
    });

    it('gives an address that two want at once to one of them', async () => {
      const rival = new pg.Client(db.urls.platform);
      await rival.connect();
      try {
        const [one, two] = [await person(db), await person(db)];
        const results = await Promise.allSettled([
          db.platform.query(create, ['One', 'wanted', one]),
          rival.query(create, ['Two', 'wanted', two]),
        ]);
        expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
      } finally {
        await rival.end();
      }
    });

    it.each([
      ['Not A Slug', '23514'],
      ['', '23514'],
      [null, '23502'],
    ])('refuses the address %j', async (slug, code) => {
      const user = await person(db);
      await expect(ask(db, { user }, create, ['X', slug, user])).rejects.toMatchObject({ code });
    });

    it('treats a superuser who has become the application as the application', async () => {
      const user = await person(db);
      await db.superuser.query('BEGIN');
      try {
        await db.superuser.query('SET LOCAL ROLE lotline_app');
        await expect(db.superuser.query(create, ['X', 'disguised', user])).rejects.toMatchObject({
          code: '42501',
        });
      } finally {
        await db.superuser.query('ROLLBACK');
      }
    });
  });

  it('keeps types in the temporary schema away from functions that run as the platform', async () => {
    await db.superuser.query(`GRANT TEMPORARY ON DATABASE ${db.name} TO lotline_app`);
    const { id, owner } = await tenant(db);
    const seen = await db.app({ organization: id, user: owner }, async (c) => {
      await c.query(
        "CREATE FUNCTION pg_temp.seen(value pg_catalog.text) RETURNS boolean LANGUAGE sql AS $$ SELECT set_config('test.seen', current_setting('test.seen', true) || current_user || ' ', true) IS NOT NULL $$",
      );
      for (const type of ['text', 'uuid']) {
        await c.query(`CREATE DOMAIN pg_temp.${type} AS pg_catalog.text CHECK (pg_temp.seen(value))`);
      }
      await c.query("SELECT set_config('test.seen', '', true)");
      await c.query('SELECT app.enter($1)', [id]);
      await c.query("SELECT app.notify($1, 'INFO', 'Title', 'Message')", [owner]);
      await c.query("SELECT * FROM app.my_feature_flags('PRODUCTION')");
      return (await c.query("SELECT current_setting('test.seen') AS seen")).rows[0].seen;
    });
    expect(seen).not.toMatch(/lotline_(platform|owner)/);
  });
});
