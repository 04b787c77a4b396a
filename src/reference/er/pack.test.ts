import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pack } from './pack.ts';

it('places blocks without overlap and within the size that it gives', () => {
  const side = fc.integer({ min: 1, max: 900 });
  const blocks = fc.array(fc.record({ width: side, height: side }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(blocks, (list) => {
      const { places, width, height } = pack(list);
      const boxes = list.map((block, index) => ({ ...block, ...places[index]! }));
      for (const a of boxes) {
        expect(a.x + a.width <= width && a.y + a.height <= height).toBe(true);
        for (const b of boxes) {
          const apart =
            a === b ||
            a.x + a.width <= b.x ||
            b.x + b.width <= a.x ||
            a.y + a.height <= b.y ||
            b.y + b.height <= a.y;
          expect(apart).toBe(true);
        }
      }
    }),
  );
});

it('gives an empty size for nothing', () => expect(pack([])).toEqual({ places: [], width: 0, height: 0 }));
