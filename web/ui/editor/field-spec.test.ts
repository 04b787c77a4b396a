import { describe, expect, it } from 'vitest';
import { type FieldSpec, filledIn, inputOf, valuesOf } from './field-spec.ts';

const spec = (kind: FieldSpec['kind']): FieldSpec => ({ name: 'f', label: 'F', kind });
const round = (kind: FieldSpec['kind'], value: unknown) =>
  inputOf([spec(kind)], valuesOf([spec(kind)], { f: value })).f;

describe('fields of a record in a form', () => {
  it.each([
    ['text', 'Ada'],
    ['money', '1250000.50'],
    ['integer', 3],
    ['date', '2026-11-26'],
    ['tags', ['a', 'b']],
    ['checkbox', true],
    ['json', { a: [1, null] }],
    ['datetime', '2026-11-26T09:30:00.000Z'],
  ] as const)('come back as they were: %s', (kind, value) => expect(round(kind, value)).toEqual(value));

  it.each(['text', 'money', 'integer', 'date', 'datetime', 'select', 'json'] as const)(
    'are empty where there is no value, and no value where they are empty: %s',
    (kind) => expect(round(kind, null)).toBeNull(),
  );

  it('keep what cannot be read as it was typed', () => {
    expect(inputOf([spec('integer')], { f: '3 beds' }).f).toBe('3 beds');
    expect(inputOf([spec('json')], { f: '{' }).f).toBe('{');
  });

  it('of a new record are left to the schema where they are empty', () => {
    expect(filledIn({ name: 'Ada', phone: null, tags: [] })).toEqual({ name: 'Ada', tags: [] });
  });
});
