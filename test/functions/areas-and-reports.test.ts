import { createHash } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { testServers } from '../support/server.ts';
import { ask, member, type Tenant, tenant } from '../support/tenants.ts';

describe.each(testServers())('areas, alerts and shared reports on PostgreSQL $version', (server) => {
  let db: TestDatabase;
  let ours: Tenant;
  beforeAll(async () => {
    db = await freshDatabase({ server });
  });
  beforeEach(async () => {
    ours = await tenant(db);
  });
  const context = () => ({ organization: ours.id, user: ours.owner });

  describe('states', () => {
    it.each([
      ['TX', true],
      ['DC', true],
      ['PR', true],
      ['tx', false],
      ['XX', false],
      ['', false],
      [null, null],
    ])('%j gives %j', async (code, expected) => {
      expect(await ask(db, {}, 'SELECT app.is_state_code($1)', [code])).toBe(expected);
    });
  });

  describe('the key of an area', () => {
    const key = (columns: Record<string, string>) =>
      ask(
        db,
        context(),
        `INSERT INTO reid_market_data (report_date, period_type, ${Object.keys(columns).join(', ')})
        VALUES ('2026-01-01', 'MONTHLY', ${Object.keys(columns)
          .map((_, i) => `$${i + 1}`)
          .join(', ')}) RETURNING area_key`,
        Object.values(columns),
      );

    it.each([
      [{ area_type: 'ZIP', zip_code: '78704' }, '78704'],
      [{ area_type: 'CITY', state: 'TX', city: 'Round Rock' }, 'TX:round rock'],
      [{ area_type: 'COUNTY', state: 'TX', county: 'Travis' }, 'TX:travis'],
      [
        { area_type: 'NEIGHBORHOOD', state: 'TX', city: 'Austin', neighborhood: 'Bouldin Creek' },
        'TX:austin:bouldin creek',
      ],
      [{ area_type: 'MSA', msa_code: '12420' }, '12420'],
      [{ area_type: 'SCHOOL_DISTRICT', state: 'TX', school_district_code: '48' }, 'TX:48'],
      [{ area_type: 'STATE', state: 'TX' }, 'TX'],
      [{ area_type: 'COUNTRY' }, 'US'],
    ])('of %j is %s', async (columns, expected) => {
      expect(await key(columns)).toBe(expected);
    });

    it('replaces what the writer put there', async () => {
      expect(await key({ area_type: 'STATE', state: 'CO', area_key: 'TX' })).toBe('CO');
    });

    it('follows a change of its parts', async () => {
      await key({ area_type: 'CITY', state: 'TX', city: 'Austin' });
      expect(await ask(db, context(), "UPDATE reid_market_data SET city = 'Waco' RETURNING area_key")).toBe(
        'TX:waco',
      );
    });

    it.each([{ area_type: 'CITY', city: 'Austin' }, { area_type: 'ZIP' }, { area_type: 'MSA', state: 'TX' }])(
      'is refused where a part is missing: %j',
      async (columns) => {
        await expect(key(columns)).rejects.toMatchObject({
          code: '23502',
          message: expect.stringContaining('needs'),
        });
      },
    );
  });

  describe('app.open_shared_report', () => {
    const report = async (set: { public?: boolean; expires?: string | null } = {}) => {
      const open = set.public ?? true;
      const hash = createHash('sha256').update('secret').digest();
      await db.platform.query(
        `INSERT INTO reid_reports (organization_id, user_id, name, report_type, status, data, generated_at, is_public, share_token_hash, share_expires_at)
         VALUES ($1, $2, 'Overview', 'MARKET_OVERVIEW', 'PUBLISHED', '{"areas": []}', now(), $3, $4, $5)`,
        [ours.id, ours.owner, open, open ? hash : null, set.expires ?? null],
      );
    };
    const openIt = (token: string | null) =>
      ask(db, {}, 'SELECT name FROM app.open_shared_report($1, $2)', [ours.id, token]);
    const views = async () =>
      (await db.platform.query('SELECT view_count FROM reid_reports WHERE organization_id = $1', [ours.id]))
        .rows[0].view_count;

    it('opens a report for a visitor without context and counts each view', async () => {
      await report();
      expect(await openIt('secret')).toBe('Overview');
      expect(await openIt('secret')).toBe('Overview');
      expect(await views()).toBe(2);
    });

    it('opens nothing for a wrong token, null or another organization, and counts nothing', async () => {
      await report();
      expect(await openIt('guess')).toBeUndefined();
      expect(await openIt(null)).toBeUndefined();
      const theirs = await tenant(db);
      expect(
        await ask(db, {}, 'SELECT name FROM app.open_shared_report($1, $2)', [theirs.id, 'secret']),
      ).toBeUndefined();
      expect(await views()).toBe(0);
    });

    it('opens nothing that expired, is no longer public, or whose organization is archived', async () => {
      await report({ expires: '2021-01-01' });
      expect(await openIt('secret')).toBeUndefined();
      ours = await tenant(db);
      await report({ public: false });
      expect(await openIt('secret')).toBeUndefined();
      ours = await tenant(db);
      await report();
      await db.platform.query('UPDATE organizations SET archived_at = now() WHERE id = $1', [ours.id]);
      expect(await openIt('secret')).toBeUndefined();
    });
  });

  describe('app.alert_history', () => {
    const alert = async (user: string | null) => {
      const { rows } = await db.platform.query(
        `INSERT INTO reid_alerts (organization_id, created_by_id, user_id, name, alert_type, zip_codes, conditions, frequency, delivery_channels)
         VALUES ($1, $2, $3, 'A', 'PRICE_DROP', '{78704}', '{}', 'DAILY', '{IN_APP}') RETURNING id`,
        [ours.id, ours.owner, user],
      );
      return rows[0].id as string;
    };
    const tell = (id: string, user: string, key: string) =>
      db.platform.query(
        "INSERT INTO notifications (organization_id, user_id, type, title, message, entity_type, entity_id, dedupe_key) VALUES ($1, $2, 'INFO', $4, 'M', 'reid_alert', $3, $4)",
        [ours.id, user, id, key],
      );
    const history = (id: string, as: object = context()) =>
      db.app(as, async (c) =>
        (await c.query('SELECT event_key FROM app.alert_history($1)', [id])).rows.map((r) => r.event_key),
      );

    it('shows each event once, whoever was told, to every member for an alert of the organization', async () => {
      const id = await alert(null);
      const colleague = await member(db, ours.id);
      await tell(id, ours.owner, 'one');
      await tell(id, colleague, 'one');
      await tell(id, colleague, 'two');
      expect((await history(id)).sort()).toEqual(['one', 'two']);
      expect(await history(id, { ...context(), user: colleague })).toHaveLength(2);
    });

    it('shows a member’s alert to that member and to admins only', async () => {
      const colleague = await member(db, ours.id);
      const id = await alert(colleague);
      await tell(id, colleague, 'one');
      expect(await history(id, { ...context(), user: colleague, role: 'MEMBER' })).toEqual(['one']);
      expect(await history(id, { ...context(), role: 'OWNER' })).toEqual(['one']);
      expect(await history(id, { ...context(), user: await member(db, ours.id), role: 'MEMBER' })).toEqual(
        [],
      );
    });

    it('shows nothing of another organization', async () => {
      const id = await alert(null);
      await tell(id, ours.owner, 'one');
      const theirs = await tenant(db);
      expect(await history(id, { organization: theirs.id, user: theirs.owner, role: 'OWNER' })).toEqual([]);
      expect(await history(id, {})).toEqual([]);
    });
  });

  describe('the system categories of an organization', () => {
    it('come with it, and are not added twice', async () => {
      const { rows } = await db.platform.query(
        'SELECT app.seed_organization($1) AS added, (SELECT count(*)::int FROM expense_categories WHERE organization_id = $1) AS all',
        [ours.id],
      );
      expect(rows).toEqual([{ added: 0, all: 13 }]);
    });

    it('are added where one is missing, and what was edited stays', async () => {
      await db.platform.query(
        "UPDATE expense_categories SET name = 'Trips' WHERE organization_id = $1 AND code = 'TRAVEL'",
        [ours.id],
      );
      await db.superuser.query(
        "DELETE FROM expense_categories WHERE organization_id = $1 AND code = 'MILEAGE'",
        [ours.id],
      );
      expect(await ask(db, context(), 'SELECT app.seed_organization($1)', [ours.id])).toBe(1);
      expect(await ask(db, context(), "SELECT name FROM expense_categories WHERE code = 'TRAVEL'")).toBe(
        'Trips',
      );
    });

    it('cannot be given to another organization by the application', async () => {
      const theirs = await tenant(db);
      await expect(ask(db, context(), 'SELECT app.seed_organization($1)', [theirs.id])).rejects.toMatchObject(
        { code: '42501' },
      );
    });

    it.each([
      ['SOFTWARE', 2024, '27a', '19'],
      ['SOFTWARE', 2025, '27b', '19'],
      ['MEALS', 2026, '24b', '6'],
      ['MILEAGE', 2026, '9', '6'],
    ])('%s of %d goes to lines %s and %s', async (code, year, c, e) => {
      const { rows } = await db.app({}, (client) =>
        client.query('SELECT * FROM app.schedule_lines($1, $2)', [code, year]),
      );
      expect(rows).toEqual([{ schedule_c_line: c, schedule_e_line: e }]);
    });

    it('all have lines, and other codes have none', async () => {
      const { rows } = await db.platform.query(
        'SELECT code FROM expense_categories c WHERE organization_id = $1 AND NOT EXISTS (SELECT FROM app.schedule_lines(c.code, 2026))',
        [ours.id],
      );
      expect(rows).toEqual([]);
      expect(
        await ask(db, {}, "SELECT schedule_c_line FROM app.schedule_lines('OWN', 2026)"),
      ).toBeUndefined();
    });
  });
});
