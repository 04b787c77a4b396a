import { expect, it } from 'vitest';
import { statementNames } from './statement-names.ts';

it('names a text from the second time on, however many others are seen only once', () => {
  const nameOf = statementNames(3);
  for (let i = 0; i < 100; i += 1) expect(nameOf(`SELECT ${i}`)).toBeUndefined();
  expect(nameOf('often')).toBeUndefined();
  const name = nameOf('often');
  expect(name).toMatch(/^lotline_[0-9a-f]{24}$/);
  expect(nameOf('often')).toBe(name);
});

it.each([0, 2])('names %i texts at most', (limit) => {
  const nameOf = statementNames(limit);
  const texts = ['a', 'b', 'a', 'b', 'c', 'c', 'c', 'a'];
  expect(new Set(texts.map(nameOf).filter(Boolean)).size).toBe(limit);
});
