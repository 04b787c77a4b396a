import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { docx, gif, heic, jpeg, mp4, odt, pdf, png, tiff, webp, zip } from '../testing/samples.ts';
import { sniff } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'lotline-sniff-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function look(bytes: Buffer | string, name: string, type?: string): Promise<string> {
  const path = join(folder, randomUUID());
  writeFileSync(path, bytes);
  return sniff(path, { name, type });
}

const office = 'application/vnd.openxmlformats-officedocument';
const mail =
  'From: ada@example.com\r\nSubject: House\r\nContent-Type: text/html\r\n\r\n<html><body>Hi</body></html>';

describe('what is taken', () => {
  it.each<[string, Buffer | string, string, string | undefined]>([
    ['image/png', png(), 'a.png', 'image/png'],
    ['image/gif', gif(), 'a.GIF', undefined],
    ['image/jpeg', jpeg(), 'a.jpeg', 'image/jpg'],
    ['image/webp', webp(), 'a.webp', undefined],
    ['image/heic', heic(), 'a.heic', 'image/heif'],
    ['image/tiff', tiff(), 'a.tif', undefined],
    ['application/pdf', pdf(), 'contract', 'application/octet-stream'],
    ['video/mp4', mp4(), 'tour.mp4', undefined],
    [`${office}.wordprocessingml.document`, docx(), 'offer.docx', undefined],
    ['application/vnd.oasis.opendocument.text', odt(), 'offer.odt', undefined],
    ['text/plain', 'Grüße, 300 000 €', 'a.txt', 'text/plain'],
    ['text/plain', Buffer.from('Gr\xfc\xdfe', 'latin1'), 'a.txt', undefined],
    ['text/plain', 'BMW of the seller, MZ, II*', 'a.txt', undefined],
    ['text/csv', '\ufeffname;price\r\nA;1', 'a.csv', 'application/vnd.ms-excel'],
    ['text/csv', 'a,b', 'unnamed', 'text/csv'],
    ['message/rfc822', mail, 'a.eml', undefined],
    ['text/plain', 'price < 300 and > 200; if a <b', 'a.txt', undefined],
  ])('%s', async (mime, bytes, name, type) => {
    expect(await look(bytes, name, type)).toBe(mime);
  });

  it('includes a photo with a film behind it, as telephones make them', async () => {
    expect(await look(Buffer.concat([jpeg(), mp4()]), 'a.jpg')).toBe('image/jpeg');
  });
});

describe('what is not what it says', () => {
  it.each<[string, Buffer | string, string, string | undefined]>([
    ['a PNG as JPEG', png(), 'a.jpg', undefined],
    ['a PNG declared as PDF', png(), 'a.png', 'application/pdf'],
    ['a PDF as text', pdf(), 'a.txt', undefined],
    ['a text as PDF', 'hello', 'a.pdf', undefined],
    ['a document as spreadsheet', docx(), 'a.xlsx', undefined],
    ['a text as mail', 'hello', 'a.eml', undefined],
    ['a text declared as a page', 'hello', 'a.txt', 'text/html'],
  ])('%s', async (_what, bytes, name, type) => {
    await expect(look(bytes, name, type)).rejects.toMatchObject({
      code: 'FILE_TYPE_MISMATCH',
      kind: 'invalid',
    });
  });
});

const script = '<script>alert(1)</script>';
const page = `<html><body>${script}</body></html>`;

