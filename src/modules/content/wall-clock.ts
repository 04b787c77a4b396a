import { Refusal } from '../../errors.ts';
import { isTimeZone } from '../../time-zone.ts';

/** A wall clock as it was meant, and the moment it stands for. */
export interface WallClock {
  /** `2026-03-29T02:30` */
  readonly at: string;
  /** IANA name. */
  readonly timezone: string;
  readonly instant: Date;
  /**
   * What the change to or from summer time did: in a gap the clock does not show this time, and the moment is as
   * much later as the clock jumps; in an overlap it shows it twice, and the first is meant. Both as RFC 5545 §3.3.5 has it.
   */
  readonly adjusted: 'gap' | 'overlap' | null;
}

const HOUR = 3_600_000;
const SHAPE = /^\d{4}-(0[1-9]|1[0-2])-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;

/**
 * Reads a wall clock in a zone.
 * @param at `2026-03-29T02:30`, without offset
 * @throws Refusal `WALL_CLOCK`, `TIMEZONE`
 */
export function readWallClock(at: string, timezone: string): WallClock {
  const local = Date.parse(`${at}Z`);
  if (!SHAPE.test(at) || Number.isNaN(local) || new Date(local).toISOString().slice(0, at.length) !== at)
    throw fault('at', 'WALL_CLOCK', `"${at}" is not a time on a wall clock.`, 'Write 2026-03-29T09:00.');
  if (!isTimeZone(timezone))
    throw fault('timezone', 'TIMEZONE', `"${timezone}" is not a time zone.`, 'Write Europe/Berlin.');

  // The offsets of the day before and after; zones change theirs once in such a time, if at all.
  const [before, after] = [offsetAt(timezone, local - 24 * HOUR), offsetAt(timezone, local + 24 * HOUR)];
  const moments = [local - before, local - after].filter((moment) => {
    return moment + offsetAt(timezone, moment) === local;
  });
  const first = moments.length > 0 ? Math.min(...moments) : local - before;
  const adjusted = moments.length === 0 ? 'gap' : new Set(moments).size > 1 ? 'overlap' : null;
  return { at, timezone, instant: new Date(first), adjusted };
}

/** Milliseconds that the zone's clock is ahead of UTC at a moment. */
function offsetAt(timeZone: string, moment: number): number {
  const parts = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment);
  const part = (type: string) => Number(parts.find((p) => p.type === type)!.value);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - Math.floor(moment / 1000) * 1000;
}

const fault = (field: string, code: string, message: string, hint: string) =>
  new Refusal('invalid', code, message, hint, { fields: [{ field, code, message }] });
