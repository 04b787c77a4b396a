import { route, z } from '../../http/index.ts';
import { cancelRun, getRun, listRuns, RUN_STATUSES, type Run, retryRun } from './runs.ts';

const id = z.uuid().describe('Id of a run');
const params = z.object({ jobId: id });
const time = z.iso.datetime();

const run = z.object({
  id,
  userId: z.uuid().nullable().describe('Who asked for it; null for what the system does'),
  name: z.string().describe('Which job, `<module>.<verb>`'),
  status: z.enum(RUN_STATUSES).describe('FAILED is a dead letter: no attempt is left; it can be retried'),
  progress: z.number().min(0).max(1),
  message: z.string().nullable().describe('What it is at'),
  error: z.string().nullable().describe('What went wrong at the last attempt'),
  attempt: z.int().min(0),
  maxAttempts: z.int().min(1),
  runAt: time,
  createdAt: time,
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
});

const wholeRun = run.extend({
  input: z.unknown().describe('What it was given; null unless you asked for it or are owner or admin'),
  result: z.unknown().describe('What it answered; null as `input` is'),
});

/** As the reply shows it: times in RFC 3339. */
function shown<R extends Run>(r: R) {
  return {
    ...r,
    runAt: r.runAt.toISOString(),
    createdAt: r.createdAt.toISOString(),
    startedAt: r.startedAt?.toISOString() ?? null,
    finishedAt: r.finishedAt?.toISOString() ?? null,
  };
}

const missing = { JOB_MISSING: 'There is no such run in the organization.' };

export const listJobs = route({
  method: 'get',
  path: '/jobs',
  operationId: 'listJobs',
  summary: 'Runs of background jobs, newest first',
  permission: 'jobs:read',
  query: z.strictObject({
    status: z.enum(RUN_STATUSES).optional(),
    name: z.string().min(1).max(100).optional(),
    before: id.optional().describe('Runs older than this one: `next` of the page before'),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  answers: {
    200: {
      description: 'A page of runs',
      schema: z.object({
        items: z.array(run),
        next: z.uuid().nullable().describe('`before` of the next page'),
      }),
    },
  },
  handler: async ({ db, query }) => {
    const { limit } = query;
    const found = await listRuns(db, { ...query, limit });
    return { items: found.map(shown), next: found.length === limit ? found.at(-1)!.id : null };
  },
});

export const getJob = route({
  method: 'get',
  path: '/jobs/{jobId}',
  operationId: 'getJob',
  summary: 'One run of a background job',
  permission: 'jobs:read',
  params,
  answers: { 200: { description: 'The run', schema: wholeRun } },
  refusals: missing,
  handler: async ({ db, params }) => shown(await getRun(db, params.jobId)),
});

export const retryJob = route({
  method: 'post',
  path: '/jobs/{jobId}/retry',
  operationId: 'retryJob',
  summary: 'Puts a run that failed or was cancelled back into the queue',
  description: 'It has all its attempts again. A run that waits or runs already stays as it is.',
  permission: 'jobs:retry',
  params,
  answers: { 200: { description: 'The run as it is now', schema: wholeRun } },
  refusals: {
    ...missing,
    JOB_SUCCEEDED: 'The run has succeeded.',
    JOB_UNDER_WAY: 'Another run does the same work.',
  },
  handler: async ({ db, params }) => shown(await retryRun(db, params.jobId)),
});

export const cancelJob = route({
  method: 'post',
  path: '/jobs/{jobId}/cancel',
  operationId: 'cancelJob',
  summary: 'Cancels a run that has not ended',
  description:
    'What runs is told to end; what it has done already stays done. A cancelled run stays as it is.',
  permission: 'jobs:retry',
  params,
  answers: { 200: { description: 'The run as it is now', schema: wholeRun } },
  refusals: { ...missing, JOB_ENDED: 'The run has succeeded or failed.' },
  handler: async ({ db, params }) => shown(await cancelRun(db, params.jobId)),
});
