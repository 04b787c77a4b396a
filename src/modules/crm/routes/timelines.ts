import { recordOf, route, z } from '../../../http/index.ts';
import { completeActivity } from '../activities.ts';
import { timelineOf } from '../record-timeline.ts';
import { idOf, moment, timelineAnswer, timelineQuery, uuid } from './answers.ts';

const timeline = (noun: 'lead' | 'contact' | 'deal', operationId: string) =>
  route({
    method: 'get',
    path: `/${noun}s/{${noun}Id}/timeline`,
    operationId,
    summary: `What happened with a ${noun}`,
    description:
      'Activities and appointments of the record and of the lead and deals it is tied to, newest first.',
    permission: 'crm:read',
    params: idOf(noun),
    query: timelineQuery,
    answers: { 200: { description: 'A page', schema: timelineAnswer } },
    refusals: { CURSOR_UNFIT: 'The cursor was not given by a page before.' },
    handler: ({ db, params, query }) => timelineOf(db, noun, params[`${noun}Id`], query),
  });

export const timelineRoutes = [
  timeline('lead', 'leadTimeline'),
  timeline('contact', 'contactTimeline'),
  timeline('deal', 'dealTimeline'),
  route({
    method: 'post',
    path: '/activities/{activityId}/complete',
    operationId: 'completeActivity',
    summary: 'Say that an activity was done',
    description: 'Calls, e-mails, meetings and showings become the last contact of lead and contact.',
    permission: 'crm:write',
    params: z.object({ activityId: uuid }),
    body: z.strictObject({
      outcome: z.string().trim().max(500).optional(),
      durationMinutes: z.int().min(0).max(100_000).optional(),
      completedAt: moment.transform((text) => new Date(text)).optional(),
    }),
    answers: { 200: { description: 'The activity', schema: recordOf('Activity') } },
    refusals: {
      COMPLETED_IN_FUTURE: 'What is completed lies in the past.',
      ACTIVITY_RECORDED: 'The entry is the history of a record.',
    },
    handler: ({ db, params, body }) => completeActivity(db, params.activityId, body),
  }),
];
