import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readWallClock } from './wall-clock.ts';

const read = (at: string, zone: string) => {
  const { instant, adjusted } = readWallClock(at, zone);
  return [instant.toISOString().slice(0, 16), adjusted];
};

describe('a time on a wall clock', () => {
  test('is the moment at which the clock of the zone shows it', () => {
    expect(read('2026-01-15T09:00', 'America/New_York')).toEqual(['2026-01-15T14:00', null]);
    expect(read('2026-07-15T09:00', 'America/New_York')).toEqual(['2026-07-15T13:00', null]);
    expect(read('2026-07-15T09:00', 'Asia/Kathmandu')).toEqual(['2026-07-15T03:15', null]);
    expect(read('2026-07-15T09:00:30', 'UTC')).toEqual(['2026-07-15T09:00', null]);
  });

  test('that summer time leaves out is as much later as the clock jumps', () => {
    expect(read('2026-03-29T02:30', 'Europe/Berlin')).toEqual(['2026-03-29T01:30', 'gap']); // shown as 03:30
    expect(read('2026-03-29T01:59', 'Europe/Berlin')).toEqual(['2026-03-29T00:59', null]);
    expect(read('2026-03-29T03:00', 'Europe/Berlin')).toEqual(['2026-03-29T01:00', null]);
    expect(read('2026-10-04T02:10', 'Australia/Lord_Howe')).toEqual(['2026-10-03T15:40', 'gap']); // half an hour
  });

  test('that the clock shows twice is the first', () => {
    expect(read('2026-10-25T02:30', 'Europe/Berlin')).toEqual(['2026-10-25T00:30', 'overlap']);
    expect(read('2026-10-25T03:00', 'Europe/Berlin')).toEqual(['2026-10-25T02:00', null]);
    expect(read('2026-11-01T01:30', 'America/New_York')).toEqual(['2026-11-01T05:30', 'overlap']);
  });

  test('of a day that a zone left out is a day later', () => {
    expect(read('2011-12-30T12:00', 'Pacific/Apia')).toEqual(['2011-12-30T22:00', 'gap']);
  });

  test.each([
    '2026-02-30T09:00',
    '2026-01-15T24:00',
    '2026-01-15 09:00',
    '2026-01-15T09:00Z',
    '2026-1-5T9:00',
    '',
    '+002026-01-15T09:00',
  ])('is not %j', (at) => {
    expect(() => readWallClock(at, 'UTC')).toThrow('not a time on a wall clock');
  });

  test('needs a zone with a name', () => {
    for (const zone of ['Europe/Atlantis', '+02:00', ''])
      expect(() => readWallClock('2026-01-15T09:00', zone)).toThrow('not a time zone');
  });

  test('is what the clock of the zone shows at the moment, outside of gaps', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/Denver', 'Australia/Lord_Howe', 'Asia/Kolkata');
    const minutes = fc.integer({ min: Date.UTC(2020, 0) / 60_000, max: Date.UTC(2035, 0) / 60_000 });
    fc.assert(
      fc.property(zones, minutes, (timezone, minute) => {
        const at = new Date(minute * 60_000).toISOString().slice(0, 16);
        const { instant, adjusted } = readWallClock(at, timezone);
        const shown = new Intl.DateTimeFormat('sv-SE', {
          timeZone: timezone,
          dateStyle: 'short',
          timeStyle: 'short',
        }).format(instant);
        if (adjusted === 'gap') expect(shown.replace(' ', 'T') > at).toBe(true);
        else expect(shown).toBe(at.replace('T', ' '));
      }),
      { numRuns: 500 },
    );
  });
});
