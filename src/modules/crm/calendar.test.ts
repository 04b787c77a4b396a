import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeSlots } from './availability.ts';
import { type Interval, overlaps, requireSpan, timeText } from './calendar.ts';

const base = Date.UTC(2026, 5, 1);
const minute = (n: number) => new Date(base + n * 60_000);
const interval = (max: number): fc.Arbitrary<Interval> =>
  fc
    .tuple(fc.integer({ min: 0, max }), fc.integer({ min: 1, max: 240 }))
    .map(([from, long]) => ({ start: minute(from), end: minute(from + long) }));

describe('two intervals', () => {
  it('overlap when a minute lies in both, whichever is asked first', () => {
    fc.assert(
      fc.property(interval(600), interval(600), (a, b) => {
        const inBoth = Array.from({ length: 900 }, (_, n) => minute(n)).some(
          (m) => a.start <= m && m < a.end && b.start <= m && m < b.end,
        );
        expect(overlaps(a, b)).toBe(inBoth);
        expect(overlaps(b, a)).toBe(inBoth);
      }),
    );
  });

  it('that touch do not overlap', () => {
    expect(overlaps({ start: minute(0), end: minute(60) }, { start: minute(60), end: minute(90) })).toBe(
      false,
    );
  });
});

describe('the span of an appointment', () => {
  it.each([
    [0, 'TIME_ORDER'],
    [-1, 'TIME_ORDER'],
    [24 * 60 + 1, 'APPOINTMENT_TOO_LONG'],
    [Number.NaN, 'TIME_ORDER'],
  ])('of %s minutes is refused', (long, code) => {
    const ask = () => requireSpan({ start: minute(0), end: minute(long) });
    expect(ask).toThrow(expect.objectContaining({ code }));
  });

  it('may be 24 hours', () => requireSpan({ start: minute(0), end: minute(24 * 60) }));
});

describe('free slots', () => {
  const windows = fc.array(interval(2000), { maxLength: 4 });
  const busy = fc.array(interval(2000), { maxLength: 6 });
  const lengths = fc.tuple(fc.integer({ min: 5, max: 120 }), fc.integer({ min: 5, max: 120 }));

  it('lie within a window, touch nothing busy, have the length, and come once and in order', () => {
    fc.assert(
      fc.property(windows, busy, lengths, (open, taken, [minutes, step]) => {
        const slots = freeSlots(open, taken, minutes, step);
        for (const [i, slot] of slots.entries()) {
          expect(slot.end.getTime() - slot.start.getTime()).toBe(minutes * 60_000);
          expect(open.some((w) => w.start <= slot.start && slot.end <= w.end)).toBe(true);
          expect(taken.some((b) => overlaps(b, slot))).toBe(false);
          if (i > 0) expect(slot.start > slots[i - 1]!.start).toBe(true);
        }
      }),
    );
  });

  it('miss no gap that is long enough in a single window', () => {
    fc.assert(
      fc.property(interval(2000), busy, lengths, (window, taken, [minutes, step]) => {
        const fits = Array.from({ length: 2300 }, (_, n) => ({
          start: minute(n),
          end: minute(n + minutes),
        })).some((s) => window.start <= s.start && s.end <= window.end && !taken.some((b) => overlaps(b, s)));
        expect(freeSlots([window], taken, minutes, step).length > 0).toBe(fits);
      }),
    );
  });
});

describe('a time', () => {
  it('is told on the wall clock of the organization', () => {
    const span = { start: new Date('2026-03-08T15:00:00Z'), end: new Date('2026-03-08T16:30:00Z') };
    expect(timeText(span, 'America/Denver')).toBe('2026-03-08 09:00 to 10:30 (America/Denver)');
    const night = { start: new Date('2026-03-09T05:00:00Z'), end: new Date('2026-03-09T07:00:00Z') };
    expect(timeText(night, 'America/Denver')).toBe('2026-03-08 23:00 to 2026-03-09 01:00 (America/Denver)');
  });
});
