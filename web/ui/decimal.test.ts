import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDecimal, writeDecimal } from './decimal.ts';

describe('amounts as people type them', () => {
  it.each([
    ['1,250,000', '1250000'],
    ['1 250 000.50', '1250000.50'],
    ['.5', '0.5'],
    ['7.', '7'],
    ['-3', '-3'],
    ['', ''],
  ])('reads %j as %j', (typed, value) => expect(readDecimal(typed)).toBe(value));

  it.each(['12a', '1.2.3', '--1', '$5', '.'])('does not take %j', (typed) =>
    expect(readDecimal(typed)).toBeUndefined(),
  );

  it('reads what it wrote, to the last digit', () => {
    const decimal = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.integer({ min: 0, max: 99 }));
    fc.assert(
      fc.property(decimal, ([whole, cents]) => {
        const value = `${whole}.${String(cents).padStart(2, '0')}`;
        expect(readDecimal(writeDecimal(value))).toBe(value);
      }),
    );
  });
});
