import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contentDisposition, nameOf } from './disposition.ts';
import { cleanName } from './name.ts';

it.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\ada\\Contract.pdf', 'Contract.pdf'],
  ['/', 'file'],
  ['..', 'file'],
  ['.htaccess', 'htaccess'],
  ['con', '_con'],
  ['COM1.txt', '_COM1.txt'],
  ['invoice\u202efdp.exe', 'invoicefdp.exe'],
  ['a\u0000b\r\nc.txt', 'abc.txt'],
  ['a<b>:"|?*.txt', 'a_b______.txt'],
  [' name. ', 'name'],
  ['Haus – Übersicht 🏠.pdf', 'Haus – Übersicht 🏠.pdf'],
  ['\ud800.txt', '\ufffd.txt'],
])('%j becomes %j', (given, clean) => {
  expect(cleanName(given)).toBe(clean);
});

it('keeps the ending of a long name within 255 bytes', () => {
  const clean = cleanName(`${'ü'.repeat(300)}.pdf`);
  expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(255);
  expect(clean.endsWith('ü.pdf')).toBe(true);
});

it('gives, for any text, a name that is harmless and stays as it is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.constantFrom('', '.', '.pdf', '/', 'con.', '\u202e'),
      (text, more) => {
        const clean = cleanName(`${more}${text}${more}`);
        expect(clean).toMatch(/^[^\p{Cc}/\\<>:"|?*\u202a-\u202e\u2066-\u2069]+$/u);
        expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(255);
        expect(clean).not.toMatch(/^[.\s]|[.\s]$|^(?:con|prn|aux|nul)(?:\.|$)/i);
        expect(cleanName(clean)).toBe(clean);
        expect(nameOf(contentDisposition(clean))).toBe(clean);
        expect(contentDisposition(clean)).toMatch(
          /^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[\w.~!#$&+^`|%-]+$/,
        );
      },
    ),
    { numRuns: 2000 },
  );
});

it.each([
  ['form-data; name="file"; filename="a b.pdf"', 'a b.pdf'],
  ['attachment; filename=plain.pdf', 'plain.pdf'],
  ['attachment; filename="x.pdf"; filename*=UTF-8\'\'Gr%C3%BC%C3%9Fe.pdf', 'Grüße.pdf'],
  ['attachment; filename="x.pdf"; filename*=UTF-8\'\'%ff', 'x.pdf'],
  [`form-data; name="f"; filename="${Buffer.from('Grüße.pdf').toString('latin1')}"`, 'Grüße.pdf'],
  ['form-data; name="f"; filename="a\\"b\\\\c.pdf"', 'c.pdf'],
  ['inline', undefined],
  [undefined, undefined],
])('reads the name out of %j', (header, name) => {
  expect(nameOf(header)).toBe(name);
});
