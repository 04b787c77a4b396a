import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import { busyTimes, type Interval } from './calendar.ts';
import { requireAssignee } from './members.ts';
import { settingsOf } from './organization.ts';
import { type Hours, hoursOf } from './working-hours.ts';

export interface AvailabilityQuery {
  readonly assignedToId: string;
  readonly from: Date;
  readonly to: Date;
  /** Length of the appointment. */
  readonly minutes: number;
  /** Minutes between the starts that are offered; the length unless told. */
  readonly step?: number | undefined;
}

/** Days that one question may span, and slots that one answer holds. */
const LONGEST = 62;
const MOST = 500;

/**
 * Times at which a member is free within working hours, soonest first. Working hours are a wall clock: nine o'clock is
 * nine before and after the clocks change, and the hour that is skipped or doubled is neither offered twice nor lost.
 * @throws Refusal `ASSIGNEE_NOT_A_MEMBER`, `SPAN_UNFIT`
 */
export async function availability(
  db: Db,
  query: AvailabilityQuery,
): Promise<{ timezone: string; slots: Interval[] }> {
  const { assignedToId, from, to, minutes, step = minutes } = query;
  if (!(from < to) || to.getTime() - from.getTime() > LONGEST * 86_400_000) {
    const message = `From and to are to span up to ${LONGEST} days, the earlier first.`;
    throw new Refusal('invalid', 'SPAN_UNFIT', message, 'Ask for fewer days at once.', {
      fields: [{ field: 'to', code: 'SPAN_UNFIT', message }],
    });
  }
  await requireAssignee(db, assignedToId);
  const hours = hoursOf(await settingsOf(db), assignedToId);
  const windows = await windowsOf(db, hours, { start: from, end: to });
  const busy = await busyTimes(db, assignedToId, { start: from, end: to });
  return { timezone: hours.timezone, slots: freeSlots(windows, busy, minutes, step).slice(0, MOST) };
}

/** Working hours as moments, cut to the span. The database knows when clocks change. */
async function windowsOf(db: Db, { timezone, spans }: Hours, span: Interval): Promise<Interval[]> {
  const days = spans.map((s) => s.day);
  const rows = await db.$queryRaw<Interval[]>`
    SELECT greatest(((day + hours.opens) AT TIME ZONE ${timezone}), ${span.start}::timestamptz) AS start,
      least(((day + hours.closes) AT TIME ZONE ${timezone}), ${span.end}::timestamptz) AS "end"
    FROM generate_series((${span.start}::timestamptz AT TIME ZONE ${timezone})::date::timestamp,
        (${span.end}::timestamptz AT TIME ZONE ${timezone})::date::timestamp, interval '1 day') AS day
    JOIN unnest(${days}::integer[], ${spans.map((s) => s.from)}::time[], ${spans.map((s) => s.to)}::time[])
      AS hours (weekday, opens, closes) ON hours.weekday = extract(isodow FROM day)
    ORDER BY 1, 2`;
  return rows.filter(({ start, end }) => start < end);
}

/**
 * Slots of a length within windows that touch nothing busy. They start on the grid of their window, every `step` minutes,
 * and after something busy as soon as it ends.
 */
export function freeSlots(
  windows: readonly Interval[],
  busy: readonly Interval[],
  minutes: number,
  step: number,
): Interval[] {
  const [length, stride] = [minutes * 60_000, step * 60_000];
  const taken = busy.map((b) => [b.start.getTime(), b.end.getTime()] as const).sort((a, b) => a[0] - b[0]);
  const slots: Interval[] = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const window of [...windows].sort((a, b) => a.start.getTime() - b.start.getTime())) {
    const end = window.end.getTime();
    let at = Math.max(window.start.getTime(), free);
    while (at + length <= end) {
      const hit = taken.find(([from, to]) => from < at + length && at < to);
      if (hit) {
        at = hit[1];
        continue;
      }
      slots.push({ start: new Date(at), end: new Date(at + length) });
      at += stride;
    }
    // Windows that overlap offer no time twice.
    free = Math.max(free, end);
  }
  return slots;
}
