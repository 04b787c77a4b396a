import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fileOfForm } from './multipart.ts';

const TYPE = 'multipart/form-data; boundary=line';

async function* pieces(bytes: Buffer, cuts: readonly number[]) {
  const at = [0, ...cuts.map((c) => c % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (let i = 1; i < at.length; i += 1) yield bytes.subarray(at[i - 1], at[i]);
}

async function read(text: Buffer | string, type = TYPE, cuts: readonly number[] = []) {
  const file = await fileOfForm(pieces(Buffer.from(text), cuts), type);
  const parts: Uint8Array[] = [];
  for await (const part of file.bytes) parts.push(part);
  return { ...file, bytes: Buffer.concat(parts) };
}

const head =
  'Content-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf; x=y\r\n\r\n';

it('gives name, type and bytes of any file, however the body is cut', async () => {
  const nasty = fc.constantFrom('\r\n', '\r\n--', '\r\n--lin', '--line', '\n', '\r', 'x');
  const content = fc.oneof(
    fc.array(nasty).map((a) => Buffer.from(a.join(''))),
    fc.uint8Array({ maxLength: 300 }).map((a) => Buffer.from(a)),
  );
  await fc.assert(
    fc.asyncProperty(
      content,
      fc.array(fc.nat(900), { maxLength: 40 }),
      fc.constantFrom('', 'preamble\r\n'),
      async (bytes, cuts, before) => {
        fc.pre(!bytes.includes('\r\n--line') && !bytes.subarray(0, 6).equals(Buffer.from('--line')));
        const body = Buffer.concat([
          Buffer.from(`${before}--line\r\n${head}`),
          bytes,
          Buffer.from('\r\n--line--\r\n'),
        ]);
        const file = await read(body, TYPE, cuts);
        expect([file.name, file.type]).toEqual(['a.pdf', 'application/pdf']);
        expect(file.bytes.equals(bytes)).toBe(true);
      },
    ),
    { numRuns: 1000 },
  );
});

it.each([
  ['no boundary', 'multipart/form-data', `--line\r\n${head}x\r\n--line--`],
  ['another boundary', TYPE, `--other\r\n${head}x\r\n--other--`],
  ['no end', TYPE, `--line\r\n${head}x`],
  ['two files', TYPE, `--line\r\n${head}x\r\n--line\r\n${head}y\r\n--line--`],
  [
    'a field before the file',
    TYPE,
    `--line\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--line\r\n${head}x\r\n--line--`,
  ],
  ['a header without end', TYPE, `--line\r\n${'X: y\r\n'.repeat(4000)}`],
  ['nothing', TYPE, ''],
])('refuses a form with %s', async (_what, type, body) => {
  await expect(read(body, type)).rejects.toMatchObject({ code: 'UPLOAD_FORM_INVALID' });
});
