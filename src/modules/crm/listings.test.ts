import { beforeAll, describe, expect, it } from 'vitest';
import { crmGround, dataApi, type Ground, plan } from '../../../test/support/crm.ts';
import { LIMITS } from '../../auth/tiers.ts';
import type { Db } from '../../db.ts';
import type { Plan } from '../../http/index.ts';
import { archiveRecord, unarchiveRecord } from './archive.ts';
import { expireListings } from './listings.ts';
import { keyOf } from './rows.ts';

const HOUSE = {
  title: 'House',
  address: '1 Elm',
  city: 'Austin',
  state: 'TX',
  zipCode: '78701',
  price: '100.00',
};

describe('listings', () => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await crmGround();
  });

  const list = (values: object = {}, db: Db = ground.ours, given: Plan = plan) =>
    dataApi.create(db, 'Listing', { ...HOUSE, ...values }, given);
  const change = (id: string, values: Record<string, unknown>) =>
    dataApi.update(ground.ours, 'Listing', id, values);

  it('that are active have a price and have not expired', async () => {
    await expect(list({ price: '0' })).rejects.toMatchObject({
      code: 'PRICE_MISSING',
      fields: [{ field: 'price' }],
    });
    await expect(list({ expirationDate: '2020-01-01' })).rejects.toMatchObject({ code: 'LISTING_EXPIRED' });
    const { id } = await list({ price: '0', status: 'WITHDRAWN' });
    await expect(change(id, { status: 'ACTIVE' })).rejects.toMatchObject({ code: 'PRICE_MISSING' });
    expect(await change(id, { status: 'ACTIVE', price: '5' })).toMatchObject({ status: 'ACTIVE' });
    await expect(change(id, { price: 0 })).rejects.toMatchObject({ code: 'PRICE_MISSING' });
  });

  it('in the US name a state by its code, in any case; elsewhere as they like', async () => {
    expect((await list({ state: 'tx' })).state).toBe('TX');
    await expect(list({ state: 'Texas' })).rejects.toMatchObject({ code: 'STATE_UNKNOWN' });
    await expect(list({ state: 'XX' })).rejects.toMatchObject({ code: 'STATE_UNKNOWN' });
    const { id, state } = await list({ state: 'Oaxaca', country: 'mx' });
    expect(state).toBe('Oaxaca');
    await expect(change(id, { country: 'US' })).rejects.toMatchObject({ code: 'STATE_UNKNOWN' });
  });

  it('expire after they are listed', async () => {
    const dates = { listingDate: '2030-02-01', expirationDate: '2030-01-01' };
    await expect(list(dates)).rejects.toMatchObject({ code: 'DATE_ORDER' });
  });

  it.each([
    ['SOLD', 'ACTIVE'],
    ['EXPIRED', 'SOLD'],
    ['WITHDRAWN', 'PENDING'],
  ])('do not go from %s to %s', async (from, to) => {
    const { id } = await list({ status: from });
    await expect(change(id, { status: to })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
  });

  it('go under contract, fall through, and are sold', async () => {
    const { id } = await list();
    for (const status of ['CONTINGENT', 'ACTIVE', 'PENDING', 'SOLD', 'PENDING']) {
      expect((await change(id, { status })).status).toBe(status);
    }
  });

  it('that are active keep to the plan, created, reactivated or unarchived, also at once', async () => {
    const db = await ground.fresh();
    const tight = { tier: 'FREE', limits: { ...LIMITS.FREE, activeListings: 2 } } as const;
    const settled = await Promise.allSettled(Array.from({ length: 5 }, () => list({}, db, tight)));
    expect(settled.filter((s) => s.status === 'fulfilled')).toHaveLength(2);
    const full = { code: 'PLAN_LIMIT_REACHED' };
    const other = await list({ status: 'WITHDRAWN' }, db, tight);
    const activate = () => dataApi.update(db, 'Listing', other.id, { status: 'ACTIVE' }, tight);
    await expect(activate()).rejects.toMatchObject(full);
    const first = await db.listing.findFirstOrThrow({ where: { status: 'ACTIVE' } });
    await archiveRecord(db, 'listing', first.id);
    await activate();
    await expect(unarchiveRecord(db, 'listing', first.id, tight)).rejects.toMatchObject(full);
  });

  it('of another organization are missing to the archive, and archived ones are only read', async () => {
    const { id } = await list();
    await expect(archiveRecord(ground.theirs, 'listing', id)).rejects.toMatchObject({ kind: 'missing' });
    await archiveRecord(ground.ours, 'listing', id);
    await expect(change(id, { title: 'x' })).rejects.toMatchObject({ code: 'RECORD_ARCHIVED' });
  });

  it('expire when their day is over where the organization works, once, and the agent is told', async () => {
    const agent = await ground.agent();
    // In Kiritimati it is tomorrow before it is in Pago Pago: their days differ by one at every hour.
    await ground.settings({ timezone: 'Pacific/Pago_Pago' });
    const { rows } = await ground.database.platform.query(
      "SELECT (now() AT TIME ZONE 'Pacific/Pago_Pago')::date::text AS last",
    );
    const { last } = rows[0];
    const { id } = await list({ title: 'Elm', expirationDate: new Date(last), assignedToId: agent });
    const pending = await list({ expirationDate: new Date(last), status: 'PENDING' });
    expect(await expireListings(ground.ours)).toBe(0);
    await ground.settings({ timezone: 'Pacific/Kiritimati' });
    expect(await expireListings(ground.theirs)).toBe(0);
    expect(await expireListings(ground.ours)).toBe(1);
    expect(await expireListings(ground.ours)).toBe(0);
    const statusOf = async (of: string) =>
      (await ground.ours.listing.findUniqueOrThrow({ where: keyOf(ground.ours, of) })).status;
    expect([await statusOf(id), await statusOf(pending.id)]).toEqual(['EXPIRED', 'PENDING']);
    expect(await ground.as(agent).notification.findMany()).toMatchObject([
      {
        type: 'WARNING',
        entityId: id,
        message: `"Elm" expired on ${last}. Extend it, or take it off the market.`,
      },
    ]);
  });
});

describe('customers', () => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await crmGround();
  });

  it('are won, lost and won back, and do not become leads again', async () => {
    const { id } = await dataApi.create(ground.ours, 'Customer', { name: 'Ada', phone: '5125550100' });
    const to = (status: string) => dataApi.update(ground.ours, 'Customer', id, { status });
    for (const status of ['PROSPECT', 'ACTIVE', 'CHURNED', 'ACTIVE'])
      expect((await to(status)).status).toBe(status);
    await expect(to('LEAD')).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
  });

  it('with projects or appointments are archived instead of deleted', async () => {
    const { id } = await dataApi.create(ground.ours, 'Customer', { name: 'Ada' });
    const times = { startTime: new Date('2027-01-01T10:00:00Z'), endTime: new Date('2027-01-01T11:00:00Z') };
    const values = { title: 'Talk', customerId: id, assignedToId: ground.our.owner, ...times };
    await dataApi.create(ground.ours, 'Appointment', values);
    await expect(dataApi.remove(ground.ours, 'Customer', id)).rejects.toMatchObject({
      code: 'RECORD_IN_USE',
      message: 'This customer has 1 appointment, so it cannot be deleted.',
    });
    await archiveRecord(ground.ours, 'customer', id);
    const change = dataApi.update(ground.ours, 'Customer', id, { name: 'Eve' });
    await expect(change).rejects.toMatchObject({ code: 'RECORD_ARCHIVED' });
  });
});
