import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '../../errors.ts';

/** Bytes of an upload on the server's own disk, before anybody has looked at them. */
export interface Spooled {
  readonly path: string;
  readonly size: number;
  readonly sha256: Buffer;
  remove(): Promise<void>;
}

/**
 * Writes what a client sends into a file of its own, counted and hashed on the way; memory does not grow with it. Where it is
 * too long, or breaks off, the file is gone before this throws; one that a crash leaves is removed by {@link tidySpool}.
 * @param most bytes
 * @throws Refusal `FILE_TOO_LARGE`, `FILE_EMPTY`, `UPLOAD_BROKEN_OFF`
 */
export async function spool(
  source: AsyncIterable<Uint8Array>,
  folder: string,
  most: number,
  signal?: AbortSignal,
): Promise<Spooled> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  const remove = () => rm(path, { force: true });
  const hash = createHash('sha256');
  let size = 0;
  async function* counted() {
    for await (const chunk of source) {
      size += chunk.byteLength;
      if (size > most) throw tooLarge(most);
      hash.update(chunk);
      yield chunk;
    }
  }
  // Open before the first byte: an open that were still under way when the source fails would make the file after its removal.
  const file = await open(path, 'wx', 0o600);
  try {
    await pipeline(counted(), file.createWriteStream(), signal ? { signal } : {});
    if (size === 0)
      throw new Refusal('invalid', 'FILE_EMPTY', 'The file is empty.', 'Send a file of at least one byte.');
  } catch (error) {
    await remove();
    if (error instanceof Refusal || isDiskFault(error)) throw error;
    throw new Refusal(
      'invalid',
      'UPLOAD_BROKEN_OFF',
      'The upload broke off before its end.',
      'Send it again.',
      {
        cause: error,
      },
    );
  }
  return { path, size, sha256: hash.digest(), remove };
}

export function tooLarge(most: number): Refusal {
  return new Refusal(
    'too-large',
    'FILE_TOO_LARGE',
    `A file may have ${most.toLocaleString('en-US')} bytes in your plan.`,
    'Send a smaller file, or change to a higher plan.',
  );
}

/** Removes what crashes left in the folder before this moment; says how many files. */
export async function tidySpool(folder: string, before: Date): Promise<number> {
  let removed = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const about = await stat(path).catch(() => undefined);
    if (!about?.isFile() || about.mtime >= before) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}

function isDiskFault(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EIO', 'EACCES', 'EROFS', 'EMFILE'].includes(
    (error as NodeJS.ErrnoException).code ?? '',
  );
}
