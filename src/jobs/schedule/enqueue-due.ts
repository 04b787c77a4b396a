import type pg from 'pg';
import type { AnyJob, Job } from '../../queue/index.ts';
import { isTimeZone } from '../../time-zone.ts';
import { announce } from '../runs.ts';
import { inPlatform } from '../transaction.ts';
import { type Timetable, timetable } from './timetable.ts';

/** The schedules of jobs, read once. */
export interface Schedules {
  readonly jobs: readonly { readonly name: string; readonly cron: string; readonly timezone: string }[];
  /** The timetable of a schedule in a zone; in UTC where nobody knows the zone. */
  timetable(cron: string, zone: string): Timetable;
}

const OWN = 'organization';

/** @throws LotlineError `SCHEDULE_INVALID` */
export function readSchedules(declared: readonly AnyJob[]): Schedules {
  const kept = new Map<string, Timetable>();
  const read = (cron: string, zone: string) => {
    const key = `${cron} ${zone}`;
    const found = kept.get(key) ?? timetable(cron, zone);
    kept.set(key, found);
    return found;
  };
  const jobs = declared.flatMap(({ name, schedule }: Pick<Job<never>, 'name' | 'schedule'>) =>
    schedule ? [{ name, cron: schedule.cron, timezone: schedule.timezone ?? 'UTC' }] : [],
  );
  for (const { cron, timezone } of jobs) read(cron, timezone === OWN ? 'UTC' : timezone);
  return { jobs, timetable: (cron, zone) => read(cron, isTimeZone(zone) ? zone : 'UTC') };
}

/**
 * Enqueues what is due, for every organization that is not archived: the last moment that a schedule was due, if it has not
 * been met. What was missed before that one is left out, and so is what was due before the organization or the schedule
 * was there.
 *
 * One worker at a time does it, in one transaction. Twice, or at once without the lock: `queue.schedules` keeps the moment
 * that was met, and only whoever moves it on enqueues.
 * @returns the ids of the runs
 */
export async function enqueueDue(pool: pg.Pool, schedules: Schedules, now: Date): Promise<string[]> {
  if (schedules.jobs.length === 0) return [];
  return inPlatform(pool, async (client) => {
    const { rows } = await client.query<{ free: boolean }>(
      "SELECT pg_try_advisory_xact_lock(hashtextextended('lotline schedules', 0)) AS free",
    );
    if (!rows[0]!.free) return [];
    await client.query(
      'INSERT INTO queue.timetables (name, known_since) SELECT unnest($1::text[]), $2 ON CONFLICT DO NOTHING',
      [schedules.jobs.map((j) => j.name), now],
    );
    const zones = schedules.jobs.some((j) => j.timezone === OWN) ? await zonesInUse(client) : [];
    const made: string[] = [];
    for (const { name, cron, timezone } of schedules.jobs) {
      if (timezone !== OWN) {
        made.push(...(await enqueueAt(client, name, schedules.timetable(cron, timezone).lastDue(now), null)));
        continue;
      }
      for (const zone of zones)
        made.push(...(await enqueueAt(client, name, schedules.timetable(cron, zone).lastDue(now), zone)));
    }
    for (const id of made) await announce(client, id);
    return made;
  });
}

const ZONE = "coalesce(settings ->> 'timezone', '')";

async function zonesInUse(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ zone: string }>(
    `SELECT DISTINCT ${ZONE} AS zone FROM public.organizations WHERE archived_at IS NULL`,
  );
  return rows.map((r) => r.zone);
}

/** For organizations of the zone, or for all: those that have not met this moment of the schedule. */
async function enqueueAt(
  client: pg.ClientBase,
  name: string,
  due: Date,
  zone: string | null,
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `WITH met AS (
       INSERT INTO queue.schedules AS s (organization_id, name, last_at)
       SELECT o.id, $1, $2::timestamptz FROM public.organizations AS o
       LEFT JOIN queue.schedules AS before ON before.organization_id = o.id AND before.name = $1
       WHERE o.archived_at IS NULL AND o.created_at <= $2 AND ($3::text IS NULL OR ${ZONE} = $3)
         AND CASE WHEN before.last_at IS NULL
           THEN $2 >= (SELECT known_since FROM queue.timetables WHERE name = $1) ELSE before.last_at < $2 END
       ON CONFLICT (organization_id, name) DO UPDATE SET last_at = excluded.last_at WHERE s.last_at < excluded.last_at
       RETURNING s.organization_id)
     INSERT INTO queue.runs (organization_id, name, input, scheduled_for)
     SELECT organization_id, $1, '{}', $2 FROM met
     ON CONFLICT (organization_id, name, scheduled_for) WHERE scheduled_for IS NOT NULL DO NOTHING
     RETURNING id`,
    [name, due, zone],
  );
  return rows.map((r) => r.id);
}
