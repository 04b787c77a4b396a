import { recordOf, route, z } from '../../../http/index.ts';
import { dealBoard } from '../deal-board.ts';
import { dealForecast } from '../deal-forecast.ts';
import { dealHistory } from '../deal-history.ts';
import { abandonDeal, moveDeal } from '../deal-stages.ts';
import { day, stage, sums, uuid } from './answers.ts';

const params = z.object({ dealId: uuid });
const month = z.string().regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/);

export const dealRoutes = [
  route({
    method: 'post',
    path: '/deals/{dealId}/stage',
    operationId: 'moveDeal',
    summary: 'Move a deal to another stage',
    description:
      'Status, probability and day of closing follow, and the move is written into the history. The stage it is in ' +
      'already changes nothing. `expectedStage` refuses where somebody else moved it meanwhile.',
    permission: 'crm:write',
    params,
    body: z.strictObject({
      stage,
      lostReason: z.string().trim().min(1).max(500).optional(),
      actualCloseDate: day.optional(),
      probability: z.int().min(0).max(100).optional(),
      expectedStage: stage.optional(),
    }),
    answers: { 200: { description: 'The deal', schema: recordOf('Deal') } },
    refusals: {
      DEAL_MOVED: 'Somebody moved the deal meanwhile.',
      MOVE_NOT_ALLOWED: 'The stage does not follow the one it is in.',
      LOST_REASON_MISSING: 'A lost deal needs the reason.',
      LOST_REASON_UNFIT: 'Only a lost deal has a reason for it.',
      CLOSE_DATE_UNFIT: 'The day of closing is yet to come, or the stage is open.',
      RECORD_ARCHIVED: 'The deal is archived.',
    },
    handler: ({ db, params: { dealId }, body }) => moveDeal(db, dealId, body),
  }),
  route({
    method: 'post',
    path: '/deals/{dealId}/abandon',
    operationId: 'abandonDeal',
    summary: 'Give a deal up without an outcome',
    description:
      'It leaves board and forecast and keeps its stage; moving it to an open stage takes it up again.',
    permission: 'crm:write',
    params,
    body: z.strictObject({ reason: z.string().trim().min(1).max(500).optional() }),
    answers: { 200: { description: 'The deal', schema: recordOf('Deal') } },
    refusals: { DEAL_CLOSED: 'The deal is won or lost.', RECORD_ARCHIVED: 'The deal is archived.' },
    handler: ({ db, params: { dealId }, body }) => abandonDeal(db, dealId, body.reason),
  }),
  route({
    method: 'get',
    path: '/deals/{dealId}/history',
    operationId: 'dealHistory',
    summary: 'Stages that a deal went through',
    permission: 'crm:read',
    params,
    answers: {
      200: {
        description: 'Oldest first; the first entry is where the deal began',
        schema: z.object({
          stages: z.array(
            z.object({
              from: stage.nullable(),
              to: stage,
              at: z.string(),
              byId: uuid.nullable(),
              probability: z.int().nullable(),
              secondsInStage: z.int(),
            }),
          ),
        }),
      },
    },
    handler: async ({ db, params: { dealId } }) => ({ stages: await dealHistory(db, dealId) }),
  }),
  route({
    method: 'get',
    path: '/deals/board',
    operationId: 'dealBoard',
    summary: 'The pipeline by stage',
    description:
      'Open deals and those that closed lately, with sums per currency and the first cards of each stage.',
    permission: 'crm:read',
    query: z.object({
      assignedToId: uuid.optional(),
      cards: z.coerce.number().int().min(0).max(100).default(10),
      closedDays: z.coerce.number().int().min(0).max(366).default(30),
    }),
    answers: {
      200: {
        description: 'Every stage, also the empty ones',
        schema: z.object({
          stages: z.array(
            z.object({
              stage,
              count: z.int(),
              sums,
              deals: z.array(
                z.object({
                  id: uuid,
                  title: z.string(),
                  value: z.string(),
                  currency: z.string(),
                  probability: z.int(),
                  expectedCloseDate: z.string().nullable(),
                  assignedToId: uuid.nullable(),
                  contactId: uuid.nullable(),
                }),
              ),
            }),
          ),
        }),
      },
    },
    handler: async ({ db, query }) => ({ stages: await dealBoard(db, query) }),
  }),
  route({
    method: 'get',
    path: '/deals/forecast',
    operationId: 'dealForecast',
    summary: 'What the pipeline brings by month',
    description:
      'Open deals by the month they are expected in, beside those won; this month and five more unless told.',
    permission: 'crm:read',
    query: z.object({ from: month.optional(), to: month.optional(), assignedToId: uuid.optional() }),
    answers: {
      200: {
        description: 'Months, and what lies outside of them',
        schema: z.object({
          months: z.array(z.object({ month: z.string(), open: sums, won: sums })),
          overdue: sums,
          later: sums,
          undated: sums,
        }),
      },
    },
    refusals: { SPAN_UNFIT: 'The span is longer than 36 months, or ends before it begins.' },
    handler: ({ db, query }) => dealForecast(db, query),
  }),
];
