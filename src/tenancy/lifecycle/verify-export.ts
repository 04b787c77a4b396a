import { join } from 'node:path';
import { storeFolder } from './folder.ts';
import { type FileEntry, filesOf, invalid, type Manifest, readManifest } from './manifest.ts';
import { weigh } from './read-lines.ts';

/**
 * Reads an export and proves it by its manifest: every file is there with the rows, bytes and hash that it had.
 * @throws LotlineError `EXPORT_INVALID`, naming the file.
 */
export async function verifyExport(
  folder: string,
  tell: (step: string) => void = () => {},
): Promise<{ manifest: Manifest; sha256: string }> {
  const read = await readManifest(folder);
  for (const entry of filesOf(read.manifest)) {
    tell(`check ${entry.file}`);
    const found = await weigh(pathOf(folder, read.manifest, entry)).catch((error: Error) => {
      throw invalid(folder, `${entry.file} cannot be read (${error.message})`, error);
    });
    for (const what of ['rows', 'bytes', 'sha256'] as const) {
      // Only NDJSON has a row on each line; a store's own files say in the manifest how much they hold.
      if (found[what] === entry[what] || (what === 'rows' && !entry.file.endsWith('.ndjson'))) continue;
      const named = what === 'sha256' ? 'SHA-256' : what;
      throw invalid(
        folder,
        `${entry.file} has the ${named} ${found[what]}, not ${entry[what]} as the manifest says`,
      );
    }
  }
  return read;
}

function pathOf(folder: string, { stores }: Manifest, entry: FileEntry): string {
  const store = stores.find((s) => s.files.includes(entry));
  return store ? join(storeFolder(folder, store.name), entry.file) : join(folder, entry.file);
}
