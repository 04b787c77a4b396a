import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { testServers } from '../support/server.ts';
import { ask, member, person, type Tenant, tenant } from '../support/tenants.ts';

describe.each(testServers())('notifications, flags and notices on PostgreSQL $version', (server) => {
  let db: TestDatabase;
  let ours: Tenant;
  let colleague: string;
  beforeAll(async () => {
    db = await freshDatabase({ server });
  });
  beforeEach(async () => {
    ours = await tenant(db);
    colleague = await member(db, ours.id);
  });
  const context = () => ({ organization: ours.id, user: ours.owner });

  describe('app.notify', () => {
    const notify = (recipient: string | null, key: string | null = null, as: object = context()) =>
      ask(db, as, "SELECT app.notify($1, 'INFO', 'Title', 'Message', dedupe_key => $2)", [recipient, key]);

    it('reaches a colleague, who alone sees the row', async () => {
      const id = await notify(colleague);
      expect(id).toEqual(expect.any(String));
      const mine = 'SELECT count(*)::int FROM notifications';
      expect(await ask(db, { ...context(), user: colleague }, mine)).toBe(1);
      expect(await ask(db, context(), mine)).toBe(0);
    });

    it('writes one row per dedupe key and answers null the second time', async () => {
      expect(await notify(colleague, 'once')).toEqual(expect.any(String));
      expect(await notify(colleague, 'once')).toBeNull();
      expect(await notify(ours.owner, 'once')).toEqual(expect.any(String));
    });

    it('writes a row each time without a dedupe key', async () => {
      expect(await notify(colleague)).not.toBe(await notify(colleague));
    });

    it('answers null for a member who has left', async () => {
      await db.platform.query('UPDATE organization_members SET left_at = now() WHERE user_id = $1', [
        colleague,
      ]);
      expect(await notify(colleague)).toBeNull();
    });

    it('refuses members of another organization, strangers and null', async () => {
      const theirs = await tenant(db);
      for (const recipient of [theirs.owner, await person(db), null]) {
        await expect(notify(recipient)).rejects.toMatchObject({ code: '23503' });
      }
    });

    it('refuses to work without an organization', async () => {
      await expect(notify(colleague, null, { user: ours.owner })).rejects.toMatchObject({ code: '42501' });
    });
  });

  describe('app.my_feature_flags', () => {
    const defaults = {
      is_enabled: true,
      rollout_percent: 0,
      target_tiers: [],
      target_orgs: [],
      target_users: [],
      conditions: null,
    };
    let flags = 0;
    const flag = async (set: Partial<Record<keyof typeof defaults, unknown>>) => {
      const f = { ...defaults, ...set };
      const name = `flag-${flags++}`;
      await db.platform.query(
        `INSERT INTO feature_flags (name, is_enabled, rollout_percent, target_tiers, target_orgs, target_users, conditions, created_by_id)
         VALUES ($1, $2, $3, $4::subscription_tier[], $5, $6, $7, $8)`,
        [
          name,
          f.is_enabled,
          f.rollout_percent,
          f.target_tiers,
          f.target_orgs,
          f.target_users,
          f.conditions && JSON.stringify(f.conditions),
          ours.owner,
        ],
      );
      return name;
    };
    const on = (name: string, as: object = context(), facts: unknown[] = [null, null]) =>
      ask(db, as, "SELECT enabled FROM app.my_feature_flags('PRODUCTION', $2, $3) WHERE name = $1", [
        name,
        ...facts,
      ]);

    it.each([
      ['is off while not enabled', { is_enabled: false, rollout_percent: 100 }, false],
      ['is on for everybody at 100 percent', { rollout_percent: 100 }, true],
      ['is off at 0 percent without targets', {}, false],
      ['is on for a tier that it lists', { rollout_percent: 100, target_tiers: ['STARTER'] }, true],
      ['is off for a tier that it does not list', { rollout_percent: 100, target_tiers: ['ELITE'] }, false],
      [
        'waits for its start',
        { rollout_percent: 100, conditions: { starts_at: '2999-01-01T00:00:00Z' } },
        false,
      ],
      ['ends', { rollout_percent: 100, conditions: { ends_at: '2001-01-01T00:00:00Z' } }, false],
      [
        'stays off when a condition cannot be read',
        { rollout_percent: 100, conditions: { starts_at: 'soon' } },
        false,
      ],
    ])('%s', async (_, set, expected) => {
      expect(await on(await flag(set))).toBe(expected);
    });

    it('is on for the organization or the user that it names, whatever the share', async () => {
      expect(await on(await flag({ target_orgs: [ours.id] }))).toBe(true);
      expect(await on(await flag({ target_users: [ours.owner] }))).toBe(true);
      expect(await on(await flag({ target_users: [colleague] }))).toBe(false);
    });

    it('draws the share by organization, the same for colleagues', async () => {
      const name = await flag({ rollout_percent: 50 });
      expect(await on(name)).toBe(await on(name, { ...context(), user: colleague }));
    });

    it('compares versions by number and asks for the country', async () => {
      const name = await flag({
        rollout_percent: 100,
        conditions: { min_version: '2.10.0', countries: ['US'] },
      });
      expect(await on(name, context(), ['2.9.9', 'US'])).toBe(false);
      expect(await on(name, context(), ['2.10.0', 'US'])).toBe(true);
      expect(await on(name, context(), ['3.0', 'CA'])).toBe(false);
      expect(await on(name, context(), [null, 'US'])).toBe(false);
      expect(await on(name, context(), ['newest', 'US'])).toBe(false);
    });

    it('says nothing without a user, and knows no flags of other environments', async () => {
      const name = await flag({ rollout_percent: 100 });
      expect(await on(name, {})).toBeUndefined();
      expect(await ask(db, context(), "SELECT name FROM app.my_feature_flags('STAGING')")).toBeUndefined();
    });
  });

  describe('app.my_system_alerts', () => {
    const defaults = {
      is_global: false,
      target_tiers: [],
      target_orgs: [],
      is_dismissible: true,
      is_active: true,
      starts_at: '2020-01-01',
      ends_at: null,
    };
    const alert = async (set: Partial<Record<keyof typeof defaults, unknown>>) => {
      const a = { ...defaults, ...set };
      const { rows } = await db.platform.query(
        `INSERT INTO system_alerts (title, message, category, is_global, target_tiers, target_orgs, is_dismissible, is_active, starts_at, ends_at, created_by_id)
         VALUES ('T', 'M', 'SYSTEM', $1, $2::subscription_tier[], $3, $4, $5, $6, $7, $8) RETURNING id`,
        [
          a.is_global,
          a.target_tiers,
          a.target_orgs,
          a.is_dismissible,
          a.is_active,
          a.starts_at,
          a.ends_at,
          ours.owner,
        ],
      );
      return rows[0].id as string;
    };
    const shown = async (id: string, as: object = context()) =>
      (await ask(db, as, 'SELECT id FROM app.my_system_alerts() WHERE id = $1', [id])) === id;

    it('shows global notices and those for the tier or the organization', async () => {
      expect(await shown(await alert({ is_global: true }))).toBe(true);
      expect(await shown(await alert({ target_tiers: ['STARTER', 'GROWTH'] }))).toBe(true);
      expect(await shown(await alert({ target_orgs: [ours.id] }))).toBe(true);
    });

    it('hides what is for others, for nobody, over, to come or switched off', async () => {
      const theirs = await tenant(db);
      expect(await shown(await alert({ target_orgs: [theirs.id] }))).toBe(false);
      expect(await shown(await alert({ target_tiers: ['ELITE'], target_orgs: [ours.id] }))).toBe(false);
      expect(await shown(await alert({}))).toBe(false);
      expect(await shown(await alert({ is_global: true, ends_at: '2021-01-01' }))).toBe(false);
      expect(await shown(await alert({ is_global: true, starts_at: '2999-01-01' }))).toBe(false);
      expect(await shown(await alert({ is_global: true, is_active: false }))).toBe(false);
      expect(await shown(await alert({ is_global: true }), {})).toBe(false);
    });

    it('hides a notice from the person who dismissed it, unless it cannot be dismissed', async () => {
      const [soft, hard] = [
        await alert({ is_global: true }),
        await alert({ is_global: true, is_dismissible: false }),
      ];
      for (const id of [soft, hard]) {
        await db.app(context(), (c) =>
          c.query(
            "INSERT INTO notifications (user_id, type, title, message, entity_type, entity_id, dedupe_key, read_at) VALUES ($1, 'INFO', 'T', 'M', 'system_alert', $2, $3, now())",
            [ours.owner, id, `system_alert:${id}`],
          ),
        );
      }
      expect(await shown(soft)).toBe(false);
      expect(await shown(hard)).toBe(true);
      expect(await shown(soft, { ...context(), user: colleague })).toBe(true);
    });
  });
});
