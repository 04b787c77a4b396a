import { route, z } from '../../http/index.ts';
import { activityPage } from './activity.ts';
import { dayIn } from './calendar.ts';
import { id, moment, pageSchema, paging } from './route-shapes.ts';
import { usageSums } from './usage.ts';

const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/);

const entry = z.object({
  id,
  organizationId: id,
  userId: id.nullable(),
  actorName: z.string().nullable(),
  action: z.string(),
  resourceType: z.string(),
  resourceId: id.nullable(),
  oldData: z.record(z.string(), z.unknown()).nullable(),
  newData: z.record(z.string(), z.unknown()).nullable(),
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: z.iso.datetime(),
});

const usage = z.object({
  month,
  resourceType: z.enum(['AI_TOKENS', 'API_CALLS', 'STORAGE', 'SEATS']),
  resourceName: z.string(),
  amount: z.string().describe('A whole number of tokens, calls, bytes or seats.'),
});

export const recordRoutes = [
  route({
    method: 'get',
    path: '/usage',
    operationId: 'getUsage',
    summary: 'Metered use by month and resource',
    description: 'Months are calendar months in UTC. Without a range: this month and the eleven before.',
    permission: 'workspace:read',
    query: z.object({ from: month.optional(), to: month.optional() }),
    answers: { 200: { description: 'Newest month first.', schema: z.object({ items: z.array(usage) }) } },
    refusals: { USAGE_RANGE: 'The range is empty or longer than 36 months.' },
    handler: async ({ db, query }) => {
      const to = query.to ?? dayIn('UTC', new Date()).slice(0, 7);
      return { items: await usageSums(db, { from: query.from ?? elevenBefore(to), to }) };
    },
  }),
  route({
    method: 'get',
    path: '/activity',
    operationId: 'readActivityLog',
    summary: 'Who changed what, newest first',
    permission: 'activity:read',
    feature: 'activityLog',
    query: z.object({
      ...paging,
      resourceType: z.string().min(1).max(100).optional(),
      resourceId: id.optional(),
      userId: id.optional(),
      from: moment.optional(),
      to: moment.optional().describe('Before this moment.'),
    }),
    answers: { 200: { description: 'A page.', schema: pageSchema(entry) } },
    refusals: { CURSOR_INVALID: 'The cursor is not one that a page gave.' },
    handler: ({ db, query }) => activityPage(db, query),
  }),
];

function elevenBefore(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 12, 1)).toISOString().slice(0, 7);
}
