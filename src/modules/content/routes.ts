import { type AnyRoute, recordOf, route, z } from '../../http/index.ts';
import { reviseContent } from './pieces.ts';
import { scheduleContent, takeStep } from './publishing.ts';
import { STEPS, type StepName } from './status.ts';
import { seoMeta } from './text.ts';

const params = z.object({ contentId: z.guid() });
const CONTENT_UNKNOWN = 'There is no such content.';
const CONTENT_STEP = 'The step does not follow on the present status.';

const simple = (Object.keys(STEPS) as StepName[]).filter((name) => name !== 'schedule');

const steps = simple.map((step) =>
  route({
    method: 'post',
    path: `/content/{contentId}/${step}`,
    operationId: `${step}Content`,
    summary: STEPS[step].summary,
    description: `From ${STEPS[step].from.join(', ')} to ${STEPS[step].to}.`,
    permission: STEPS[step].permission,
    params,
    answers: { 200: { description: 'The content as it is now.', schema: recordOf('Content') } },
    refusals: { CONTENT_UNKNOWN, CONTENT_STEP },
    handler: ({ db, params }) => takeStep(db, { ...params, step }),
  }),
);

const schedule = route({
  method: 'post',
  path: '/content/{contentId}/schedule',
  operationId: 'scheduleContent',
  summary: STEPS.schedule.summary,
  description:
    'Where summer time begins, a time that the clock leaves out is moved on by as much as the clock jumps; where it ' +
    'ends, a time that the clock shows twice is the first of the two. Scheduling again replaces the earlier time.',
  permission: STEPS.schedule.permission,
  params,
  body: z.strictObject({
    at: z.string().max(19).describe('On the wall clock, without offset: `2026-03-29T09:00`.'),
    timezone: z.string().max(64).optional().describe('IANA name; the organization’s unless given.'),
  }),
  answers: {
    200: {
      description: 'The content, and what the time was understood as.',
      schema: z.object({
        content: recordOf('Content'),
        clock: z.object({
          at: z.string(),
          timezone: z.string(),
          instant: z.iso.datetime(),
          adjusted: z.enum(['gap', 'overlap']).nullable(),
        }),
      }),
    },
  },
  refusals: {
    CONTENT_UNKNOWN,
    CONTENT_STEP,
    WALL_CLOCK: 'The time is not one on a wall clock.',
    TIMEZONE: 'There is no such time zone.',
    SCHEDULE_RANGE: 'The moment has passed or is more than five years ahead.',
  },
  handler: ({ db, params, body }) => scheduleContent(db, { ...params, ...body }),
});

const revise = route({
  method: 'post',
  path: '/content/{contentId}/revise',
  operationId: 'reviseContent',
  summary: 'Change approved, scheduled or published content in place',
  description: 'Redirects are not kept: addresses with a former slug lead nowhere.',
  permission: 'content:publish',
  params,
  body: z.strictObject({
    title: z.string().min(1).max(255).optional(),
    content: z.string().optional(),
    excerpt: z.string().max(1000).nullable().optional(),
    seoMeta: seoMeta.optional(),
    slug: z.string().max(255).optional(),
    breakLinks: z.boolean().default(false).describe('Needed for a new slug of published content.'),
  }),
  answers: {
    200: {
      description: 'The content, and the slug it had where it has another now.',
      schema: z.object({ content: recordOf('Content'), formerSlug: z.string().nullable() }),
    },
  },
  refusals: {
    CONTENT_UNKNOWN,
    NOT_SETTLED: 'It is not approved; change it like any other record.',
    LINKS_WOULD_BREAK: 'It is published and has another slug.',
    SLUG_TAKEN: 'Other content has this slug.',
    SLUG_FORMAT: 'A slug is of a-z, 0-9 and single hyphens.',
    SEO_META: 'The metadata has another shape.',
    CONTENT_TOO_LARGE: 'The text is longer than 1 MiB.',
  },
  handler: ({ db, params, body }) =>
    reviseContent(db, { ...params, ...body } as Parameters<typeof reviseContent>[1]),
});

export const routes: readonly AnyRoute[] = [...steps, schedule, revise];