describe('what is not taken', () => {
  it.each<[string, Buffer | string, string]>([
    ['HTML', page, 'a.txt'],
    ['HTML by its name', 'hello', 'a.html'],
    ['HTML after blanks and a mark', `\ufeff \n<!DOCTYPE html><p>`, 'a.txt'],
    ['HTML after a comment', `<!-- x --><p onclick=x>`, 'a.csv'],
    ['HTML in a table of values', `name\n${script}`, 'a.csv'],
    ['HTML at the end of a long text', `${'x'.repeat(100_000)}${script}`, 'a.txt'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'a.txt'],
    ['SVG with a declaration', '<?xml version="1.0"?><svg/>', 'a'],
    ['XML', '<?xml version="1.0"?><a/>', 'a.txt'],
    ['UTF-16 XML', Buffer.from('\ufeff<?xml version="1.0"?><a/>', 'utf16le'), 'a.txt'],
    ['a script by its name', 'alert(1)', 'a.js'],
    ['a shell script', '#!/bin/sh\nrm -r x', 'a.txt'],
    [
      'a Windows program',
      Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'), Buffer.alloc(200)]),
      'a.txt',
    ],
    [
      'an ELF program',
      Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1'), Buffer.alloc(100)]),
      'a',
    ],
    ['an archive', zip({ 'a.txt': 'x' }), 'a'],
    ['an archive as document', zip({ 'a.txt': 'x' }), 'a.docx'],
    ['RTF', '{\\rtf1\\ansi hello}', 'a.txt'],
    ['bytes of no type', Buffer.from([1, 2, 3, 0, 255]), 'a'],
    ['a text with zero bytes', 'a\0b', 'a.txt'],
    ['a GIF that is a page', gif({ comment: page }), 'a.gif'],
    ['a GIF that is a script', gif({ width: 0x2a2f }), 'a.gif'],
    ['a GIF with a page behind it', Buffer.concat([gif(), Buffer.from('<b>x</b>')]), 'a.gif'],
    ['a GIF that breaks off', gif().subarray(0, 30), 'a.gif'],
    ['a JPEG with a script in its comment', jpeg(script), 'a.jpg'],
    [
      'a JPEG with a page behind it',
      Buffer.concat([jpeg(), Buffer.alloc(90_000), Buffer.from(page)]),
      'a.jpg',
    ],
    ['a JPEG with an archive behind it', Buffer.concat([jpeg(), zip({ 'x.class': 'x' })]), 'a.jpg'],
    [
      'a JPEG with an archive and more behind it',
      Buffer.concat([jpeg(), zip({ x: 'x' }), Buffer.alloc(999)]),
      'a.jpg',
    ],
    ['a JPEG with a PDF in its comment', jpeg('%PDF-1.4'), 'a.jpg'],
    ['a PNG with HTML behind it', Buffer.concat([png(), Buffer.from('<b>x</b>')]), 'a.png'],
    ['a PNG with a page in its text', png(['tEXt', Buffer.from(`a\0${page}`)]), 'a.png'],
    ['a PNG with an archive behind it', Buffer.concat([png(), zip({ a: 'x' })]), 'a.png'],
    ['a PDF with something before it', Buffer.concat([Buffer.from('\n'), pdf()]), 'a.pdf'],
    ['a PDF in a text', `hello\n%PDF-1.4`, 'a.txt'],
    ['a PDF with a script', pdf(page), 'a.pdf'],
    [
      'a PDF with a page behind it',
      Buffer.concat([pdf(), Buffer.alloc(70_000, 32), Buffer.from(page)]),
      'a.pdf',
    ],
    ['a PDF with an archive behind it', Buffer.concat([pdf(), docx()]), 'a.pdf'],
    ['a document with macros', docx({ 'word/vbaProject.bin': 'x' }), 'a.docx'],
    ['a document that is a Java program', docx({ 'META-INF/MANIFEST.MF': 'x', 'A.class': 'x' }), 'a.docx'],
    ['a document with something behind it', Buffer.concat([docx(), Buffer.from('x')]), 'a.docx'],
    ['a document behind another one', Buffer.concat([docx(), docx()]), 'a.docx'],
    ['a PNG named as a page', png(), 'a.png.html'],
  ])('%s', async (_what, bytes, name) => {
    await expect(look(bytes, name)).rejects.toMatchObject({ code: 'FILE_NOT_ALLOWED', kind: 'invalid' });
  });

  it('costs no more than reading it, also where its lines were made to mislead', async () => {
    const lines = ['A:', ' ', '\r', 'A: \r', '<!doctype ', '<meta ', 'PK\x05\x06', 'A:\n ', ' \n'];
    for (const line of lines) {
      const started = performance.now();
      await look(`Subject: x\n${line.repeat(200_000)}`, 'a.eml').catch(() => {});
      expect(performance.now() - started).toBeLessThan(5000);
    }
  });

  it('is refused, never a crash, whatever the bytes and the name', async () => {
    const heads = [png(), gif(), jpeg(), pdf(), docx(), mp4(), webp(), Buffer.alloc(0)].map((b) =>
      fc.constant(b),
    );
    const bytes = fc.tuple(fc.oneof(...heads), fc.nat(400), fc.uint8Array({ minLength: 1, maxLength: 200 }));
    await fc.assert(
      fc.asyncProperty(
        bytes,
        fc.constantFrom('a', 'a.png', 'a.pdf', 'a.txt', 'a.docx'),
        async ([head, cut, rest], name) => {
          const found = await look(Buffer.concat([head.subarray(0, cut), rest]), name).catch(
            (error) => error,
          );
          if (typeof found !== 'string')
            expect(['FILE_NOT_ALLOWED', 'FILE_TYPE_MISMATCH']).toContain(found.code);
        },
      ),
      { numRuns: 300 },
    );
  });
});
