import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timetable } from './timetable.ts';
import { wallClock } from './wall-clock.ts';

const MINUTE = 60_000;
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Pacific/Apia',
  'America/Santiago',
];

/** Every moment from one to another at which it is due, found as a worker finds them: by looking each minute. */
function met(cron: string, zone: string, from: string, to: string, every = MINUTE): string[] {
  const table = timetable(cron, zone);
  const found = new Set<string>();
  for (let now = Date.parse(from); now <= Date.parse(to); now += every) {
    const due = table.lastDue(new Date(now));
    if (due.getTime() >= Date.parse(from)) found.add(due.toISOString());
  }
  return [...found];
}

describe('a schedule by the clock of a place', () => {
  it('is met at the same time on the wall in winter and summer', () => {
    const at = (now: string) => timetable('30 6 * * *', 'Europe/Berlin').lastDue(new Date(now)).toISOString();
    expect(at('2026-01-10T12:00:00Z')).toBe('2026-01-10T05:30:00.000Z');
    expect(at('2026-07-10T12:00:00Z')).toBe('2026-07-10T04:30:00.000Z');
    expect(at('2026-07-10T04:30:00Z')).toBe('2026-07-10T04:30:00.000Z');
    expect(at('2026-07-10T04:29:59.999Z')).toBe('2026-07-09T04:30:00.000Z');
  });

  it('is met once, right after, where the clock is put forward over it', () => {
    // Berlin goes from 02:00 to 03:00 on 29 March 2026, at 01:00 UTC.
    expect(met('30 2 * * *', 'Europe/Berlin', '2026-03-29T00:00:00Z', '2026-03-29T12:00:00Z')).toEqual([
      '2026-03-29T01:00:00.000Z',
    ]);
    expect(met('*/15 2 * * *', 'Europe/Berlin', '2026-03-29T00:00:00Z', '2026-03-29T12:00:00Z')).toEqual([
      '2026-03-29T01:00:00.000Z',
    ]);
    // Lord Howe goes forward by half an hour, from 02:00 to 02:30, on 4 October 2026.
    expect(met('10 2 * * *', 'Australia/Lord_Howe', '2026-10-03T12:00:00Z', '2026-10-03T20:00:00Z')).toEqual([
      '2026-10-03T15:30:00.000Z',
    ]);
    // Apia left out all of 30 December 2011.
    expect(
      met('0 12 30 12 *', 'Pacific/Apia', '2011-12-29T00:00:00Z', '2012-01-02T00:00:00Z', 30 * MINUTE),
    ).toEqual(['2011-12-30T10:00:00.000Z']);
  });

  it('is met once, the first time, where the clock shows it twice', () => {
    // Berlin goes from 03:00 back to 02:00 on 25 October 2026, at 01:00 UTC.
    expect(met('30 2 * * *', 'Europe/Berlin', '2026-10-24T22:00:00Z', '2026-10-25T12:00:00Z')).toEqual([
      '2026-10-25T00:30:00.000Z',
    ]);
    expect(met('*/20 2 * * *', 'Europe/Berlin', '2026-10-24T22:00:00Z', '2026-10-25T12:00:00Z')).toEqual([
      '2026-10-25T00:00:00.000Z',
      '2026-10-25T00:20:00.000Z',
      '2026-10-25T00:40:00.000Z',
    ]);
  });

  it.each([
    ['six fields', '0 0 6 * * *', 'UTC'],
    ['a zone that nobody knows', '0 6 * * *', 'Europe/Atlantis'],
    ['a minute that no hour has', '61 * * * *', 'UTC'],
    ['a day that never comes', '0 0 30 2 *', 'UTC'],
  ])('is refused for %s', (_, cron, zone) => {
    expect(() => timetable(cron, zone)).toThrow(expect.objectContaining({ code: 'SCHEDULE_INVALID' }));
  });
});

describe('the clock of a place', () => {
  const instants = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) });

  it('gives back an instant from which it shows the same, the first of them', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), (instant, zone) => {
        const clock = wallClock(zone);
        const back = clock.instantOf(clock.shows(instant));
        expect(clock.shows(back)).toBe(clock.shows(instant));
        expect(back).toBeLessThanOrEqual(instant);
      }),
    );
  });

  it('never goes back with the wall time', () => {
    fc.assert(
      fc.property(instants, fc.nat(2 * 86_400_000), fc.constantFrom(...ZONES), (wall, more, zone) => {
        const clock = wallClock(zone);
        expect(clock.instantOf(wall + more)).toBeGreaterThanOrEqual(clock.instantOf(wall));
      }),
    );
  });
});
