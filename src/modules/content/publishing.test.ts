import { beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/support/database.ts';
import { whenEnded, workerOn } from '../../../test/support/jobs.ts';
import { type Offices, offices, refusal } from '../../../test/support/offices.ts';
import { tenancyOn } from '../../../test/support/tenancy.ts';
import { jobs as contentJobs } from './jobs.ts';
import { createContent } from './pieces.ts';
import { PUBLISH_JOB, publishDue, publishScheduled, scheduleContent, takeStep } from './publishing.ts';
import { STEPS, type StepName } from './status.ts';

const db = await freshDatabase();
const tenancy = tenancyOn(db);
let here: Offices;

beforeAll(async () => {
  here = await offices(db, tenancy);
});

const now = new Date('2026-03-01T00:00:00Z');
const draft = async () =>
  (await createContent(here.ours, { title: 'Letter', content: 'Text', contentType: 'NEWSLETTER' })).id;
const step = (contentId: string, name: Exclude<StepName, 'schedule'>) =>
  takeStep(here.ours, { contentId, step: name });
const approved = async () => {
  const id = await draft();
  await step(id, 'submit');
  await step(id, 'approve');
  return id;
};
const schedule = (contentId: string, at: string, timezone?: string) =>
  scheduleContent(here.ours, { contentId, at, timezone, now });
const read = (id: string) => here.ours.content.findFirstOrThrow({ where: { id } });
const notes = async (id: string) => {
  const { rowCount } = await db.platform.query('SELECT FROM notifications WHERE entity_id = $1', [id]);
  return rowCount;
};
const jobs = async (id: string) => {
  const runs = await here.ours.$queryRaw<{ input: { contentId: string; at: string }; run_at: Date }[]>`
    SELECT run.run_at, one.input FROM app.my_jobs(NULL, ${PUBLISH_JOB}, NULL, 100) AS run
    CROSS JOIN LATERAL app.my_job(run.id) AS one`;
  return runs
    .filter((run) => run.input.contentId === id)
    .map((run) => [run.input.at, run.run_at.toISOString()]);
};

describe('the life of content', () => {
  test('takes the steps of its table and no other', async () => {
    const names = (Object.keys(STEPS) as StepName[]).filter((name) => name !== 'schedule');
    const ways: Record<string, Exclude<StepName, 'schedule'>[]> = {
      DRAFT: [],
      REVIEW: ['submit'],
      APPROVED: ['submit', 'approve'],
      PUBLISHED: ['submit', 'approve', 'publish'],
      ARCHIVED: ['archive'],
    };
    for (const [status, way] of Object.entries(ways))
      for (const name of names) {
        const id = await draft();
        for (const before of way) await step(id, before);
        const from: readonly string[] = STEPS[name].from;
        const fits = from.includes(status) || STEPS[name].to === status;
        if (fits) expect((await step(id, name)).status).toBe(STEPS[name].to);
        else expect(await refusal(step(id, name))).toBe('CONTENT_STEP');
      }
  });

  test('keeps the first moment of publication', async () => {
    const id = await approved();
    const { publishedAt } = await step(id, 'publish');
    expect(publishedAt).toBeInstanceOf(Date);
    await step(id, 'unpublish');
    expect((await step(id, 'publish')).publishedAt).toEqual(publishedAt);
  });

  test('is published once by two at the same time', async () => {
    const id = await approved();
    const both = await Promise.all([
      step(id, 'publish'),
      takeStep(here.colleagues, { contentId: id, step: 'publish' }),
    ]);
    expect(both[0]).toEqual(both[1]);
  });
});

describe('a schedule', () => {
  test('is the wall clock of the zone, kept as it was meant, with a job for that moment', async () => {
    const id = await approved();
    const { content, clock } = await schedule(id, '2026-03-29T02:30', 'Europe/Berlin');
    expect(content).toMatchObject({ status: 'SCHEDULED', scheduledAt: new Date('2026-03-29T01:30:00Z') });
    expect(clock).toMatchObject({ at: '2026-03-29T02:30', timezone: 'Europe/Berlin', adjusted: 'gap' });
    await schedule(id, '2026-03-29T02:30', 'Europe/Berlin');
    expect(await jobs(id)).toEqual([['2026-03-29T02:30', '2026-03-29T01:30:00.000Z']]);
  });

  test('is in the zone of the organization unless told', async () => {
    await here.ours.organization.updateMany({ data: { settings: { timezone: 'America/Denver' } } });
    const { clock } = await schedule(await approved(), '2026-06-01T08:00');
    expect(clock.instant.toISOString()).toBe('2026-06-01T14:00:00.000Z');
  });

  test('is of approved content, ahead, and within five years', async () => {
    expect(await refusal(schedule(await draft(), '2026-06-01T08:00'))).toBe('CONTENT_STEP');
    const id = await approved();
    expect(await refusal(schedule(id, '2026-02-28T08:00', 'UTC'))).toBe('SCHEDULE_RANGE');
    expect(await refusal(schedule(id, '2031-06-01T08:00', 'UTC'))).toBe('SCHEDULE_RANGE');
    expect(await refusal(scheduleContent(here.theirs, { contentId: id, at: '2026-06-01T08:00', now }))).toBe(
      'CONTENT_UNKNOWN',
    );
  });

  test('leaves neither status nor job behind when its transaction fails', async () => {
    const id = await approved();
    const failing = here.ours.$transaction(async (tx) => {
      await scheduleContent(tx as never, { contentId: id, at: '2026-06-01T08:00', now });
      throw new Error('half');
    });
    await expect(failing).rejects.toThrow('half');
    expect([(await read(id)).status, await jobs(id)]).toEqual(['APPROVED', []]);
  });
});

describe('a scheduled publication', () => {
  const instant = new Date('2026-06-01T08:00:00Z');
  const scheduled = async () => {
    const id = await approved();
    await schedule(id, '2026-06-01T08:00', 'UTC');
    return id;
  };
  const run = (contentId: string, at = instant, moment = instant) =>
    publishScheduled(here.system, { contentId, instant: at, now: moment });

  test('happens exactly once, however often its job runs', async () => {
    const id = await scheduled();
    const runs = await Promise.all([run(id), run(id), run(id)]);
    expect(runs.filter(Boolean)).toHaveLength(1);
    expect(await run(id)).toBe(false);
    expect(await read(id)).toMatchObject({ status: 'PUBLISHED', publishedAt: instant, scheduledAt: null });
    expect(await notes(id)).toBe(1);
  });

  test('not before its time', async () => {
    const id = await scheduled();
    expect(await run(id, instant, new Date(instant.getTime() - 1))).toBe(false);
    expect((await read(id)).status).toBe('SCHEDULED');
  });

  test('of an earlier schedule does not happen, the new one does', async () => {
    const id = await scheduled();
    await schedule(id, '2026-06-02T08:00', 'UTC');
    const later = new Date('2026-06-02T08:00:00Z');
    expect(await run(id, instant, later)).toBe(false);
    expect(await run(id, later, later)).toBe(true);
  });

  test('does not happen to what was taken back, or is gone', async () => {
    const id = await scheduled();
    await step(id, 'unpublish');
    expect(await read(id)).toMatchObject({ status: 'APPROVED', scheduledAt: null });
    expect(await run(id)).toBe(false);
    await step(id, 'archive');
    await here.ours.content.deleteMany({ where: { id } });
    expect(await run(id)).toBe(false);
  });

  test('and taking it back at the same time leave one of the two, not a mixture', async () => {
    const id = await scheduled();
    const [done] = await Promise.all([run(id), step(id, 'unpublish')]);
    const { status, publishedAt } = await read(id);
    // Whichever came second: unpublish follows on a publication, a publication does not follow on unpublish.
    expect([status, publishedAt !== null]).toEqual(['APPROVED', done]);
  });

  test('that its own job missed is caught up', async () => {
    await publishDue(here.system, instant);
    const [a, b] = [await scheduled(), await scheduled()];
    expect(await publishDue(here.theirs, instant)).toBe(0);
    const both = await Promise.all([1, 2].map(() => publishDue(here.system, instant)));
    expect(both[0]! + both[1]!).toBe(2);
    expect([(await read(a)).status, (await read(b)).status]).toEqual(['PUBLISHED', 'PUBLISHED']);
  });
});

test('a worker publishes what is due by its job, after which the schedule has nothing to do', async () => {
  const id = await approved();
  await schedule(id, '2026-03-02T08:00', 'UTC');
  await workerOn(db, { jobs: contentJobs });
  const { rows } = await db.platform.query(
    "SELECT id FROM queue.runs WHERE name = $1 AND input ->> 'contentId' = $2",
    [PUBLISH_JOB, id],
  );
  expect(await whenEnded(db, rows[0].id)).toMatchObject({ status: 'SUCCEEDED', result: { published: true } });
  expect(await read(id)).toMatchObject({ status: 'PUBLISHED', scheduledAt: null });
  expect(await notes(id)).toBe(1);
});
