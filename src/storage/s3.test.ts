import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { s3Storage } from './index.ts';
import { addressOf } from './s3-request.ts';
import { SECRET, s3Server, settingsFor } from './testing/s3-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'lotline-s3-'));
const path = join(folder, 'file');
writeFileSync(path, 'hello');
const server = await s3Server();
const storage = s3Storage(settingsFor(server.endpoint));
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  server.seen.length = 0;
  server.faults.length = 0;
});

it('tries again what may pass, while the bytes can be sent again', async () => {
  server.faults.push({ status: 503, code: 'SlowDown' }, 'cut', { status: 500, code: 'InternalError' });
  await storage.put('t/a', { path }, 5, 'text/plain');
  expect(server.seen).toEqual(Array(4).fill('PUT t/a'));
  expect(server.objects.get('t/a')?.bytes.toString()).toBe('hello');
  server.faults.push({ status: 503, code: 'SlowDown' });
  const stream = Readable.from([Buffer.from('hello')]);
  await expect(storage.put('t/b', { stream }, 5, 'text/plain')).rejects.toMatchObject({
    code: 'STORAGE_UNAVAILABLE',
    status: 503,
  });
  expect(server.objects.has('t/b')).toBe(false);
});

it('gives up after four attempts', async () => {
  server.faults.push(...Array(9).fill({ status: 500, code: 'InternalError' }));
  await expect(storage.stat('t/a')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  expect(server.seen).toHaveLength(4);
});

it('does not try again what is refused, and says why without the secret', async () => {
  const wrong = s3Storage({ ...settingsFor(server.endpoint), secretAccessKey: () => `${SECRET}!` });
  const error: Error = await wrong.get('t/a').then(
    () => new Error('given'),
    (e) => e,
  );
  expect(error).toMatchObject({
    code: 'STORAGE_REFUSED',
    status: 502,
    message: 'The storage answered 403 (SignatureDoesNotMatch).',
  });
  expect(server.seen).toHaveLength(1);
  const other = s3Storage({ ...settingsFor(server.endpoint), bucket: 'elsewhere' });
  await expect(other.put('t/a', { path }, 5, 'text/plain')).rejects.toMatchObject({
    code: 'STORAGE_REFUSED',
  });
});

it('does not wait for ever for an answer', async () => {
  server.faults.push('silence', 'silence');
  const hasty = s3Storage({ ...settingsFor(server.endpoint), idleTimeout: 50, attempts: 2 });
  await expect(hasty.stat('t/a')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  expect(server.seen).toHaveLength(2);
});

it('has the bytes checked against a hash that was known before', async () => {
  await expect(
    storage.put('t/c', { path }, 5, 'text/plain', { sha256: Buffer.alloc(32) }),
  ).rejects.toMatchObject({ message: 'The storage answered 403 (XAmzContentSHA256Mismatch).' });
  expect(server.objects.has('t/c')).toBe(false);
});

it('presigns a URL that answers without credentials for a while, as a download', async () => {
  await storage.put('t/d', { path }, 5, 'text/plain');
  const url = await storage.presign!('t/d', 60, {
    contentType: 'text/plain',
    contentDisposition: 'attachment; filename="a b.txt"',
  });
  expect(url).not.toContain(SECRET);
  const answer = await fetch(url);
  expect([answer.status, await answer.text()]).toEqual([200, 'hello']);
  expect((await fetch(url.replace('t/d', 't/a'))).status).toBe(403);
});

it('ends a put when its caller goes away', async () => {
  server.faults.push('silence');
  const gone = new AbortController();
  const put = storage.put('t/e', { path }, 5, 'text/plain', { signal: gone.signal });
  gone.abort();
  await expect(put).rejects.toThrow();
  expect(server.objects.has('t/e')).toBe(false);
});

it('puts the bucket into path or host', () => {
  const settings = settingsFor('https://s3.example.com/base/');
  expect(addressOf(settings, 'a/b').href).toBe('https://s3.example.com/base/lotline-test/a/b');
  expect(addressOf({ ...settings, pathStyle: false }, 'a/b').href).toBe(
    'https://lotline-test.s3.example.com/base/a/b',
  );
});

it('lets a reader go who does not read to the end', async () => {
  server.objects.set('t/big', { bytes: Buffer.alloc(5_000_000), type: 'x/y', modified: new Date() });
  const { stream } = await storage.get('t/big');
  stream.destroy();
  expect((await buffer((await storage.get('t/d')).stream)).toString()).toBe('hello');
});
