import { Logger, runTaskList, type WorkerPool } from 'graphile-worker';
import type pg from 'pg';
import { WORKER_SCHEMA } from '../queue/index.ts';
import { type AbortReason, attempt, type Floor } from './attempt.ts';
import type { JobLog } from './options.ts';
import { enter, type Presence } from './presence.ts';
import { announceMissing, recoverDropped, recoverGone } from './recover.ts';
import { announce, stillRunning } from './runs.ts';
import { enqueueDue, type Schedules } from './schedule/enqueue-due.ts';
import { runPlatformJobs, type TimedPlatformJob } from './schedule/run-platform-jobs.ts';

/** Beats between looks for runs without a word. */
const SELDOM = 12;

/** One stretch of a worker's life, under one id: it ends when the worker stops or the database is lost. */
export interface Shift {
  /** Resolves when the shift cannot go on. */
  readonly broken: Promise<Error>;
  /** No new jobs; what runs is told to end, is waited for, and given back where it did not. */
  end(): Promise<void>;
}

export interface Duties {
  readonly schedules: Schedules;
  readonly platformJobs: readonly TimedPlatformJob[];
}

/** Begins to work: makes itself known, puts back what others left, takes jobs. */
export async function beginShift(floor: Omit<Floor, 'worker' | 'stopping'>, duties: Duties): Promise<Shift> {
  const { settings, pool, running, held } = floor;
  const { log } = settings;
  const known = Promise.withResolvers<void>();
  known.promise.catch(() => {});
  const ending = new AbortController();
  const graphile = openGraphile(pool, settings, async (runId) => {
    await known.promise;
    // Taken at the last moment: the word is left for somebody else.
    if (ending.signal.aborted) await announce(pool, runId);
    else await attempt(here, runId);
  });
  const here: Floor = { ...floor, worker: graphile.id, stopping: ending.signal };
  const abortAll = (reason: AbortReason) => {
    for (const abort of [...running.values()]) abort(reason);
  };

  const look = coalesced(async () => {
    if (running.size === 0 && held.size === 0) return;
    const before = [...running];
    const own = await stillRunning(pool, here.worker);
    for (const [key, abort] of before) if (!own.has(key)) abort('cancelled');
  });
  let beats = 0;
  const beat = coalesced(async () => {
    const recovered = await recoverGone(pool);
    if (recovered && recovered.queued.length + recovered.failed.length > 0)
      log.warn(recovered, 'put back the runs of workers that have gone');
    const dropped = [...(await stillRunning(pool, here.worker))].map((key) => key.split(' ')[0]!);
    const lost = dropped.filter((id) => !held.has(id));
    if (lost.length > 0) await recoverDropped(pool, here.worker, lost);
    await look();
    if (beats++ % SELDOM === 0) await announceMissing(pool);
    await enqueueDue(pool, duties.schedules, new Date());
    await runPlatformJobs(pool, duties.platformJobs, new Date(), log);
  });
  const trouble = (what: string) => (error: unknown) => log.error({ err: error }, `${what}; tried again`);

  let presence: Presence;
  try {
    presence = await enter(settings.platformUrl, graphile.id, () =>
      look().catch(trouble('a look for cancelled runs failed')),
    );
  } catch (error) {
    known.reject(error);
    await Promise.resolve(graphile.gracefulShutdown()).catch(() => {});
    throw error;
  }
  await beat().catch(trouble('a look over the queue failed'));
  known.resolve();
  const timer = setInterval(() => void beat().catch(trouble('a look over the queue failed')), settings.beat);

  return {
    broken: Promise.race([
      presence.lost,
      graphile.promise.then(
        () => new Error('graphile-worker has ended'),
        (error: Error) => error,
      ),
    ]),
    async end() {
      ending.abort();
      clearInterval(timer);
      abortAll('stopping');
      await Promise.resolve(graphile.gracefulShutdown()).catch(
        trouble('graphile-worker did not end in order'),
      );
      await beat.idle();
      await look.idle();
      await presence.leave();
    },
  };
}

function openGraphile(
  pool: pg.Pool,
  settings: Floor['settings'],
  task: (runId: string) => Promise<void>,
): WorkerPool {
  return runTaskList(
    {
      schema: WORKER_SCHEMA,
      concurrency: settings.concurrency,
      pollInterval: settings.poll,
      noHandleSignals: true,
      logger: loggerOf(settings.log),
      // In batches, or an error of the database would be nobody's and end the process.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    },
    { run: (payload) => task((payload as { runId: string }).runId) },
    pool,
  );
}

/** graphile-worker tells of every job it takes; only its troubles are of interest. */
function loggerOf(log: JobLog): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.error({ from: 'graphile-worker' }, message);
    if (level === 'warning') log.warn({ from: 'graphile-worker' }, message);
  });
}

/** Runs one at a time; asked for while it runs, it runs once more afterwards. */
function coalesced(work: () => Promise<void>) {
  let current: Promise<void> | undefined;
  let again: Promise<void> | undefined;
  const begin = (): Promise<void> => {
    current = work().finally(() => {
      current = undefined;
    });
    return current;
  };
  const ask = (): Promise<void> => {
    if (!current) return begin();
    again ??= current
      .catch(() => {})
      .then(() => {
        again = undefined;
        return ask();
      });
    return again;
  };
  /** Resolves when nothing of it runs. */
  const idle = async () => {
    while (current || again) await Promise.allSettled([current, again]);
  };
  return Object.assign(ask, { idle });
}
