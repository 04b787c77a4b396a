import { expect, it } from 'vitest';
import { namesTag, rangeOf } from './byte-range.ts';
import { linkSigner } from './signed-link.ts';

const target = { organizationId: 'o', fileId: 'f', inline: false };
const now = new Date('2026-11-25T12:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const links = linkSigner(() => ['secret']);

function parts(path: string): [expires: string, signature: string] {
  const query = new URL(path, 'http://x').searchParams;
  return [query.get('expires')!, query.get('signature')!];
}

it('holds until its end and an hour at most', () => {
  const { path, expiresAt } = links.sign(target, 300, now);
  expect(expiresAt).toEqual(later(300));
  expect(links.verify(target, ...parts(path), later(299))).toBe('valid');
  expect(links.verify(target, ...parts(path), later(300))).toBe('expired');
  expect(links.sign(target, 999_999, now).expiresAt).toEqual(later(3600));
});

it('is bound to organization, file, way of showing and end', () => {
  const [expires, signature] = parts(links.sign(target, 300, now).path);
  const wrong: [Partial<typeof target>, string, string][] = [
    [{ organizationId: 'p' }, expires, signature],
    [{ fileId: 'g' }, expires, signature],
    [{ inline: true }, expires, signature],
    [{}, String(Number(expires) + 1), signature],
    [{}, `0${expires}`, signature],
    [{}, expires, `${signature.slice(0, -2)}AA`],
    [{}, expires, signature.slice(0, 10)],
    [{}, expires, ''],
    [{}, '', ''],
  ];
  for (const [other, e, s] of wrong) expect(links.verify({ ...target, ...other }, e, s, now)).toBe('invalid');
});

it('does not say of a made-up link that it expired', () => {
  expect(links.verify(target, '1', 'A'.repeat(43), now)).toBe('invalid');
});

it('outlives the rotation of its secret, and not its removal', () => {
  const made = parts(links.sign(target, 300, now).path);
  expect(linkSigner(() => ['new', 'secret']).verify(target, ...made, now)).toBe('valid');
  expect(linkSigner(() => ['new']).verify(target, ...made, now)).toBe('invalid');
});

it.each([
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=5-', { start: 5, end: 9 }],
  ['bytes=2-100', { start: 2, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-300', { start: 0, end: 9 }],
  ['bytes=10-', 'beyond'],
  ['bytes=-0', 'beyond'],
  ['bytes=5-2', undefined],
  ['bytes=0-1,3-4', undefined],
  ['items=0-1', undefined],
  ['bytes=-', undefined],
  ['bytes=a-b', undefined],
  [undefined, undefined],
])('the range %s of ten bytes is %o', (header, range) => {
  expect(rangeOf(header, 10)).toEqual(range);
});

it('finds a tag in a list, weakly where that is enough', () => {
  expect(namesTag('"a", "b"', '"b"', false)).toBe(true);
  expect(namesTag('W/"b"', '"b"', true)).toBe(true);
  expect(namesTag('W/"b"', '"b"', false)).toBe(false);
  expect(namesTag('*', '"b"', false)).toBe(true);
  expect(namesTag('"bb"', '"b"', true)).toBe(false);
});
