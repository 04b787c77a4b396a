import { beforeAll, describe, expect, it } from 'vitest';
import { crmGround, dataApi, type Ground } from '../../../test/support/crm.ts';
import { rescoreAll, rescoreLead } from './lead-scoring.ts';
import { keyOf } from './rows.ts';

describe('leads', () => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await crmGround();
  });

  const lead = (values: object = {}) => dataApi.create(ground.ours, 'Lead', { name: 'Ada', ...values });

  it('are scored when they are created, and e-mail and phone are kept in one form', async () => {
    const made = await lead({ source: 'REFERRAL', email: ' Ada@Example.COM ', phone: '(512) 555-0100' });
    expect(made).toMatchObject({
      email: 'ada@example.com',
      phone: '+15125550100',
      scoreValue: 43,
      score: 'WARM',
    });
  });

  it('are scored anew when they change, and when something is done with them or undone', async () => {
    const { id, scoreValue } = await lead();
    const changed = await dataApi.update(ground.ours, 'Lead', id, { timeline: 'now' });
    expect(changed.scoreValue).toBe((scoreValue as number) + 20);
    const showing = await dataApi.create(ground.ours, 'Activity', {
      type: 'SHOWING',
      title: 'Seen',
      leadId: id,
    });
    const read = async () =>
      (await ground.ours.lead.findUniqueOrThrow({ where: keyOf(ground.ours, id) })).scoreValue;
    expect(await read()).toBe((changed.scoreValue as number) + 5);
    await dataApi.remove(ground.ours, 'Activity', showing.id);
    expect(await read()).toBe(changed.scoreValue);
  });

  it('compare the budget with the median of active listings in their currency', async () => {
    const db = await ground.fresh();
    const listing = { title: 'House', address: '1 Elm', city: 'Austin', state: 'TX', zipCode: '78701' };
    for (const price of [100_000, 400_000, 900_000]) await db.listing.create({ data: { ...listing, price } });
    await db.listing.create({ data: { ...listing, price: 9_000_000, status: 'SOLD' } });
    const points = async (values: object) => {
      const { id } = await dataApi.create(db, 'Lead', { name: 'Ada', ...values });
      return (await rescoreLead(db, id)).parts.find((p) => p.name === 'budget')!.points;
    };
    expect(await points({ budget: '200000' })).toBe(10);
    expect(await points({ budget: '400000' })).toBe(20);
    expect(await points({ budget: '5', currency: 'EUR' })).toBe(10);
  });

  it('cannot be made CONVERTED by hand, nor move against their table', async () => {
    await expect(lead({ status: 'CONVERTED' })).rejects.toMatchObject({ code: 'CONVERSION_ONLY' });
    const { id } = await lead({ status: 'LOST' });
    const to = (status: string) => dataApi.update(ground.ours, 'Lead', id, { status });
    await expect(to('CONVERTED')).rejects.toMatchObject({ code: 'CONVERSION_ONLY' });
    await expect(to('QUALIFIED')).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', kind: 'conflict' });
    expect((await to('IN_CONTACT')).status).toBe('IN_CONTACT');
  });

  it('are assigned to members who have not left', async () => {
    const agent = await ground.agent();
    expect((await lead({ assignedToId: agent })).assignedToId).toBe(agent);
    await ground.database.platform.query(
      'UPDATE organization_members SET left_at = now() WHERE user_id = $1',
      [agent],
    );
    await expect(lead({ assignedToId: agent })).rejects.toMatchObject({ code: 'ASSIGNEE_NOT_A_MEMBER' });
    const stranger = ground.theirs.$tenant.userId;
    await expect(lead({ assignedToId: stranger })).rejects.toMatchObject({ code: 'ASSIGNEE_NOT_A_MEMBER' });
  });

  it('of another organization are missing', async () => {
    const { id } = await lead();
    await expect(rescoreLead(ground.theirs, id)).rejects.toMatchObject({ kind: 'missing' });
  });

  it('with a history are archived instead of deleted; without one they go', async () => {
    const { id } = await lead();
    const call = await dataApi.create(ground.ours, 'Activity', { type: 'CALL', title: 'Called', leadId: id });
    await expect(dataApi.remove(ground.ours, 'Lead', id)).rejects.toMatchObject({
      code: 'RECORD_IN_USE',
      message: 'This lead has 1 activity, so it cannot be deleted.',
    });
    await dataApi.remove(ground.ours, 'Activity', call.id);
    await dataApi.remove(ground.ours, 'Lead', id);
  });

  it('fade by night, without looking changed, and only in their own organization', async () => {
    const db = await ground.fresh();
    const { id, updatedAt } = await dataApi.create(db, 'Lead', {
      name: 'Ada',
      source: 'REFERRAL',
      timeline: 'now',
    });
    const foreign = await lead();
    const old = [id, foreign.id];
    await ground.database.platform.query(
      "UPDATE leads SET created_at = now() - interval '90 days' WHERE id = ANY ($1)",
      [old],
    );
    expect(await rescoreAll(db)).toEqual({ leads: 1, changed: 1 });
    expect(await rescoreAll(db)).toEqual({ leads: 1, changed: 0 });
    const after = await db.lead.findUniqueOrThrow({ where: keyOf(db, id) });
    expect(after).toMatchObject({ scoreValue: 40, score: 'WARM', updatedAt });
    const theirs = await ground.ours.lead.findUniqueOrThrow({ where: keyOf(ground.ours, foreign.id) });
    expect(theirs.scoreValue).toBe(foreign.scoreValue);
  });

  it('keep every activity’s points when many are written at once', async () => {
    const { id } = await lead();
    const write = () =>
      dataApi.create(ground.ours, 'Activity', { type: 'CALL', title: 'Called', leadId: id });
    await Promise.all(Array.from({ length: 5 }, write));
    const kept = await ground.ours.lead.findUniqueOrThrow({ where: keyOf(ground.ours, id) });
    const { value, parts } = await rescoreLead(ground.ours, id);
    expect(kept.scoreValue).toBe(value);
    expect(parts.find((p) => p.name === 'engagement')!.points).toBe(15);
  });
});
