import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { lifecycleOf, testFolder } from '../../../test/support/demo-database.ts';
import {
  eraseTenant,
  exportTenant,
  importTenant,
  type Lifecycle,
  previewErase,
} from '../../tenancy/lifecycle/index.ts';
import { fileStore } from './lifecycle-store.ts';
import { header, readHeader } from './tar.ts';
import { pdf, png } from './testing/samples.ts';
import { fileWorld } from './testing/world.ts';

describe.each(['local', 's3'] as const)('the files of a tenant in the %s storage', async (kind) => {
  const world = await fileWorld(kind);
  const { ours, theirs, upload, stored, rows, storage } = world;
  const lifecycle: Lifecycle = { ...lifecycleOf(world.db), stores: [fileStore(storage)] };
  const folder = testFolder();
  const exported = join(folder, 'a');
  const erase = async (tenant: string, other = lifecycle) =>
    eraseTenant(other, tenant, (await previewErase(other, tenant)).token, 'test');
  let before: { keys: string[]; rows: unknown[] };

  beforeAll(async () => {
    await upload(png(), 'a.png');
    await upload(pdf(), 'b.pdf');
    await upload('theirs', 'c.txt', { who: theirs });
    before = { keys: await stored(ours), rows: await rows(ours) };
    await exportTenant(lifecycle, ours.id, exported, 'test');
  });

  it('go out as one archive with hashes, come back the same, and go with an erasure, others’ not', async () => {
    const { tables } = await previewErase(lifecycle, ours.id);
    expect(tables).toMatchObject({ 'files.uploads': 2, 'files.objects': 2 });
    const { after } = await erase(ours.id);
    expect(after.remains).toEqual([]);
    expect([await stored(ours), await rows(ours)]).toEqual([[], []]);
    expect(await stored(theirs)).toHaveLength(1);
    expect((await importTenant(lifecycle, exported, 'test')).tables).toMatchObject({ 'files.objects': 2 });
    expect([await stored(ours), await rows(ours)]).toEqual([before.keys, before.rows]);
    await exportTenant(lifecycle, ours.id, join(folder, 'b'), 'test');
    const archive = (name: string) => readFileSync(join(folder, name, 'stores/files/objects.tar'));
    expect(archive('b').equals(archive('a'))).toBe(true);
  });

  it('stay where an erasure is refused', async () => {
    const refusing: Lifecycle = {
      ...lifecycle,
      stores: [
        ...lifecycle.stores!,
        { ...fileStore(storage), name: 'refuses', erase: () => Promise.reject(new Error('no')) },
      ],
    };
    await expect(erase(ours.id, refusing)).rejects.toThrow('no');
    expect(await stored(ours)).toEqual(before.keys);
  });

  it('are proved to be gone: bytes that come back are told', async () => {
    const forgetful: Lifecycle = {
      ...lifecycle,
      stores: [{ ...fileStore(storage), erased: async () => {} }],
    };
    await expect(erase(ours.id, forgetful)).rejects.toMatchObject({
      code: 'ERASE_UNPROVED',
      message: expect.stringContaining('files.objects (2)'),
    });
    await importTenant(lifecycle, exported, 'test');
    expect(await stored(ours)).toEqual(before.keys);
  });

  it('are not exported where bytes are not what their row says', async () => {
    const key = (await stored(theirs))[0]!;
    const path = join(folder, 'changed');
    writeFileSync(path, 'THEIRS');
    await storage.put(key, { path }, 6, 'text/plain');
    await expect(exportTenant(lifecycle, theirs.id, join(folder, 'c'), 'test')).rejects.toMatchObject({
      code: 'FILE_BYTES_DIFFER',
    });
  });

  it('do not come in under a key of another organization, nor with bytes too few or too many', async () => {
    await erase(ours.id);
    let made = 0;
    const forged = async (change: (archive: Buffer) => Buffer) => {
      const copy = join(folder, `forged-${made++}`);
      cpSync(exported, copy, { recursive: true });
      const path = join(copy, 'stores/files/objects.tar');
      const bytes = change(readFileSync(path));
      writeFileSync(path, bytes);
      const manifest = JSON.parse(readFileSync(join(copy, 'manifest.json'), 'utf8'));
      Object.assign(manifest.stores[0].files[0], {
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
      writeFileSync(join(copy, 'manifest.json'), JSON.stringify(manifest));
      return importTenant(lifecycle, copy, 'test');
    };
    const [first] = before.keys;
    const size = readHeader(readFileSync(join(exported, 'stores/files/objects.tar')).subarray(0, 512))!.size;
    const foreign = header(first!.replace(ours.id, theirs.id), size);
    await expect(forged((a) => Buffer.concat([foreign, a.subarray(512)]))).rejects.toMatchObject({
      code: 'FILE_BYTES_DIFFER',
    });
    await expect(forged((a) => a.subarray(a.length - 1024))).rejects.toMatchObject({
      code: 'FILE_BYTES_DIFFER',
    });
    await expect(
      forged((a) => Buffer.concat([a.subarray(0, 512), Buffer.alloc(9, 65), a.subarray(521)])),
    ).rejects.toThrow();
    expect(await rows(ours)).toEqual([]);
    expect(await stored(theirs)).toHaveLength(1);
    appendFileSync(join(exported, 'stores/files/objects.tar'), 'x');
    await expect(importTenant(lifecycle, exported, 'test')).rejects.toMatchObject({ code: 'EXPORT_INVALID' });
  });
});
