import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, placeDay, weekOf } from './week.ts';

const day = new Date(2026, 10, 25);
const span = (from: number, to: number) => ({
  start: new Date(2026, 10, 25, 0, from),
  end: new Date(2026, 10, 25, 0, to),
});

describe('a week of the calendar', () => {
  it('begins on Monday', () => {
    expect(weekOf(new Date(2026, 10, 29, 23)).getDate()).toBe(23);
    expect(weekOf(new Date(2026, 10, 23)).getDate()).toBe(23);
    expect(addDays(new Date(2026, 11, 31), 1)).toEqual(new Date(2027, 0, 1));
  });

  it('puts appointments that overlap beside each other, and others at their full width', () => {
    const placed = placeDay(day, [span(60, 120), span(90, 150), span(120, 180), span(200, 260)]);
    expect(placed.map((p) => [p.from, p.column, p.columns])).toEqual([
      [60, 0, 2],
      [90, 1, 2],
      [120, 0, 2],
      [200, 0, 1],
    ]);
  });

  it('cuts off what begins before the day or ends after it', () => {
    const over = { start: new Date(2026, 10, 24, 22), end: new Date(2026, 10, 26, 2) };
    expect(placeDay(day, [over]).map((p) => [p.from, p.to])).toEqual([[0, 1440]]);
    expect(placeDay(addDays(day, 1), [over]).map((p) => [p.from, p.to])).toEqual([[0, 120]]);
  });

  it('never lays one over another', () => {
    const spans = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 1300 }), fc.integer({ min: 1, max: 139 }))
        .map(([f, l]) => span(f, f + l)),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(spans, (items) => {
        const placed = placeDay(day, items);
        expect(placed).toHaveLength(items.length);
        for (const a of placed)
          for (const b of placed)
            if (a !== b && a.from < b.to && b.from < a.to) expect(a.column).not.toBe(b.column);
      }),
    );
  });
});
