import { beforeAll, describe, expect, it } from 'vitest';
import { crmGround, dataApi, type Ground, plan } from '../../../test/support/crm.ts';
import { archiveRecord, unarchiveRecord } from './archive.ts';
import { dealHistory } from './deal-history.ts';
import { abandonDeal, moveDeal } from './deal-stages.ts';
import { keyOf } from './rows.ts';

describe('deals', () => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await crmGround();
  });

  const deal = async (values: object = {}) =>
    (await dataApi.create(ground.ours, 'Deal', { title: 'Elm Street', value: '100', ...values })).id;
  const read = (id: string) => ground.ours.deal.findUniqueOrThrow({ where: keyOf(ground.ours, id) });

  describe('moved to another stage', () => {
    it('take status, probability and day of closing with them, there and back', async () => {
      const id = await deal({ stage: 'CLOSING' });
      expect(await read(id)).toMatchObject({ status: 'ACTIVE', probability: 90 });
      const won = await moveDeal(ground.ours, id, { stage: 'CLOSED_WON', actualCloseDate: '2026-01-31' });
      expect(won).toMatchObject({ status: 'WON', probability: 100, actualCloseDate: new Date('2026-01-31') });
      const reopened = await moveDeal(ground.ours, id, { stage: 'NEGOTIATION' });
      expect(reopened).toMatchObject({ status: 'ACTIVE', probability: 65, actualCloseDate: null });
      const lost = await moveDeal(ground.ours, id, { stage: 'CLOSED_LOST', lostReason: 'Stayed' });
      expect(lost).toMatchObject({ status: 'LOST', probability: 0, lostReason: 'Stayed' });
      expect(lost.actualCloseDate).not.toBeNull();
      const again = await moveDeal(ground.ours, id, { stage: 'LEAD', probability: 33 });
      expect(again).toMatchObject({ status: 'ACTIVE', probability: 33, lostReason: null });
    });

    it('have a history that begins where they began and names who moved them', async () => {
      const agent = await ground.agent();
      const id = await deal();
      await moveDeal(ground.as(agent), id, { stage: 'PROPOSAL' });
      await moveDeal(ground.ours, id, { stage: 'CLOSED_WON' });
      expect(await dealHistory(ground.ours, id)).toMatchObject([
        { from: null, to: 'LEAD', byId: null },
        { from: 'LEAD', to: 'PROPOSAL', byId: agent, probability: 50 },
        { from: 'PROPOSAL', to: 'CLOSED_WON', byId: ground.our.owner, probability: 100 },
      ]);
      await expect(dealHistory(ground.theirs, id)).rejects.toMatchObject({ kind: 'missing' });
    });

    it('to where they are change nothing and leave no trace', async () => {
      const id = await deal({ stage: 'CLOSED_LOST', lostReason: 'Stayed' });
      const before = await read(id);
      expect(await moveDeal(ground.ours, id, { stage: 'CLOSED_LOST', lostReason: 'Other' })).toEqual(before);
      expect(await dealHistory(ground.ours, id)).toHaveLength(1);
    });

    it('at once go one after the other, and whoever expected another stage is told', async () => {
      const id = await deal();
      const to = ['QUALIFIED', 'PROPOSAL', 'NEGOTIATION', 'CLOSING'] as const;
      const moves = to.map((stage) => moveDeal(ground.ours, id, { stage, expectedStage: 'LEAD' }));
      const settled = await Promise.allSettled(moves);
      const refused = settled.filter((s) => s.status === 'rejected').map((s) => s.reason);
      expect(refused.map((r) => r.code)).toEqual(Array(3).fill('DEAL_MOVED'));
      expect(refused[0].message).toContain((await read(id)).stage);
    });

    it('at once without expectation make one unbroken history', async () => {
      const id = await deal();
      const to = ['QUALIFIED', 'PROPOSAL', 'NEGOTIATION', 'CLOSING', 'QUALIFIED', 'PROPOSAL'] as const;
      await Promise.all(to.map((stage) => moveDeal(ground.ours, id, { stage })));
      const history = await dealHistory(ground.ours, id);
      for (const [i, entry] of history.entries()) if (i > 0) expect(entry.from).toBe(history[i - 1]!.to);
      expect(history.at(-1)!.to).toBe((await read(id)).stage);
    });

    it.each([
      ['LEAD', { stage: 'CLOSED_WON' }, 'MOVE_NOT_ALLOWED'],
      ['CLOSED_LOST', { stage: 'CLOSED_WON' }, 'MOVE_NOT_ALLOWED'],
      ['CLOSED_WON', { stage: 'LEAD' }, 'MOVE_NOT_ALLOWED'],
      ['CLOSING', { stage: 'CLOSED_LOST' }, 'LOST_REASON_MISSING'],
      ['CLOSING', { stage: 'CLOSED_WON', lostReason: 'x' }, 'LOST_REASON_UNFIT'],
      ['CLOSING', { stage: 'CLOSED_WON', actualCloseDate: '2999-01-01' }, 'CLOSE_DATE_UNFIT'],
      ['CLOSING', { stage: 'LEAD', actualCloseDate: '2026-01-01' }, 'CLOSE_DATE_UNFIT'],
    ] as const)('from %s by %j is refused: %s', async (stage, move, code) => {
      const id = await deal({ stage, ...(stage === 'CLOSED_LOST' ? { lostReason: 'Stayed' } : {}) });
      await expect(moveDeal(ground.ours, id, move)).rejects.toMatchObject({ code });
      expect((await read(id)).stage).toBe(stage);
    });

    it('are missing to another organization, and refused when archived', async () => {
      const id = await deal();
      await expect(moveDeal(ground.theirs, id, { stage: 'PROPOSAL' })).rejects.toMatchObject({
        kind: 'missing',
      });
      await archiveRecord(ground.ours, 'deal', id);
      await expect(moveDeal(ground.ours, id, { stage: 'PROPOSAL' })).rejects.toMatchObject({
        code: 'RECORD_ARCHIVED',
      });
      await unarchiveRecord(ground.ours, 'deal', id, plan);
      expect(await moveDeal(ground.ours, id, { stage: 'PROPOSAL' })).toMatchObject({ stage: 'PROPOSAL' });
    });
  });

  it('that are abandoned keep their stage and are taken up again by a move', async () => {
    const id = await deal({ stage: 'PROPOSAL' });
    expect(await abandonDeal(ground.ours, id, 'No answer')).toMatchObject({
      status: 'ABANDONED',
      lostReason: 'No answer',
    });
    expect(await moveDeal(ground.ours, id, { stage: 'PROPOSAL' })).toMatchObject({
      status: 'ACTIVE',
      lostReason: null,
    });
    await moveDeal(ground.ours, id, { stage: 'CLOSED_WON' });
    await expect(abandonDeal(ground.ours, id)).rejects.toMatchObject({ code: 'DEAL_CLOSED' });
  });

  describe('through the data API', () => {
    it('do not change stage, status, day of closing or reason, but may repeat them', async () => {
      const id = await deal();
      const change = (changes: Record<string, unknown>) => dataApi.update(ground.ours, 'Deal', id, changes);
      for (const [field, value] of Object.entries({
        stage: 'PROPOSAL',
        status: 'ABANDONED',
        actualCloseDate: '2026-01-01',
        lostReason: 'x',
      })) {
        await expect(change({ [field]: value })).rejects.toMatchObject({
          code: 'FIELD_CLOSED',
          fields: [{ field }],
        });
      }
      const same = { stage: 'LEAD', status: 'ACTIVE', actualCloseDate: null, title: 'Oak Street' };
      expect(await change(same)).toMatchObject({ title: 'Oak Street' });
    });

    it('are imported in any stage, with what follows from it', async () => {
      const won = await read(
        await deal({ stage: 'CLOSED_WON', actualCloseDate: '2024-05-01', probability: 10 }),
      );
      expect(won).toMatchObject({ status: 'WON', probability: 100, actualCloseDate: new Date('2024-05-01') });
      await expect(deal({ stage: 'PROPOSAL', status: 'WON' })).rejects.toMatchObject({
        code: 'STATUS_UNFIT',
      });
      await expect(deal({ lostReason: 'x' })).rejects.toMatchObject({ code: 'LOST_REASON_UNFIT' });
    });

    it('refer to live records of their own organization', async () => {
      const foreign = await dataApi.create(ground.theirs, 'Contact', { name: 'Theirs' });
      await expect(deal({ contactId: foreign.id })).rejects.toMatchObject({ code: 'REFERENCE_MISSING' });
      const old = await dataApi.create(ground.ours, 'Contact', { name: 'Old' });
      await archiveRecord(ground.ours, 'contact', old.id);
      await expect(deal({ contactId: old.id })).rejects.toMatchObject({ code: 'RECORD_ARCHIVED' });
    });

    it('lose no history: entries stay, and a deal that has some is not deleted', async () => {
      const id = await deal();
      await moveDeal(ground.ours, id, { stage: 'PROPOSAL' });
      const [entry] = await ground.ours.activity.findMany({ where: { dealId: id } });
      const fails = { code: 'ACTIVITY_RECORDED' };
      await expect(dataApi.update(ground.ours, 'Activity', entry!.id, { title: 'x' })).rejects.toMatchObject(
        fails,
      );
      await expect(dataApi.remove(ground.ours, 'Activity', entry!.id)).rejects.toMatchObject(fails);
      const forged = { type: 'NOTE', title: 'x', dealId: id, outcome: entry!.outcome };
      await expect(dataApi.create(ground.ours, 'Activity', forged)).rejects.toMatchObject(fails);
      await expect(dataApi.remove(ground.ours, 'Deal', id)).rejects.toMatchObject({ code: 'RECORD_IN_USE' });
    });
  });
});
