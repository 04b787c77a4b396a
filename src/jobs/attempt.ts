import type pg from 'pg';
import { LotlineError } from '../errors.ts';
import type { AnyJob, Job } from '../queue/index.ts';
import type { Settings } from './options.ts';
import { throttledProgress } from './progress.ts';
import {
  attemptKey,
  type Claimed,
  claim,
  type Ending,
  end,
  giveBack,
  tellProgress,
  tryLater,
} from './runs.ts';
import { clean, isFinal, keptJson, safeText, wrongInput } from './safe-text.ts';

/** Why an attempt is told to end. */
export type AbortReason = 'stopping' | 'cancelled' | 'timeout';

/** What the attempts of one worker have in common. */
export interface Floor {
  readonly settings: Settings;
  readonly pool: pg.Pool;
  readonly worker: string;
  readonly declared: ReadonlyMap<string, AnyJob>;
  /** Tells each running attempt to end, by its key. */
  readonly running: Map<string, (reason: AbortReason) => void>;
  /** Whether the worker stops. */
  readonly stopping: AbortSignal;
  /** Runs that this worker has in hand, from before their claim until after their end, and how often. */
  readonly held: Map<string, number>;
}

const ATTEMPTS = 8;
const TIMEOUT = 10 * 60_000;
const RESULT_BYTES = 64 * 1024;

/**
 * One attempt of a run, from its claim to its end. A run that does not wait any more is left alone. Throws only what the
 * database throws about the run itself; then the run stays RUNNING or QUEUED, and the next look over the queue finds it.
 */
export async function attempt(floor: Floor, runId: string): Promise<void> {
  const { held } = floor;
  held.set(runId, (held.get(runId) ?? 0) + 1);
  try {
    await attemptHeld(floor, runId);
  } finally {
    const left = held.get(runId)! - 1;
    if (left > 0) held.set(runId, left);
    else held.delete(runId);
  }
}

async function attemptHeld(floor: Floor, runId: string): Promise<void> {
  const { pool, settings, declared } = floor;
  const attempts = Object.fromEntries([...declared.values()].map((j) => [j.name, j.attempts ?? ATTEMPTS]));
  const run = await claim(pool, runId, floor.worker, attempts);
  if (!run) return;
  const fields = { run: run.id, job: run.name, organization: run.organizationId, attempt: run.attempt };
  const job = declared.get(run.name) as Job<unknown> | undefined;
  const obstacle = job ? obstacleOf(run) : unknown(run);
  if (obstacle || !job) {
    await end(pool, run, obstacle!);
    settings.log.warn(fields, obstacle!.error!);
    return;
  }
  const { outcome, reason } = await work(floor, run, job);
  if (outcome.ok) {
    const done = await end(pool, run, succeeded(outcome.value));
    settings.log.info(fields, done ? 'succeeded' : 'succeeded, but the run is not this worker’s any more');
  } else if (reason === 'cancelled') {
    settings.log.info(fields, 'cancelled');
  } else if (reason === 'stopping') {
    await giveBack(pool, run);
    settings.log.info(fields, 'given back to the queue');
  } else {
    const { error } = outcome;
    const text = safeText(error);
    if (run.attempt >= run.maxAttempts || isFinal(error))
      await end(pool, run, { status: 'FAILED', error: text });
    else await tryLater(pool, run, text, settings.pause(run.attempt));
    settings.log.error({ ...fields, err: error }, `failed (attempt ${run.attempt} of ${run.maxAttempts})`);
  }
}

type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: unknown };

/** Runs the job's work until it has ended, or until it was told to and did not in time. */
async function work(
  { settings, pool, running, stopping }: Floor,
  run: Claimed,
  job: Job<unknown>,
): Promise<{ outcome: Outcome; reason: AbortReason | undefined }> {
  const controller = new AbortController();
  let reason: AbortReason | undefined;
  let giveUp: NodeJS.Timeout | undefined;
  const deserted = Promise.withResolvers<Outcome>();
  const abort = (why: AbortReason) => {
    if (reason) return;
    reason = why;
    const error = ABORTED[why](job);
    const patience = why === 'stopping' ? settings.stopWithin : settings.abortWithin;
    giveUp = setTimeout(() => deserted.resolve({ ok: false, error }), patience);
    controller.abort(error);
  };
  const key = attemptKey(run);
  running.set(key, abort);
  // Claimed while the worker was told to stop, too late to be told itself.
  if (stopping.aborted) abort('stopping');
  const timer = setTimeout(() => abort('timeout'), job.timeout ?? TIMEOUT);
  const progress = throttledProgress(
    async (done, message) => {
      if (!(await tellProgress(pool, run, done, message && clean(message)))) abort('cancelled');
    },
    (error) => settings.log.warn({ run: run.id, err: error }, 'its progress could not be written'),
  );
  const begun = (async (): Promise<Outcome> => {
    try {
      const db = settings.tenancy.for({
        organizationId: run.organizationId,
        ...(run.userId ? { userId: run.userId, role: run.role! } : {}),
      });
      const input = await job.input.safeParseAsync(run.input);
      if (!input.success) throw wrongInput(run.name, input.error);
      const call = {
        db,
        input: input.data,
        attempt: run.attempt,
        progress: progress.tell,
        signal: controller.signal,
      };
      return { ok: true, value: await job.work(call) };
    } catch (error) {
      return { ok: false, error: reason === 'timeout' ? controller.signal.reason : error };
    }
  })();
  try {
    return { outcome: await Promise.race([begun, deserted.promise]), reason };
  } finally {
    clearTimeout(timer);
    clearTimeout(giveUp);
    running.delete(key);
    await progress.stop();
  }
}

const ABORTED: Record<AbortReason, (job: Job<unknown>) => LotlineError> = {
  stopping: () => new LotlineError('JOB_STOPPED', 'The worker stops.', 'The job is tried again.'),
  cancelled: () => new LotlineError('JOB_CANCELLED', 'The run was cancelled.', 'End; nothing is kept.'),
  timeout: ({ timeout = TIMEOUT }) =>
    new LotlineError(
      'JOB_TIMEOUT',
      `It took longer than ${timeout / 1000} seconds.`,
      'Give it less to do at once.',
    ),
};

function unknown({ name }: Claimed): Ending {
  return {
    status: 'FAILED',
    error: `No job is called "${name}" here. Start the version that declares it, then retry.`,
  };
}

/** Who left, or was left, has nothing done in their name any more. */
function obstacleOf({ archived, userId, role }: Claimed): Ending | undefined {
  if (archived) return { status: 'CANCELLED', error: 'The organization is archived.' };
  if (userId !== null && role === null)
    return {
      status: 'CANCELLED',
      error: 'The person who asked for it cannot enter the organization any more.',
    };
  return undefined;
}

function succeeded(value: unknown): Ending {
  const result = keptJson(value);
  if (result !== undefined && Buffer.byteLength(result) > RESULT_BYTES)
    return { status: 'SUCCEEDED', message: 'The answer was larger than 64 KiB and was not kept.' };
  return { status: 'SUCCEEDED', result };
}
