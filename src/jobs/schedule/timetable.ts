import { CronExpressionParser } from 'cron-parser';
import { LotlineError } from '../../errors.ts';
import { wallClock } from './wall-clock.ts';

/** When something repeats, by the clock of a place. */
export interface Timetable {
  /** The latest moment, at or before `now`, at which it was due. */
  lastDue(now: Date): Date;
}

const DAY = 86_400_000;

/**
 * Reads a schedule. What the five fields of cron name is a time on the wall of the zone. One that the clock shows twice is
 * met the first time only; those that the clock was put forward over are met together, once, as it is put forward.
 * @throws LotlineError `SCHEDULE_INVALID` for another shape, a zone that is not known, a day that never comes
 */
export function timetable(cron: string, zone: string): Timetable {
  try {
    if (cron.trim().split(/\s+/).length !== 5) throw new RangeError('it needs five fields, minutes first');
    const clock = wallClock(zone);
    const parse = (wall: number) =>
      CronExpressionParser.parse(cron, { currentDate: new Date(wall), tz: 'UTC' });
    parse(Date.now()).next();
    return {
      lastDue(now) {
        const instant = now.getTime();
        // In the hour that is shown a second time, later wall times were shown already.
        const shown = clock.shows(instant);
        const back = clock.shows(instant - DAY) + DAY - shown;
        const walls = parse(shown + Math.max(0, back) + 1);
        for (;;) {
          const due = clock.instantOf(walls.prev().getTime());
          if (due <= instant) return new Date(due);
        }
      },
    };
  } catch (error) {
    throw new LotlineError(
      'SCHEDULE_INVALID',
      `"${cron}" in "${zone}" is no schedule: ${(error as Error).message}.`,
      'Write the five fields of cron and an IANA time zone, such as "30 6 * * 1-5" in "America/Chicago".',
      { cause: error },
    );
  }
}
