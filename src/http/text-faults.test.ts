import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textFault, textFaults } from './text-faults.ts';

describe('text that no column holds', () => {
  it('is found in values and keys, at any depth, by its path', () => {
    const input = { a: ['ok', 'x\0'], b: { '\ud800': 1, c: { d: '\udc00' } }, e: 7, f: null };
    expect(textFaults(input).map(({ field, code }) => [field, code])).toEqual([
      ['a.1', 'NUL_CHARACTER'],
      ['b.\ud800', 'BROKEN_TEXT'],
      ['b.c.d', 'BROKEN_TEXT'],
    ]);
    expect(textFaults('\0')).toMatchObject([{ field: 'body' }]);
  });

  it('is exactly what UTF-8 and PostgreSQL cannot carry', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const carried = Buffer.from(text, 'utf8').toString('utf8') === text && !text.includes('\0');
        return (textFault(text) === undefined) === carried;
      }),
    );
  });
});
