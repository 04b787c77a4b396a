import { randomUUID } from 'node:crypto';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { testServers } from '../../../test/support/server.ts';
import { inTransaction } from '../../db.ts';
import { requireFile } from '../../storage/index.ts';
import { tidySpool } from './spool.ts';
import { sweep, sweepErased } from './sweep.ts';
import { fileWorld } from './testing/world.ts';
import { removeFile } from './uploads.ts';

const servers = testServers().map((server, i) => ({
  server,
  kind: (i === 0 ? 'local' : 's3') as 'local' | 's3',
  version: server.version,
}));

describe.each(servers)('the sweep on PostgreSQL $version with $kind', async ({ server, kind }) => {
  const world = await fileWorld(kind, server);
  const { ours, theirs, as, upload, stored, rows, age, storage } = world;
  const db = as(ours);
  let contact: string;
  const later = (hours: number) => new Date(Date.now() + hours * 3_600_000);
  const attach = (key: string) =>
    inTransaction(db, async (tx) => {
      const file = await requireFile(tx, key);
      const { name: fileName, size: fileSize, mimeType } = file;
      const data = {
        entityType: 'contact',
        entityId: contact,
        filePath: key,
        fileName,
        fileSize,
        mimeType,
        uploadedById: ours.owner,
      };
      return tx.attachment.create({ data });
    });

  beforeAll(async () => {
    contact = (await db.contact.create({ data: { name: 'Ada' } })).id;
  });

  it('removes what a crash left between row, bytes and end, after a day and not before', async () => {
    // Killed before the bytes, and between bytes and end.
    const begin = () =>
      db.$queryRaw<
        { storage_key: string }[]
      >`SELECT * FROM app.begin_upload('a.txt', 1, 'text/plain', ${Buffer.alloc(32)}::bytea)`;
    await begin();
    const [half] = await begin();
    await storage.put(half!.storage_key, { stream: Readable.from([Buffer.from('x')]) }, 1, 'text/plain');
    await age(ours, 23);
    expect(await sweep(db, storage)).toEqual({ files: 0, strays: 0 });
    await age(ours, 2);
    expect(await sweep(db, storage)).toEqual({ files: 2, strays: 0 });
    expect([await rows(ours), await stored(ours)]).toEqual([[], []]);
    expect(await sweep(db, storage)).toEqual({ files: 0, strays: 0 });
  });

  it('removes files that nothing refers to after a week, and keeps those that a record has', async () => {
    const [kept, idle] = [(await upload('kept', 'a.txt')).body, (await upload('idle', 'b.txt')).body];
    const attachment = await attach(kept.storageKey);
    await age(ours, 6 * 24);
    expect((await sweep(db, storage)).files).toBe(0);
    await age(ours, 2 * 24);
    expect((await sweep(db, storage)).files).toBe(1);
    expect(await stored(ours)).toEqual([kept.storageKey]);
    expect(idle.linked).toBe(false);
    // A record that goes by a cascade or another program's SQL frees its file too.
    await db.attachment.delete({
      where: { organizationId_id: { organizationId: ours.id, id: attachment.id } },
    });
    await age(ours, 8 * 24);
    expect((await sweep(db, storage)).files).toBe(1);
    expect([await rows(ours), await stored(ours)]).toEqual([[], []]);
  });

  it('goes on where it was killed between bytes and row', async () => {
    const { body } = await upload('x', 'a.txt');
    await removeFile(db, body.id);
    await storage.remove(body.storageKey);
    expect(await sweep(db, storage)).toEqual({ files: 1, strays: 0 });
    expect(await rows(ours)).toEqual([]);
  });

  it('does not take a file that a record takes up at the same moment', async () => {
    const { body } = await upload('x', 'a.txt');
    await age(ours, 8 * 24);
    await inTransaction(db, async (tx) => {
      await requireFile(tx, body.storageKey);
      expect((await sweep(db, storage)).files).toBe(0);
    });
    expect(await stored(ours)).toEqual([body.storageKey]);
  });

  it('lets nobody take up what it has claimed, nor end an upload', async () => {
    const { body } = await upload('x', 'a.txt');
    await age(ours, 9 * 24);
    await db.$queryRaw`SELECT * FROM app.claim_dead_files(now() - interval '1 day', now() - interval '7 days', 10)`;
    await expect(requireFile(db, body.storageKey)).rejects.toMatchObject({ code: 'FILE_UNKNOWN' });
    const [row] = await db.$queryRaw<{ done: boolean }[]>`SELECT app.finish_upload(${body.id}::uuid) AS done`;
    expect(row!.done).toBe(false);
    await sweep(db, storage);
  });

  it('removes bytes without a row once they are a day old, of its own organization alone', async () => {
    const put = (tenant: string) =>
      storage.put(
        `${tenant}/2026/${randomUUID()}`,
        { stream: Readable.from([Buffer.from('x')]) },
        1,
        'text/plain',
      );
    await put(ours.id);
    await put(theirs.id);
    const { body } = await upload('with a row', 'a.txt');
    expect((await sweep(db, storage)).strays).toBe(0);
    expect(await sweep(db, storage, { now: later(25) })).toEqual({ files: 0, strays: 1 });
    expect(await stored(ours)).toEqual([body.storageKey]);
    expect(await stored(theirs)).toHaveLength(1);
  });

  it('removes for the platform what organizations left that are no more', async () => {
    const gone = randomUUID();
    await storage.put(`${gone}/2026/a`, { stream: Readable.from([Buffer.from('x')]) }, 1, 'text/plain');
    const before = [await stored(ours), await stored(theirs)];
    expect(await sweepErased(world.db.platform, storage)).toBe(0);
    expect(await sweepErased(world.db.platform, storage, later(25))).toBe(1);
    expect([await stored(ours), await stored(theirs)]).toEqual(before);
  });

  it('removes bytes on their way that a killed server left', async () => {
    writeFileSync(join(world.spoolFolder, 'old'), 'x');
    writeFileSync(join(world.spoolFolder, 'new'), 'x');
    utimesSync(join(world.spoolFolder, 'old'), 0, 0);
    expect(await tidySpool(world.spoolFolder, new Date(Date.now() - 3_600_000))).toBe(1);
    expect(world.spooled()).toEqual(['new']);
  });
});
