import { randomUUID } from 'node:crypto';
import { constants, createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { StorageError } from './errors.ts';
import { requireKey, requirePrefix } from './key.ts';
import type { PutOptions, Source, Storage, Stored } from './storage.ts';

/** No key begins with a dot, so this folder holds no object. */
const INCOMING = '.incoming';

/**
 * Files on the local disk, below one folder that only its owner can read. A write goes to a file of its own, which is seen
 * onto the disk and then takes its name, so a crash leaves whole objects and files in `.incoming`, which `tidy` removes.
 */
export function localStorage(root: string): Storage {
  const folder = resolve(root);
  const pathOf = (key: string) => join(folder, ...requireKey(key).split('/'));

  async function* walk(prefix: string): AsyncGenerator<Stored> {
    for (const entry of await entries(join(folder, prefix))) {
      const key = `${prefix}${entry.name}`;
      if (entry.isDirectory()) yield* walk(`${key}/`);
      else {
        const about = await orUndefined(stat(join(folder, key)));
        if (about?.isFile()) yield { key, size: about.size, modified: about.mtime };
      }
    }
  }

  return {
    kind: 'local',
    async put(key, source, size, _contentType, options = {}) {
      const path = pathOf(key);
      const incoming = join(folder, INCOMING, randomUUID());
      try {
        await mkdir(dirname(incoming), { recursive: true, mode: 0o700 });
        await copy(source, incoming, options);
        await onDisk(incoming, size);
        await intoPlace(incoming, path);
        await syncFolder(dirname(path));
      } catch (error) {
        await rm(incoming, { force: true }).catch(() => {});
        throw failed(error, options.signal);
      }
    },
    async get(key, range) {
      const path = pathOf(key);
      const file = await open(path, 'r').catch((error) => {
        throw failed(error);
      });
      try {
        const { size } = await file.stat();
        if (range && (range.start > range.end || range.end >= size))
          throw new StorageError('STORAGE_SIZE', 'This part lies beyond the end of the stored file.');
        const stream = createReadStream(path, { fd: file, ...(range ?? {}) });
        return { stream, size: range ? range.end - range.start + 1 : size };
      } catch (error) {
        await file.close();
        throw failed(error);
      }
    },
    async stat(key) {
      const about = await orUndefined(stat(pathOf(key)));
      return about?.isFile() ? { key, size: about.size, modified: about.mtime } : undefined;
    },
    async remove(key) {
      const path = pathOf(key);
      await rm(path, { force: true }).catch((error) => {
        throw failed(error);
      });
      // Folders that became empty go too; one that another write has just filled, or made again, stays.
      for (let up = dirname(path); up !== folder; up = dirname(up)) {
        const emptied = await rmdir(up).then(
          () => true,
          () => false,
        );
        if (!emptied) return;
      }
    },
    list: (prefix) => walk(requirePrefix(prefix)),
    async *tenants() {
      for (const entry of await entries(folder)) if (entry.isDirectory()) yield entry.name;
    },
    async tidy(before) {
      let removed = 0;
      for (const entry of await entries(join(folder, INCOMING))) {
        const path = join(folder, INCOMING, entry.name);
        const about = await orUndefined(stat(path));
        if (!about || about.mtime >= before) continue;
        await rm(path, { force: true, recursive: true });
        removed += 1;
      }
      return removed;
    },
  };
}

async function copy(source: Source, to: string, { signal }: PutOptions): Promise<void> {
  signal?.throwIfAborted();
  if ('stream' in source) {
    await pipeline(source.stream, createWriteStream(to, { flags: 'wx', mode: 0o600 }), {
      ...(signal ? { signal } : {}),
    });
  } else await copyFile(source.path, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
}

async function onDisk(path: string, size: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.chmod(0o600);
    const found = (await file.stat()).size;
    if (found !== size)
      throw new StorageError('STORAGE_SIZE', `${found} bytes came, not ${size} as was said.`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A removal beside it may take the folder away while it is empty: then it is made once more. */
async function intoPlace(incoming: string, path: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    try {
      return await rename(incoming, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === 5) throw error;
    }
  }
}

/** A name is only safe when its folder is on the disk too. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

async function entries(path: string) {
  const found = (await orUndefined(readdir(path, { withFileTypes: true }))) ?? [];
  return found.filter((e) => path.endsWith(INCOMING) || !e.name.startsWith('.'));
}

async function orUndefined<T>(asked: Promise<T>): Promise<T | undefined> {
  return asked.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw failed(error);
  });
}

function failed(error: unknown, signal?: AbortSignal): unknown {
  if (error instanceof StorageError || signal?.aborted) return error;
  const { code = 'an error' } = error as NodeJS.ErrnoException;
  return code === 'ENOENT'
    ? new StorageError('STORAGE_MISSING', 'The bytes of this file are not in the storage.', error)
    : new StorageError('STORAGE_UNAVAILABLE', `The folder of stored files answered with ${code}.`, error);
}
