import type pg from 'pg';
import type { JobLog } from '../options.ts';
import type { PlatformJob } from '../platform-job.ts';
import { inPlatform } from '../transaction.ts';
import { type Timetable, timetable } from './timetable.ts';

export type TimedPlatformJob = PlatformJob & { readonly times: Timetable };

/** @throws LotlineError `SCHEDULE_INVALID` */
export function readPlatformJobs(jobs: readonly PlatformJob[]): TimedPlatformJob[] {
  return jobs.map((job) => ({ ...job, times: timetable(job.schedule.cron, job.schedule.timezone ?? 'UTC') }));
}

/**
 * Does what is due of the platform's own work, each in a transaction of its own that also notes the moment: done once, or
 * not at all. One that fails is told to the log and due again at the next look.
 */
export async function runPlatformJobs(
  pool: pg.Pool,
  jobs: readonly TimedPlatformJob[],
  now: Date,
  log: JobLog,
): Promise<string[]> {
  const done: string[] = [];
  for (const { name, times, work } of jobs) {
    const due = times.lastDue(now);
    try {
      const ran = await inPlatform(pool, async (client) => {
        const { rows } = await client.query<{ free: boolean }>(
          "SELECT pg_try_advisory_xact_lock(hashtextextended('lotline platform job ' || $1, 0)) AS free",
          [name],
        );
        if (!rows[0]!.free) return false;
        await client.query(
          'INSERT INTO queue.timetables (name, known_since) VALUES ($1, $2) ON CONFLICT DO NOTHING',
          [name, now],
        );
        const { rowCount } = await client.query(
          'UPDATE queue.timetables SET last_at = $2 WHERE name = $1 AND coalesce(last_at, known_since) < $2',
          [name, due],
        );
        if (rowCount === 1) await work(client);
        return rowCount === 1;
      });
      if (ran) done.push(name);
    } catch (error) {
      log.error({ job: name, err: error }, 'work of the platform failed; it is tried again');
    }
  }
  return done;
}
