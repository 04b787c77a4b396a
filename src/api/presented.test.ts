import { expect, it } from 'vitest';
import { root } from '../../test/support/keys.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { recordOf, z } from '../http/index.ts';
import { readGenerated } from '../tenancy/index.ts';
import { dataApi } from './data/index.ts';
import { presenterOf } from './presented.ts';

const { boundary } = readGenerated(root);
const models = new Map([...dataApi({ boundary, rules: [] }).collections.values()].map((m) => [m.name, m]));
const deal = {
  title: 'A house',
  value: new Prisma.Decimal('450000'),
  expectedCloseDate: new Date('2026-11-25T00:00:00Z'),
  createdAt: new Date('2026-11-25T12:00:00Z'),
  lostReason: null,
};
const shown = { ...deal, value: '450000.00', expectedCloseDate: '2026-11-25' };

it('shows records wherever they stand in an answer as the data API does', () => {
  const schema = z.object({
    deal: recordOf('Deal').nullable(),
    stages: z.array(z.object({ deals: z.array(recordOf('Deal')) })),
    byId: z.record(z.string(), recordOf('Deal')).optional(),
    count: z.int(),
  });
  const answer = { deal, stages: [{ deals: [deal] }], byId: { a: deal }, count: 1 };
  expect(presenterOf(schema, models)!(answer)).toEqual({
    deal: shown,
    stages: [{ deals: [shown] }],
    byId: { a: shown },
    count: 1,
  });
  expect(presenterOf(schema, models)!({ deal: null, stages: [], count: 0 })).toEqual({
    deal: null,
    stages: [],
    count: 0,
  });
});

it('leaves answers without records to themselves', () => {
  expect(presenterOf(z.object({ count: z.int(), at: z.string().nullable() }), models)).toBeUndefined();
});
