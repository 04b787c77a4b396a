import { beforeAll, describe, expect, it } from 'vitest';
import { crmGround, dataApi, type Ground, plan } from '../../../test/support/crm.ts';
import { completeActivity } from './activities.ts';
import { convertLead } from './conversion.ts';
import { timelineOf } from './record-timeline.ts';
import { keyOf } from './rows.ts';

describe('activities', () => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await crmGround();
  });

  const lead = async () => (await dataApi.create(ground.ours, 'Lead', { name: 'Ada', budget: '100' })).id;
  const contact = async (values = {}) =>
    (await dataApi.create(ground.ours, 'Contact', { name: 'Ada', ...values })).id;
  const act = (values: object, db = ground.ours) =>
    dataApi.create(db, 'Activity', { type: 'CALL', title: 'Called', ...values });
  const lastOf = async (leadId: string) =>
    (await ground.ours.lead.findUniqueOrThrow({ where: keyOf(ground.ours, leadId) })).lastContactAt;

  it('stand on something, of their own organization', async () => {
    await expect(act({})).rejects.toMatchObject({ code: 'SUBJECT_MISSING', fields: { length: 4 } });
    await expect(act({ leadId: await lead() }, ground.theirs)).rejects.toMatchObject({
      code: 'REFERENCE_MISSING',
    });
    const { id } = await act({ leadId: await lead() });
    const leave = dataApi.update(ground.ours, 'Activity', id, { leadId: null });
    await expect(leave).rejects.toMatchObject({ code: 'SUBJECT_MISSING' });
  });

  it('are signed by whoever writes them', async () => {
    const agent = await ground.agent();
    const { createdById } = await act(
      { leadId: await lead(), createdById: ground.our.owner },
      ground.as(agent),
    );
    expect(createdById).toBe(agent);
  });

  it('that reach somebody become the last contact when they are completed; the latest stays', async () => {
    const [leadId, contactId] = [await lead(), await contact()];
    await act({ leadId, type: 'NOTE', completedAt: new Date() });
    expect(await lastOf(leadId)).toBeNull();
    const { id } = await act({ leadId, contactId });
    expect(await lastOf(leadId)).toBeNull();
    const done = await completeActivity(ground.ours, id, { outcome: 'Will sell', durationMinutes: 10 });
    expect(done).toMatchObject({ outcome: 'Will sell', durationMinutes: 10 });
    expect(await lastOf(leadId)).toEqual(done.completedAt);
    const { lastContactAt } = await ground.ours.contact.findUniqueOrThrow({
      where: keyOf(ground.ours, contactId),
    });
    expect(lastContactAt).toEqual(done.completedAt);
    await act({ leadId, completedAt: new Date('2020-01-01').toISOString() });
    expect(await lastOf(leadId)).toEqual(done.completedAt);
  });

  it('are completed once, also when two say so at once', async () => {
    const { id } = await act({ leadId: await lead() });
    const say = (outcome: string) => completeActivity(ground.ours, id, { outcome });
    const [a, b] = await Promise.all([say('one'), say('two')]);
    expect(a).toEqual(b);
    expect(await say('three')).toEqual(a);
    await expect(completeActivity(ground.theirs, id)).rejects.toMatchObject({ kind: 'missing' });
  });

  it('are not completed in the future', async () => {
    const completedAt = new Date(Date.now() + 3_600_000);
    await expect(act({ leadId: await lead(), completedAt })).rejects.toMatchObject({
      code: 'COMPLETED_IN_FUTURE',
    });
    const { id } = await act({ leadId: await lead() });
    const complete = completeActivity(ground.ours, id, { completedAt });
    await expect(complete).rejects.toMatchObject({ code: 'COMPLETED_IN_FUTURE' });
  });

  it('do not plan to contact who asked not to be; that they called may be written down', async () => {
    const contactId = await contact({ name: 'Basil', status: 'DO_NOT_CONTACT' });
    await expect(act({ contactId })).rejects.toMatchObject({
      code: 'DO_NOT_CONTACT',
      message: 'Basil asked not to be contacted.',
    });
    const deal = await dataApi.create(ground.ours, 'Deal', { title: 'Deal', value: 1, contactId });
    await expect(act({ dealId: deal.id, type: 'EMAIL' })).rejects.toMatchObject({ code: 'DO_NOT_CONTACT' });
    await act({ contactId, type: 'NOTE' });
    const { id } = await act({ contactId, completedAt: new Date() });
    const replan = dataApi.update(ground.ours, 'Activity', id, { completedAt: null });
    await expect(replan).rejects.toMatchObject({ code: 'DO_NOT_CONTACT' });
  });

  it('moved to another lead score both anew', async () => {
    const [a, b] = [await lead(), await lead()];
    const scores = async () =>
      Promise.all(
        [a, b].map(
          async (id) =>
            (await ground.ours.lead.findUniqueOrThrow({ where: keyOf(ground.ours, id) })).scoreValue,
        ),
      );
    const before = await scores();
    const { id } = await act({ leadId: a, type: 'MEETING' });
    expect(await scores()).toEqual([before[0]! + 4, before[1]]);
    await dataApi.update(ground.ours, 'Activity', id, { leadId: b });
    expect(await scores()).toEqual([before[0], before[1]! + 4]);
  });

  describe('on timelines', () => {
    it('stand beside appointments, newest first, once each, across lead, contact and deal', async () => {
      const leadId = await lead();
      await act({ leadId, title: 'first call' });
      const { contact: person, deal } = await convertLead(ground.ours, leadId, {}, plan);
      await act({ dealId: deal.id, leadId, contactId: person.id, title: 'offer' });
      await act({ contactId: person.id, title: 'birthday', completedAt: new Date('2021-01-01') });
      const startTime = new Date('2027-01-01T10:00:00Z');
      const times = { startTime, endTime: new Date('2027-01-01T11:00:00Z') };
      const viewing = { title: 'viewing', assignedToId: ground.our.owner, dealId: deal.id, ...times };
      await dataApi.create(ground.ours, 'Appointment', viewing);
      const titles = async (noun: 'lead' | 'contact' | 'deal', id: string) =>
        (await timelineOf(ground.ours, noun, id)).entries.map((e) => e.title);
      const shared = ['viewing', 'offer', 'Converted Ada to a deal', 'first call'];
      expect(await titles('lead', leadId)).toEqual(shared);
      expect(await titles('deal', deal.id)).toEqual(shared);
      expect(await titles('contact', person.id)).toEqual([...shared, 'birthday']);
    });

    it('come in pages that miss and repeat nothing, also among entries of one moment', async () => {
      const leadId = await lead();
      const createdAt = new Date('2026-01-01T10:00:00.123Z');
      const rows = Array.from({ length: 23 }, (_, n) => ({ title: `n${n}`, leadId, createdAt }));
      const signed = rows.map((row) => ({ ...row, type: 'NOTE' as const, createdById: ground.our.owner }));
      await ground.ours.activity.createMany({ data: signed });
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const { entries, next } = await timelineOf(ground.ours, 'lead', leadId, { limit: 5, cursor });
        seen.push(...entries.map((e) => e.title));
        cursor = next ?? undefined;
      } while (cursor);
      expect(seen).toHaveLength(23);
      expect(new Set(seen).size).toBe(23);
    });

    it('of another organization are missing, and a cursor of one’s own making is refused', async () => {
      const leadId = await lead();
      await expect(timelineOf(ground.theirs, 'lead', leadId)).rejects.toMatchObject({ kind: 'missing' });
      const cursors = ['x', '', Buffer.from(`2026-99-99T10:00:00.000000Z ${leadId}`).toString('base64url')];
      for (const cursor of cursors) {
        const ask = timelineOf(ground.ours, 'lead', leadId, { cursor });
        await expect(ask).rejects.toMatchObject({ code: 'CURSOR_UNFIT' });
      }
    });
  });
});
