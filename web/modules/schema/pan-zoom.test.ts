import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitted, zoomed } from './pan-zoom.ts';

it('zooming keeps what is under the pointer under it', () => {
  const some = fc.integer({ min: -500, max: 500 });
  fc.assert(
    fc.property(
      some,
      some,
      some,
      some,
      fc.double({ min: 0.5, max: 2, noNaN: true }),
      (x, y, px, py, factor) => {
        const before = { x, y, scale: 1 };
        const after = zoomed(before, factor, { x: px, y: py });
        expect((px - after.x) / after.scale).toBeCloseTo(px - x, 6);
        expect((py - after.y) / after.scale).toBeCloseTo(py - y, 6);
      },
    ),
  );
});

it('a picture is fitted into its frame, and not blown up', () => {
  expect(fitted({ width: 1000, height: 500 }, { width: 500, height: 500 })).toEqual({
    scale: 0.5,
    x: 0,
    y: 125,
  });
  expect(fitted({ width: 100, height: 100 }, { width: 500, height: 300 })).toEqual({
    scale: 1,
    x: 200,
    y: 100,
  });
});
