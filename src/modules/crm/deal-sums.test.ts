import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { crmGround, dataApi, type Ground } from '../../../test/support/crm.ts';
import { testServers } from '../../../test/support/server.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { archiveRecord } from './archive.ts';
import { dealBoard, type Sums } from './deal-board.ts';
import { dealForecast } from './deal-forecast.ts';
import { abandonDeal } from './deal-stages.ts';

const totals = (sums: readonly Sums[], of: 'value' | 'weighted' = 'value') => {
  const by: Record<string, string> = {};
  for (const s of sums) by[s.currency] = new Prisma.Decimal(by[s.currency] ?? 0).add(s[of]).toFixed(2);
  return by;
};

describe.each(testServers())('sums of deals on PostgreSQL $version', (server) => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await crmGround(server);
  });

  it('stand on the board by stage and currency, with the first cards of each', async () => {
    const db = await ground.fresh();
    const deal = (title: string, values: object) => dataApi.create(db, 'Deal', { title, ...values });
    await deal('late', { value: '0.10', stage: 'PROPOSAL', expectedCloseDate: new Date('2027-03-01') });
    await deal('soon', { value: '0.20', stage: 'PROPOSAL', expectedCloseDate: new Date('2027-01-01') });
    await deal('euro', { value: '7.00', stage: 'PROPOSAL', currency: 'EUR' });
    await deal('won', { value: '5.00', stage: 'CLOSED_WON' });
    await deal('won long ago', { value: '5.00', stage: 'CLOSED_WON', actualCloseDate: '2020-01-01' });
    await abandonDeal(db, (await deal('abandoned', { value: '1.00' })).id);
    await archiveRecord(db, 'deal', (await deal('archived', { value: '1.00' })).id);
    const board = await dealBoard(db, { cards: 2 });
    expect(board.map((c) => [c.stage, c.count])).toEqual([
      ['LEAD', 0],
      ['QUALIFIED', 0],
      ['PROPOSAL', 3],
      ['NEGOTIATION', 0],
      ['CLOSING', 0],
      ['CLOSED_WON', 1],
      ['CLOSED_LOST', 0],
    ]);
    expect(board[2]).toMatchObject({
      sums: [
        { currency: 'EUR', count: 1, value: '7.00', weighted: '3.50' },
        { currency: 'USD', count: 2, value: '0.30', weighted: '0.15' },
      ],
      deals: [
        { title: 'soon', value: '0.20', expectedCloseDate: '2027-01-01' },
        { title: 'late', value: '0.10' },
      ],
    });
    expect((await dealBoard(db, { cards: 0 }))[2]).toMatchObject({ count: 3, deals: [] });
  });

  it('are those of one assignee where one is named, and never those of others', async () => {
    const agent = await ground.agent();
    await dealt(ground, { value: '1.00', assignedToId: agent });
    await dealt(ground, { value: '2.00' });
    await dataApi.create(ground.theirs, 'Deal', { title: 'Theirs', value: '4.00' });
    const value = async (filter = {}) =>
      totals((await dealBoard(ground.ours, filter)).flatMap((c) => c.sums)).USD;
    expect(await value({ assignedToId: agent })).toBe('1.00');
    expect(await value()).toBe('3.00');
    const { undated } = await dealForecast(ground.ours, { assignedToId: agent });
    expect(totals(undated)).toEqual({ USD: '1.00' });
  });

  it('are the same by month as altogether, per currency, wherever the deals lie', async () => {
    const deals = fc.array(
      fc.record({
        cents: fc.integer({ min: 0, max: 99_999_999_999 }),
        currency: fc.constantFrom('USD', 'EUR', 'JPY'),
        probability: fc.integer({ min: 0, max: 100 }),
        day: fc.option(
          fc.date({ min: new Date('2025-01-01'), max: new Date('2029-12-31'), noInvalidDate: true }),
          {
            nil: null,
          },
        ),
      }),
      { maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(deals, async (given) => {
        const db = await ground.fresh();
        await db.deal.createMany({
          data: given.map(({ cents, currency, probability, day }) => ({
            title: 'Deal',
            value: new Prisma.Decimal(cents).div(100),
            currency,
            probability,
            expectedCloseDate: day,
          })),
        });
        const forecast = await dealForecast(db, { from: '2026-01', to: '2028-12' });
        expect(forecast.months).toHaveLength(36);
        const all = [
          ...forecast.months.flatMap((m) => m.open),
          ...forecast.overdue,
          ...forecast.later,
          ...forecast.undated,
        ];
        const expected = given.map((d) => ({
          currency: d.currency,
          count: 1,
          value: new Prisma.Decimal(d.cents).div(100).toFixed(2),
          weighted: '0',
        }));
        expect(totals(all)).toEqual(totals(expected));
        expect(totals((await dealBoard(db)).flatMap((c) => c.sums))).toEqual(totals(expected));
        expect(all.reduce((n, s) => n + s.count, 0)).toBe(given.length);
      }),
      { numRuns: 12 },
    );
  });

  it('stand in the month of closing once they are won', async () => {
    const db = await ground.fresh();
    const values = {
      stage: 'CLOSED_WON',
      expectedCloseDate: new Date('2026-03-01'),
      actualCloseDate: '2026-02-28',
    };
    await dataApi.create(db, 'Deal', { title: 'Won', value: '9.00', ...values });
    const { months } = await dealForecast(db, { from: '2026-02', to: '2026-03' });
    expect(months).toMatchObject([
      { month: '2026-02', open: [], won: [{ value: '9.00', weighted: '9.00' }] },
      { month: '2026-03', open: [], won: [] },
    ]);
  });

  it('begin with this month where the organization works, and refuse a span without end', async () => {
    const db = await ground.fresh();
    expect((await dealForecast(db)).months).toHaveLength(6);
    await expect(dealForecast(db, { from: '2026-01', to: '2030-01' })).rejects.toMatchObject({
      code: 'SPAN_UNFIT',
    });
    await expect(dealForecast(db, { from: '2026-02', to: '2026-01' })).rejects.toMatchObject({
      code: 'SPAN_UNFIT',
    });
  });
});

const dealt = (ground: Ground, values: object) =>
  dataApi.create(ground.ours, 'Deal', { title: 'Deal', ...values });
