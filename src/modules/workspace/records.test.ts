import { beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/support/database.ts';
import { type Offices, offices, refusal } from '../../../test/support/offices.ts';
import { tenancyOn } from '../../../test/support/tenancy.ts';
import { isTimeZone } from '../../time-zone.ts';
import { activityPage } from './activity.ts';
import { dayIn } from './calendar.ts';
import { rules } from './rules.ts';
import { recordUsage, usageSums } from './usage.ts';

const db = await freshDatabase();
const tenancy = tenancyOn(db);
let here: Offices;

beforeAll(async () => {
  here = await offices(db, tenancy);
});

describe('metered use', () => {
  const use = (amount: bigint | number, now: string, resourceName = 'assistant') =>
    recordUsage(here.ours, { resourceType: 'AI_TOKENS', resourceName, amount, now: new Date(now) });

  test('is summed by resource and month in UTC, beyond the numbers of JSON', async () => {
    await use(2n ** 62n, '2026-01-31T23:59:59Z');
    await use(2n ** 62n, '2026-01-01T00:00:00Z');
    await use(5, '2026-02-01T00:30:00+01:00');
    await use(7, '2026-02-01T00:00:00Z', 'search');
    await recordUsage(here.theirs, { resourceType: 'AI_TOKENS', resourceName: 'assistant', amount: 1 });
    const sums = await usageSums(here.ours, { from: '2026-01', to: '2026-02' });
    expect(sums.map((sum) => [sum.month, sum.resourceName, sum.amount])).toEqual([
      ['2026-02', 'search', '7'],
      ['2026-01', 'assistant', String(2n ** 63n + 5n)],
    ]);
  });

  test('refuses what is no amount, and ranges that are none', async () => {
    for (const amount of [-1, 0.5, Number.NaN, 2 ** 60, 2n ** 63n, -1n])
      expect(await refusal(use(amount, '2026-01-01'))).toBe('USAGE_AMOUNT');
    expect(await refusal(usageSums(here.ours, { from: '2026-02', to: '2026-01' }))).toBe('USAGE_RANGE');
    expect(await refusal(usageSums(here.ours, { from: '2020-01', to: '2026-01' }))).toBe('USAGE_RANGE');
  });

  test('names a member, also where the system acts', async () => {
    const input = { resourceType: 'STORAGE', resourceName: 'documents', amount: 1 } as const;
    expect(await refusal(recordUsage(here.system, input))).toBe('PERSON_NEEDED');
    await recordUsage(here.system, { ...input, userId: here.colleague });
    expect(await refusal(recordUsage(here.system, { ...input, userId: here.stranger }))).toBe(
      'INVALID_REFERENCE',
    );
  });
});

test('the log, the use and their history are written by the system alone', () => {
  for (const model of ['ActivityLog', 'UsageTracking'])
    expect(Object.keys(rules.find((rule) => rule.model === model)!.refuses!)).toEqual([
      'create',
      'update',
      'delete',
    ]);
});

describe('the activity log', () => {
  // Whatever else the log holds of this test's own work is later.
  const to = new Date(Date.UTC(2026, 1, 1));
  const log = (action: string, minutes: number, more = {}) =>
    here.ours.activityLog.create({
      data: {
        userId: here.owner,
        action,
        resourceType: 'Deal',
        createdAt: new Date(Date.UTC(2026, 0, 1, 0, minutes)),
        ...more,
      },
    });
  const actions = async (filter: Partial<Parameters<typeof activityPage>[1]>, bound = here.ours) =>
    (await activityPage(bound, { limit: 50, to, ...filter })).items.map((entry) => entry.action);

  beforeAll(async () => {
    await log('first', 1);
    await log('second', 2, { resourceType: 'Lead', resourceId: here.owner, userId: null });
    await log('third', 3);
    await here.colleagues.activityLog.create({
      data: { userId: here.colleague, action: 'theirs', resourceType: 'Deal', createdAt: new Date(0) },
    });
  });

  test('says who did what, newest first, in pages', async () => {
    const first = await activityPage(here.ours, { limit: 2, to });
    expect(first.items.map((entry) => [entry.action, entry.actorName])).toEqual([
      ['third', 'Somebody'],
      ['second', null],
    ]);
    const second = await activityPage(here.ours, { limit: 2, to, cursor: first.next! });
    expect(second.items.map((entry) => entry.action)).toEqual(['first', 'theirs']);
    expect(second.next).toBeNull();
  });

  test('is filtered by resource, person and time', async () => {
    expect(await actions({ resourceType: 'Lead' })).toEqual(['second']);
    expect(await actions({ resourceId: here.owner })).toEqual(['second']);
    expect(await actions({ userId: here.colleague })).toEqual(['theirs']);
    const from = new Date(Date.UTC(2026, 0, 1, 0, 1));
    const before = new Date(Date.UTC(2026, 0, 1, 0, 3));
    expect(await actions({ from, to: before })).toEqual(['second', 'first']);
  });

  test('is of the own organization', async () => {
    expect(await actions({}, here.theirs)).toEqual([]);
  });
});

test('a day is where the zone has it, and an offset is no zone', () => {
  const moment = new Date('2026-12-31T23:30:00Z');
  expect(dayIn('UTC', moment)).toBe('2026-12-31');
  expect(dayIn('Asia/Tokyo', moment)).toBe('2027-01-01');
  expect(dayIn('America/Denver', moment, 1)).toBe('2027-01-01');
  expect(['Europe/Berlin', 'UTC', '+02:00', 'Mars/Base', ''].map(isTimeZone)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
