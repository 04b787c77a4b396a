import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CHECK_PAGES, DIAGRAMS } from './pages.ts';

/** Content by path relative to the root, as `renderReference` gives it. */
export type ReferenceFiles = ReadonlyMap<string, string>;

/**
 * Paths, sorted, that on disk are missing, differ from what is generated, or belong to a module or
 * check that no longer exists. Empty when everything is current.
 */
export function staleFiles(files: ReferenceFiles, root: string): string[] {
  const differing = [...files].filter(([path, content]) => contentOf(join(root, path)) !== content);
  return [...differing.map(([path]) => path), ...leftovers(files, root)].sort();
}

/** Brings the files below `root` up to date; a file that is current is not touched. Returns what changed, sorted. */
export function writeReference(files: ReferenceFiles, root: string): { changed: string[] } {
  const changed = staleFiles(files, root);
  for (const path of changed) {
    const target = join(root, path);
    const content = files.get(path);
    if (content === undefined) {
      rmSync(target);
    } else {
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
    }
  }
  return { changed };
}

/** Diagrams and pages of checks on disk that nothing generates any more. */
function leftovers(files: ReferenceFiles, root: string): string[] {
  const generated = { [DIAGRAMS]: '.svg', [CHECK_PAGES]: '.md' };
  return Object.entries(generated).flatMap(([folder, ending]) =>
    list(join(root, folder))
      .filter((name) => name.endsWith(ending))
      .map((name) => `${folder}/${name}`)
      .filter((path) => !files.has(path)),
  );
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
