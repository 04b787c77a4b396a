/**
 * Times as a clock on the wall of a place shows them. A wall time is kept as the milliseconds that UTC would give the same
 * digits.
 */
export interface WallClock {
  /** What the clock shows at an instant (milliseconds since 1970). */
  shows(instant: number): number;
  /**
   * The instant at which the clock shows a wall time: the first one where it shows it twice, and where it never does,
   * because it was put forward over it, the instant at which it was put forward.
   */
  instantOf(wall: number): number;
}

const HOUR = 3_600_000;

/**
 * @param zone IANA name, such as `Europe/Berlin`
 * @throws RangeError for a zone that the runtime does not know
 */
export function wallClock(zone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const shows = (instant: number) => {
    const part = Object.fromEntries(format.formatToParts(instant).map((p) => [p.type, Number(p.value)]));
    const whole = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!);
    return whole + (((instant % 1000) + 1000) % 1000);
  };
  const offset = (instant: number) => shows(instant) - instant;

  return {
    shows,
    instantOf(wall) {
      // No place is further than 14 hours from UTC; a change within the day leaves two offsets to try.
      const before = offset(wall - 15 * HOUR);
      const after = offset(wall + 15 * HOUR);
      const met = [wall - before, wall - after].filter((instant) => shows(instant) === wall);
      if (met.length > 0) return Math.min(...met);
      let low = wall - after;
      let high = wall - before;
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (offset(middle) === before) low = middle;
        else high = middle;
      }
      return high;
    },
  };
}
