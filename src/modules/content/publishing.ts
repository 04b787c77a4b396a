import { type Db, inTransaction } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { Content, Prisma } from '../../generated/prisma/client.ts';
import { enqueue } from '../../queue/index.ts';
import { notify, organizationZone } from '../workspace/index.ts';
import { keyOf, lockContent } from './lock.ts';
import { STEPS, type StepName, stepsFrom } from './status.ts';
import { readWallClock, type WallClock } from './wall-clock.ts';

/** What the job of a scheduled publication is given. The wall clock is kept as the person meant it. */
export interface Publication {
  readonly contentId: string;
  /** ISO 8601, UTC. The job does nothing where the content has another schedule by then. */
  readonly instant: string;
  readonly at: string;
  readonly timezone: string;
}

export const PUBLISH_JOB = 'content.publish-scheduled';

/**
 * Takes a step in the life of content. Twice, or two at once: the second finds it done and changes nothing. Half: one
 * transaction, under the lock of the content. The first moment of publication stays, whatever follows.
 * @throws Refusal `CONTENT_UNKNOWN`, `CONTENT_STEP`
 */
export function takeStep(
  db: Db,
  { contentId, step }: { readonly contentId: string; readonly step: Exclude<StepName, 'schedule'> },
): Promise<Content> {
  return inTransaction(db, async (tx) => {
    const content = await lockContent(tx, contentId);
    const { to } = STEPS[step];
    if (content.status === to) return content;
    requireStep(content, step);
    const data: Prisma.ContentUncheckedUpdateInput = { status: to, scheduledAt: null };
    if (to === 'PUBLISHED') data.publishedAt = content.publishedAt ?? new Date();
    return tx.content.update({ where: keyOf(tx, content.id), data });
  });
}

/**
 * Schedules approved content, or gives it another time. The job is put into the queue with the same commit; a job of an
 * earlier time finds that it is not meant any more. Twice with the same time: one schedule and one job.
 * @param input `at` on the wall clock of `timezone` (the organization's unless given), see {@link WallClock}
 * @throws Refusal `CONTENT_UNKNOWN`, `CONTENT_STEP`, `WALL_CLOCK`, `TIMEZONE`, `SCHEDULE_RANGE`
 */
export function scheduleContent(
  db: Db,
  input: {
    readonly contentId: string;
    readonly at: string;
    readonly timezone?: string | undefined;
    readonly now?: Date;
  },
): Promise<{ content: Content; clock: WallClock }> {
  return inTransaction(db, async (tx) => {
    const content = await lockContent(tx, input.contentId);
    requireStep(content, 'schedule');
    const clock = readWallClock(input.at, input.timezone ?? (await organizationZone(tx)));
    requireFuture(clock.instant, input.now ?? new Date());
    const contentId = content.id;
    const scheduled = await tx.content.update({
      where: keyOf(tx, contentId),
      data: { status: 'SCHEDULED', scheduledAt: clock.instant },
    });
    const instant = clock.instant.toISOString();
    const job: Publication = { contentId, instant, at: clock.at, timezone: clock.timezone };
    await enqueue(tx, PUBLISH_JOB, job, {
      runAt: clock.instant,
      dedupeKey: `${PUBLISH_JOB}:${contentId}:${instant}`,
    });
    return { content: scheduled, clock };
  });
}

/**
 * Publishes content whose time has come, and tells its author. Exactly once, however often and wherever it runs: under the
 * lock of the content, only while it is scheduled for that very moment, in one transaction.
 * @param input `instant` of the schedule that is meant; any that is due unless given
 * @returns whether this call published it
 */
export function publishScheduled(
  db: Db,
  input: { readonly contentId: string; readonly instant?: Date; readonly now?: Date },
): Promise<boolean> {
  const now = input.now ?? new Date();
  return inTransaction(db, async (tx) => {
    const content = await lockContent(tx, input.contentId).catch(goneIsNull);
    if (content?.status !== 'SCHEDULED' || !content.scheduledAt || content.scheduledAt > now) return false;
    if (input.instant && content.scheduledAt.getTime() !== input.instant.getTime()) return false;
    await tx.content.update({
      where: keyOf(tx, content.id),
      data: { status: 'PUBLISHED', publishedAt: content.publishedAt ?? now, scheduledAt: null },
    });
    await notify(tx, {
      to: content.authorId,
      kind: 'SUCCESS',
      title: 'Your content was published',
      message: content.title,
      actionUrl: `/content/${content.id}`,
      entity: { type: 'content', id: content.id },
      dedupeKey: `content-published:${content.id}:${content.scheduledAt.getTime()}`,
    });
    return true;
  });
}

/**
 * Publishes all content that is due and that its own job did not publish, e.g. because whoever scheduled it has left the
 * organization since. Each piece is a transaction of its own.
 * @returns how many were published
 */
export async function publishDue(db: Db, now = new Date(), signal?: AbortSignal): Promise<number> {
  const due = await db.content.findMany({
    where: { status: 'SCHEDULED', scheduledAt: { lte: now } },
    select: { id: true },
    orderBy: { scheduledAt: 'asc' },
  });
  let published = 0;
  for (const { id } of due) {
    signal?.throwIfAborted();
    if (await publishScheduled(db, { contentId: id, now })) published += 1;
  }
  return published;
}

function requireStep({ status }: Content, step: StepName): void {
  if ((STEPS[step].from as readonly string[]).includes(status)) return;
  throw new Refusal(
    'conflict',
    'CONTENT_STEP',
    `Content that is ${status} cannot take the step "${step}".`,
    `From ${status} it goes on by: ${stepsFrom(status).join(', ')}.`,
  );
}

/** Five years are more than anybody plans, and keep typing errors from sleeping in the queue. */
const MOST_AHEAD = 5 * 366 * 86_400_000;

function requireFuture(instant: Date, now: Date): void {
  if (instant > now && instant.getTime() - now.getTime() <= MOST_AHEAD) return;
  const message = instant > now ? 'This is more than five years ahead.' : 'This moment has passed.';
  throw new Refusal('invalid', 'SCHEDULE_RANGE', message, 'Choose a later time, or publish it now.', {
    fields: [{ field: 'at', code: 'SCHEDULE_RANGE', message }],
  });
}

/** Deleted content has no publication; its job has nothing to do. */
function goneIsNull(error: unknown): null {
  if (error instanceof Refusal && error.kind === 'missing') return null;
  throw error;
}
