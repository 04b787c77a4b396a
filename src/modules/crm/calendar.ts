import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import { settingsOf } from './organization.ts';

/** From `start` to before `end`: what ends at ten leaves ten free. */
export interface Interval {
  readonly start: Date;
  readonly end: Date;
}

export const overlaps = (a: Interval, b: Interval): boolean => a.start < b.end && b.start < a.end;

const DAY = 86_400_000;

/** @throws Refusal `TIME_ORDER`, `APPOINTMENT_TOO_LONG` */
export function requireSpan({ start, end }: Interval): void {
  const long = end.getTime() - start.getTime();
  const fault = (code: string, message: string) =>
    new Refusal('invalid', code, message, 'Give an end after the start, at most 24 hours later.', {
      fields: [{ field: 'endTime', code, message }],
    });
  if (!(long > 0)) throw fault('TIME_ORDER', 'An appointment ends after it starts.');
  if (long > DAY) throw fault('APPOINTMENT_TOO_LONG', 'An appointment is not longer than 24 hours.');
}

/**
 * Whoever writes into a member's calendar waits here for the one who does, until that transaction ends: otherwise two would
 * both find the time free. Taken after the row of the appointment.
 */
export async function lockCalendar(db: Db, userId: string): Promise<void> {
  const name = `crm.calendar:${db.$tenant.organizationId}:${userId.toLowerCase()}`;
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}

/** What takes a member's time between two moments; cancelled appointments and no-shows do not. */
export function busyTimes(
  db: Db,
  userId: string,
  { start, end }: Interval,
  except?: string,
): Promise<(Interval & { id: string; title: string })[]> {
  return db.$queryRaw`
    SELECT id, title, start_time AS start, end_time AS "end" FROM appointments
    WHERE assigned_to_id = ${userId}::uuid AND start_time < ${end}::timestamptz AND end_time > ${start}::timestamptz
      AND status NOT IN ('CANCELLED', 'NO_SHOW') AND id IS DISTINCT FROM ${except ?? null}::uuid
    ORDER BY start_time, id LIMIT 1000`;
}

/**
 * @param except the appointment that is being moved
 * @throws Refusal `APPOINTMENT_OVERLAP`, with title and time of the one that is in the way
 */
export async function requireFree(db: Db, userId: string, wanted: Interval, except?: string): Promise<void> {
  await lockCalendar(db, userId);
  const [other] = await busyTimes(db, userId, wanted, except);
  if (!other) return;
  const { timezone } = await settingsOf(db);
  const message = `"${other.title}" is in the calendar then: ${timeText(other, timezone)}.`;
  throw new Refusal(
    'conflict',
    'APPOINTMENT_OVERLAP',
    message,
    'Choose another time (GET /appointments/availability), or send allowOverlap: true to POST /appointments/book or /move.',
    { fields: [{ field: 'startTime', code: 'APPOINTMENT_OVERLAP', message }] },
  );
}

/** As people of the organization read a time: `2026-03-08 09:00 to 10:00 (America/Denver)`. */
export function timeText({ start, end }: Interval, timezone: string): string {
  const [day, from] = wallClock(start, timezone);
  const [lastDay, to] = wallClock(end, timezone);
  return `${day} ${from} to ${day === lastDay ? '' : `${lastDay} `}${to} (${timezone})`;
}

function wallClock(at: Date, timeZone: string): [day: string, time: string] {
  const options = { timeZone, hourCycle: 'h23', dateStyle: 'short', timeStyle: 'short' } as const;
  const [day, time] = new Intl.DateTimeFormat('sv-SE', options).format(at).split(' ') as [string, string];
  return [day, time];
}
