import { access, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LotlineError } from '../../errors.ts';

/**
 * Has `work` fill `<folder>.partial` and gives it its name when all is there, so that a folder that looks whole is whole.
 * What a killed run left is removed; a folder that holds anything else is not touched.
 * @throws LotlineError `EXPORT_EXISTS`
 */
export async function filledWhole<T>(folder: string, work: (partial: string) => Promise<T>): Promise<T> {
  const partial = `${folder}.partial`;
  const exists = (path: string) =>
    access(path).then(
      () => true,
      () => false,
    );
  if (await exists(folder)) throw taken(folder, 'is there already', 'name a folder that is not there');
  if (await exists(partial)) {
    if (!(await holdsOnlyAnExport(partial)))
      throw taken(partial, 'is there and holds other files', 'move it away, or name another folder');
    await rm(partial, { recursive: true });
  }
  await mkdir(dirname(partial), { recursive: true });
  // The rows of a tenant are for nobody else's eyes.
  await mkdir(partial, { mode: 0o700 });
  try {
    const result = await work(partial);
    await rename(partial, folder);
    return result;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

async function holdsOnlyAnExport(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { withFileTypes: true });
  const kinds = entries.map((e) =>
    e.isDirectory() ? ['references', 'stores'].includes(e.name) : /(\.ndjson|^manifest\.json)$/.test(e.name),
  );
  return kinds.every(Boolean);
}

/** The folder of a store's files in an export. */
export function storeFolder(folder: string, name: string): string {
  return join(folder, 'stores', name);
}

function taken(path: string, what: string, hint: string): LotlineError {
  return new LotlineError('EXPORT_EXISTS', `${path} ${what}.`, hint);
}
