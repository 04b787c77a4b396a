import { describe, expect, it } from 'vitest';
import { parseAnnotations } from './annotations.ts';
import { rulesOf } from './column-rules.ts';

const rules = (...lines: string[]) => {
  const docs = lines.map((text, i) => ({ text, place: { file: 'a.prisma', line: i + 1 } }));
  return rulesOf(parseAnnotations(docs, 'field', []).annotations);
};

describe('rules of a column', () => {
  it.each([
    [['@length 1..200'], { minLength: 1, maxLength: 200 }],
    [['@length ..500'], { maxLength: 500 }],
    [['@range 0..100'], { min: '0', max: '100' }],
    [['@range -180..180.5'], { min: '-180', max: '180.5' }],
    [['@range > 0'], { exclusiveMin: '0' }],
    [['@range <= 9'], { max: '9' }],
    [['@format currency'], { format: 'currency' }],
    [['@format slug', '@length 3..63'], { format: 'slug', minLength: 3, maxLength: 63 }],
    [['@length 3..900', '@format email'], { format: 'email', minLength: 3, maxLength: 320 }],
    [['@check a > 1', 'a description'], undefined],
  ])('%j', (lines, expected) => {
    expect(rules(...lines)).toEqual(expected);
  });
});
