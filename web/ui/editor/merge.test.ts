import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedFields, merge } from './merge.ts';

const values = fc.record({
  a: fc.constantFrom('1', '2', null),
  b: fc.constantFrom('1', '2'),
  c: fc.integer({ max: 2, min: 0 }),
});

describe('merging what was typed with what somebody else saved', () => {
  it('takes the side that changed', () => {
    const base = { name: 'Ada', phone: '1', email: null };
    expect(merge(base, { ...base, phone: '2' }, { ...base, email: 'a@b' })).toEqual({
      values: { name: 'Ada', phone: '2', email: 'a@b' },
      conflicts: [],
    });
  });

  it('keeps what was typed and names the field where both changed it', () => {
    const base = { phone: '1' };
    expect(merge(base, { phone: '2' }, { phone: '3' })).toEqual({
      values: { phone: '2' },
      conflicts: [{ field: 'phone', mine: '2', theirs: '3' }],
    });
  });

  it('has no conflict where both came to the same', () => {
    expect(merge({ phone: '1' }, { phone: '2' }, { phone: '2' }).conflicts).toEqual([]);
  });

  it('never loses a typed value, and never overwrites another’s without saying so', () => {
    fc.assert(
      fc.property(values, values, values, (base, mine, theirs) => {
        const { values: merged, conflicts } = merge(base, mine, theirs);
        for (const field of changedFields(base, mine)) expect(merged[field]).toEqual(mine[field as 'a']);
        const told = conflicts.map((c) => c.field);
        for (const field of changedFields(base, theirs))
          expect(told.includes(field) || Object.is(merged[field], theirs[field as 'a'])).toBe(true);
      }),
    );
  });
});
