import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstFree, numbered, SLUG, SLUG_LENGTH, slugOf } from './slug.ts';

describe('the slug of a title', () => {
  test.each([
    ['What to ask at a viewing', 'what-to-ask-at-a-viewing'],
    ['  Prix d’été : 450 000 € ', 'prix-dete-450-000'],
    ['Größe, Straße, Ærø & Łódź', 'grosse-strasse-aero-lodz'],
    ['İstanbul ışığı', 'istanbul-isigi'],
    ['ＦＵＬＬ ｗｉｄｔｈ ﬁne ½', 'full-width-fine-1-2'],
    ['家を買う', 'untitled'],
    ['--- ! ---', 'untitled'],
  ])('%s', (title, slug) => {
    expect(slugOf(title)).toBe(slug);
  });

  const titles = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 400 }));

  test('has the format of the column, whatever the title', () => {
    fc.assert(
      fc.property(titles, (title) => {
        expect(slugOf(title)).toMatch(SLUG);
        expect(slugOf(title).length).toBeLessThanOrEqual(SLUG_LENGTH);
      }),
      { numRuns: 1000 },
    );
  });

  test('is its own slug', () => {
    fc.assert(
      fc.property(titles, (title) => {
        expect(slugOf(slugOf(title))).toBe(slugOf(title));
      }),
      { numRuns: 1000 },
    );
  });

  test('numbered keeps the format and the length, and is another for another number', () => {
    const slugs = fc.stringMatching(/^[a-z0-9]{1,5}(-[a-z0-9]{1,80}){0,4}$/).map(slugOf);
    fc.assert(
      fc.property(slugs, fc.integer({ min: 2, max: 1e9 }), (slug, number) => {
        expect(numbered(slug, number)).toMatch(SLUG);
        expect(numbered(slug, number).length).toBeLessThanOrEqual(SLUG_LENGTH);
        expect(numbered(slug, number + 1)).not.toBe(numbered(slug, number));
      }),
    );
  });

  test('gets numbers in turn, so that pieces with one title have as many slugs', () => {
    const taken = new Set<string>(['about-3']);
    for (let i = 0; i < 3; i += 1) taken.add(firstFree('about', taken));
    expect([...taken]).toEqual(['about-3', 'about', 'about-2', 'about-4']);
  });
});
