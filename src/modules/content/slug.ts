/** Characters of a slug; the column holds as many (`@format slug`). */
export const SLUG_LENGTH = 255;
export const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Latin letters that Unicode does not take apart into a base and a mark. */
const FOLDED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
};

/**
 * The slug of a title: accents off, lower case, everything else a hyphen. A title without any Latin letter or digit gives
 * `untitled`. The slug of a slug is itself.
 */
export function slugOf(title: string): string {
  const slug = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    // An apostrophe joins: "Don't" is one word.
    .replace(/['’ʼ]/g, '')
    .replace(/[ßæœøđðþłħıŋ]/g, (letter) => FOLDED[letter]!)
    .replace(/[^a-z0-9]+/g, '-');
  return cut(slug.replace(/^-/, ''), SLUG_LENGTH) || 'untitled';
}

/** The slug with a number behind, shortened where both would be too long: `about-us-2`. */
export function numbered(slug: string, number: number): string {
  const tail = `-${number}`;
  return cut(slug, SLUG_LENGTH - tail.length) + tail;
}

/** The first that is free of: the slug, the slug with 2 behind, with 3 … */
export function firstFree(slug: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? slug : numbered(slug, number);
    if (!taken.has(candidate)) return candidate;
  }
}

const cut = (slug: string, length: number) => slug.slice(0, length).replace(/-$/, '');
