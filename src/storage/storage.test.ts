import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { localStorage, type Storage, s3Storage } from './index.ts';
import { s3Server, settingsFor } from './testing/s3-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'lotline-storage-'));
const s3 = await s3Server();
afterAll(async () => {
  await s3.close();
  rmSync(folder, { recursive: true, force: true });
});

const root = join(folder, 'kept');
const storages: [string, Storage][] = [
  ['local', localStorage(root)],
  ['s3', s3Storage(settingsFor(s3.endpoint))],
];

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe.each(storages)('the %s storage', (_name, storage) => {
  const tenant = randomUUID();
  const key = () => `${tenant}/2026/${randomUUID()}`;

  it('gives back what a file or a stream brought, whole and in part', async () => {
    const bytes = randomBytes(300_000);
    const path = join(folder, randomUUID());
    writeFileSync(path, bytes);
    const [a, b] = [key(), key()];
    await storage.put(a, { path }, bytes.length, 'image/png', {
      sha256: createHash('sha256').update(bytes).digest(),
    });
    await storage.put(
      b,
      { stream: Readable.from([bytes.subarray(0, 9), bytes.subarray(9)]) },
      bytes.length,
      'image/png',
    );
    for (const stored of [a, b]) {
      const { stream, size } = await storage.get(stored);
      expect(size).toBe(bytes.length);
      expect((await buffer(stream)).equals(bytes)).toBe(true);
      const part = await storage.get(stored, { start: 10, end: 19 });
      expect(part.size).toBe(10);
      expect((await buffer(part.stream)).equals(bytes.subarray(10, 20))).toBe(true);
      expect(await storage.stat(stored)).toMatchObject({ key: stored, size: bytes.length });
    }
  });

  it('lists what begins with a prefix and the organizations that have something', async () => {
    const [mine, other] = [randomUUID(), randomUUID()];
    const keys = [`${mine}/2025/a`, `${mine}/2026/b`, `${mine}/2026/c`];
    for (const k of [...keys, `${other}/2026/d`])
      await storage.put(k, { stream: Readable.from([Buffer.from('x')]) }, 1, 'text/plain');
    s3.page = 2;
    expect((await all(storage.list(`${mine}/`))).map((s) => [s.key, s.size]).sort()).toEqual(
      keys.map((k) => [k, 1]),
    );
    expect(await all(storage.tenants())).toEqual(expect.arrayContaining([mine, other]));
    s3.page = 1000;
    expect(await all(storage.list(`${randomUUID()}/`))).toEqual([]);
  });

  it('removes once and again, and then has nothing under the key', async () => {
    const k = key();
    await storage.put(k, { stream: Readable.from([Buffer.from('x')]) }, 1, 'text/plain');
    await storage.remove(k);
    await storage.remove(k);
    expect(await storage.stat(k)).toBeUndefined();
    await expect(storage.get(k)).rejects.toMatchObject({ code: 'STORAGE_MISSING', status: 404 });
  });

  it.each([
    ['shorter', 9],
    ['longer', 3],
  ])('keeps nothing of a source that is %s than was said', async (_what, size) => {
    const k = key();
    const stream = Readable.from([Buffer.from('12'), Buffer.from('345')]);
    await expect(storage.put(k, { stream }, size, 'text/plain')).rejects.toMatchObject({
      code: 'STORAGE_SIZE',
    });
    expect(await storage.stat(k)).toBeUndefined();
  });

  it('keeps nothing of a source that breaks off', async () => {
    const k = key();
    const stream = Readable.from(
      (async function* () {
        yield Buffer.from('12');
        throw new Error('gone');
      })(),
    );
    await expect(storage.put(k, { stream }, 4, 'text/plain')).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
    });
    expect(await storage.stat(k)).toBeUndefined();
  });

  it.each([
    '../x',
    'a/../b',
    '/etc/passwd',
    'a//b',
    'a',
    'a/.incoming',
    'a/b\n',
    'a\\b/c',
    '',
    `a/${'x'.repeat(500)}`,
    'a/b?c',
    'a/%2e%2e',
  ])('refuses the key %j', async (k) => {
    const source = { stream: Readable.from([Buffer.from('x')]) };
    const asks: (() => Promise<unknown>)[] = [
      () => storage.put(k, source, 1, 'text/plain'),
      () => storage.get(k),
      () => storage.stat(k),
      () => storage.remove(k),
    ];
    for (const ask of asks)
      await expect(Promise.resolve().then(ask)).rejects.toMatchObject({ code: 'STORAGE_KEY' });
  });
});

describe('the local storage', () => {
  const storage = storages[0]![1];

  it('is for its owner’s eyes alone and leaves no folders of what was removed', async () => {
    const tenant = randomUUID();
    const k = `${tenant}/2026/a`;
    await storage.put(k, { stream: Readable.from([Buffer.from('x')]) }, 1, 'text/plain');
    expect(statSync(join(root, k)).mode & 0o777).toBe(0o600);
    expect(statSync(join(root, tenant)).mode & 0o777).toBe(0o700);
    await storage.remove(k);
    expect(readdirSync(root)).not.toContain(tenant);
  });

  it('writes and removes beside each other in one folder', async () => {
    const tenant = randomUUID();
    await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        const k = `${tenant}/2026/${i}`;
        await storage.put(k, { stream: Readable.from([Buffer.from('x')]) }, 1, 'text/plain');
        await storage.remove(k);
      }),
    );
    expect(await all(storage.list(`${tenant}/`))).toEqual([]);
  });

  it('tidies up what a crash left half written, but not what is being written', async () => {
    writeFileSync(join(root, '.incoming', 'left'), 'half');
    expect(await storage.tidy(new Date(Date.now() - 60_000))).toBe(0);
    expect(await storage.tidy(new Date(Date.now() + 60_000))).toBe(1);
    expect(readdirSync(join(root, '.incoming'))).toEqual([]);
  });
});
