import { z } from 'zod';
import { job } from '../../queue/index.ts';
import { PUBLISH_JOB, publishDue, publishScheduled } from './publishing.ts';

const publication = z.object({
  contentId: z.guid(),
  instant: z.iso.datetime(),
  at: z.string(),
  timezone: z.string(),
});

export const jobs = [
  job({
    name: PUBLISH_JOB,
    input: publication,
    work: async ({ db, input }) => ({
      published: await publishScheduled(db, {
        contentId: input.contentId,
        instant: new Date(input.instant),
      }),
    }),
  }),
  job({
    name: 'content.publish-due',
    input: z.unknown(),
    // Seldom: it is for what the job of a schedule could not do.
    schedule: { cron: '5 * * * *' },
    work: async ({ db, signal }) => ({ published: await publishDue(db, new Date(), signal) }),
  }),
];
