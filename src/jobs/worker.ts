import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { LotlineError } from '../errors.ts';
import { type AnyJob, prepareQueue } from '../queue/index.ts';
import type { Floor } from './attempt.ts';
import { housekeeping } from './housekeeping.ts';
import { DEFAULTS, type Settings, type WorkerOptions } from './options.ts';
import { readSchedules } from './schedule/enqueue-due.ts';
import { readPlatformJobs } from './schedule/run-platform-jobs.ts';
import { beginShift, type Shift } from './shift.ts';

export interface Worker {
  /**
   * No new jobs; running ones are told by their signal and given `stopWithin` milliseconds, then go back to the queue as if
   * they had not been tried. Twice is once.
   */
  stop(): Promise<void>;
}

/** Connections beside those of jobs: graphile-worker listens on one, looks over the queue take others. */
const MORE = 4;

/**
 * Starts a worker in this process: it takes runs from the queue, restores each one's tenant and person, and does the job.
 * Any number work beside each other, here or in other processes. Resolves when it takes jobs.
 *
 * It outlives the database: when that is lost, what runs is told to end, and the worker begins anew when it is back.
 * @throws LotlineError `JOB_NAME_TWICE`, `SCHEDULE_INVALID`, and what a database that is not there throws
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const settings: Settings = { platformJobs: housekeeping(), ...DEFAULTS, ...options };
  const declared = byName(settings.jobs);
  const duties = {
    schedules: readSchedules(settings.jobs),
    platformJobs: readPlatformJobs(settings.platformJobs),
  };
  await prepareQueue(settings.platformUrl);
  const pool = new pg.Pool({
    connectionString: settings.platformUrl,
    max: settings.concurrency + MORE,
    connectionTimeoutMillis: 10_000,
    application_name: 'lotline jobs',
  });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const floor = (): Omit<Floor, 'worker' | 'stopping'> => ({
    settings,
    pool,
    declared,
    running: new Map(),
    held: new Map(),
  });

  const stopping = new AbortController();
  const stopped = new Promise<'stopped'>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve('stopped'), { once: true });
  });
  const begin = () => beginShift(floor(), duties);
  const beginAgain = async (): Promise<Shift | undefined> => {
    for (;;) {
      await pause(1_000, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return undefined;
      try {
        return await begin();
      } catch (error) {
        settings.log.error({ err: error }, 'the worker cannot begin; tried again');
      }
    }
  };
  const first = await begin().catch(async (error) => {
    await pool.end();
    throw error;
  });
  const working = (async () => {
    for (let shift: Shift | undefined = first; shift; shift = await beginAgain()) {
      const why = await Promise.race([stopped, shift.broken]);
      await shift.end();
      if (why === 'stopped') return;
      settings.log.error({ err: why }, 'the worker lost the database and begins anew');
    }
  })().finally(() => pool.end());

  return {
    stop() {
      stopping.abort();
      return working;
    },
  };
}

function byName(jobs: readonly AnyJob[]): Map<string, AnyJob> {
  const found = new Map<string, AnyJob>();
  for (const job of jobs) {
    if (found.has(job.name))
      throw new LotlineError(
        'JOB_NAME_TWICE',
        `Two jobs are called "${job.name}".`,
        'Give one of them another name.',
      );
    found.set(job.name, job);
  }
  return found;
}
