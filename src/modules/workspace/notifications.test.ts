import { beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/support/database.ts';
import { type Offices, offices, refusal } from '../../../test/support/offices.ts';
import { tenancyOn } from '../../../test/support/tenancy.ts';
import { member } from '../../../test/support/tenants.ts';
import { dismissAlert, myAlerts, myFeatureFlags } from './alerts.ts';
import { markAllRead, markRead, myNotifications, notify, unreadCount } from './notifications.ts';
import { rules } from './rules.ts';

const db = await freshDatabase();
const tenancy = tenancyOn(db);
let here: Offices;

beforeAll(async () => {
  here = await offices(db, tenancy);
});

const fresh = async () => {
  const id = await member(db, here.organization);
  return { id, bound: tenancy.for({ organizationId: here.organization, userId: id, role: 'MEMBER' }) };
};
const tell = (to: string, title: string, more = {}) =>
  notify(here.ours, { to, title, message: 'm', ...more });

describe('a notification', () => {
  test('reaches a colleague, once per key, and cuts what is too long', async () => {
    const { id, bound } = await fresh();
    const both = await Promise.all([1, 2].map(() => tell(id, 'x'.repeat(300), { dedupeKey: 'k' })));
    expect(both.filter(Boolean)).toHaveLength(1);
    const { items } = await myNotifications(bound, { limit: 10 });
    expect(items.map((item) => item.title)).toEqual([`${'x'.repeat(254)}…`]);
  });

  test('goes to nobody outside, and nowhere when the recipient has left', async () => {
    expect(await refusal(tell(here.stranger, 'Hello'))).toBe('NOT_A_MEMBER');
    const { id } = await fresh();
    await db.platform.query('UPDATE organization_members SET left_at = now() WHERE user_id = $1', [id]);
    expect(await tell(id, 'Hello')).toBeNull();
  });

  test('is read by its recipient only, and keeps the first moment', async () => {
    const { id, bound } = await fresh();
    const note = (await tell(id, 'Hello'))!;
    expect(await refusal(markRead(here.ours, note))).toBe('NOTIFICATION_UNKNOWN');
    expect(await refusal(markRead(here.theirs, note))).toBe('NOTIFICATION_UNKNOWN');
    expect(await unreadCount(bound)).toBe(1);
    const read = await markRead(bound, note);
    expect((await markRead(bound, note)).readAt).toEqual(read.readAt);
    expect(await unreadCount(bound)).toBe(0);
  });
});

describe('my notifications', () => {
  test('come in pages, newest first, also where many are of one moment', async () => {
    const { id, bound } = await fresh();
    const wanted = ['a', 'b', 'c', 'd', 'e'];
    await here.ours.notification.createMany({
      data: wanted.map((title) => ({
        userId: id,
        type: 'INFO',
        title,
        message: 'm',
        createdAt: new Date('2026-01-01'),
      })),
    });
    await tell(id, 'newest');
    const titles: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await myNotifications(bound, { limit: 2, cursor });
      titles.push(...page.items.map((item) => item.title));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(titles[0]).toBe('newest');
    expect(titles.slice(1).sort()).toEqual(wanted);
  });

  test('may be those unread', async () => {
    const { id, bound } = await fresh();
    const [first] = [await tell(id, 'first'), await tell(id, 'second')];
    await markRead(bound, first!);
    const { items } = await myNotifications(bound, { limit: 10, unread: true });
    expect(items.map((item) => item.title)).toEqual(['second']);
  });

  test('are marked as read up to the moment that was shown', async () => {
    const { id, bound } = await fresh();
    await tell(id, 'shown');
    const [shown] = (await myNotifications(bound, { limit: 1 })).items;
    await db.platform.query(
      `INSERT INTO notifications (organization_id, user_id, type, title, message, created_at)
       VALUES ($1, $2, 'INFO', 'later', 'm', now() + interval '1 second')`,
      [here.organization, id],
    );
    await tell(here.colleague, 'of somebody else');
    // The moment as JSON has it, cut to milliseconds.
    expect(await markAllRead(bound, new Date(shown!.createdAt.toISOString()))).toBe(1);
    const { items } = await myNotifications(bound, { limit: 10, unread: true });
    expect(items.map((item) => item.title)).toEqual(['later']);
    expect(await unreadCount(here.colleagues)).toBeGreaterThan(0);
  });

  test('refuse a cursor that no page gave', async () => {
    const made = (text: string) => Buffer.from(text).toString('base64url');
    const id = here.owner;
    for (const cursor of [
      '',
      'x',
      '%00',
      made('now/1'),
      made(`infinity/${id}`),
      made(`2026-99-01 00:00:00+00/${id}`),
    ])
      expect(await refusal(myNotifications(here.ours, { limit: 1, cursor }))).toBe('CURSOR_INVALID');
  });

  test('are not written through the data API, and those of alerts stay', async () => {
    const rule = rules.find((one) => one.model === 'Notification')!;
    expect(rule.refuses?.create).toBeDefined();
    const alert = rule.remove!(here.ours, { entityType: 'reid_alert' });
    expect(await refusal(alert)).toBe('ALERT_HISTORY');
    const readAt = new Date('2026-01-01');
    expect(await rule.update!(here.ours, { readAt }, { readAt: new Date() })).toEqual({ readAt });
    expect(await rule.update!(here.ours, { readAt }, { readAt: null })).toEqual({ readAt: null });
  });
});

describe('a notice of the platform', () => {
  const notice = async (values: { dismissible?: boolean; orgs?: string[] } = {}) => {
    const { rows } = await db.platform.query(
      `INSERT INTO system_alerts (title, message, category, is_global, target_orgs, is_dismissible, created_by_id)
       VALUES ('Maintenance', 'Tonight', 'MAINTENANCE', $1, $2, $3, $4) RETURNING id`,
      [!values.orgs, values.orgs ?? [], values.dismissible ?? true, here.owner],
    );
    return rows[0].id as string;
  };

  test('is dismissed by each person for themselves, however often', async () => {
    const id = await notice();
    const seen = async (bound = here.ours) => (await myAlerts(bound)).some((alert) => alert.id === id);
    expect(await seen()).toBe(true);
    await Promise.all([1, 2, 3].map(() => dismissAlert(here.ours, id)));
    await dismissAlert(here.ours, id);
    expect([await seen(), await seen(here.colleagues)]).toEqual([false, true]);
    const { rowCount } = await db.platform.query('SELECT FROM notifications WHERE entity_id = $1', [id]);
    expect(rowCount).toBe(1);
  });

  test('that stays, or is for others, is not dismissed', async () => {
    expect(await refusal(dismissAlert(here.ours, await notice({ dismissible: false })))).toBe('ALERT_STAYS');
    const { id } = (await here.theirs.organization.findFirstOrThrow())!;
    const theirs = await notice({ orgs: [id] });
    expect(await refusal(dismissAlert(here.ours, theirs))).toBe('ALERT_UNKNOWN');
    await dismissAlert(here.theirs, theirs);
  });
});

test('switches of the platform are evaluated for the person', async () => {
  await db.platform.query(
    `INSERT INTO feature_flags (name, is_enabled, rollout_percent, target_users, created_by_id)
     VALUES ('new-board', true, 0, ARRAY[$1]::uuid[], $1), ('everywhere', true, 100, '{}', $1)`,
    [here.owner],
  );
  const flags = (bound = here.ours) => myFeatureFlags(bound, { environment: 'PRODUCTION' });
  expect(await flags()).toEqual({ 'new-board': true, everywhere: true });
  expect(await flags(here.theirs)).toEqual({ 'new-board': false, everywhere: true });
});
