import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { OpenTenancy } from './field.ts';
import type { ClientMutant } from './mutants.ts';

/**
 * Writes the client’s code with one thing made wrong to a folder, from which everything else is imported as it is, and loads it.
 * @param sources folder of the client’s TypeScript
 * @param target folder to be written
 * @throws Error where the text to be changed does not stand exactly once.
 */
export async function loadMutant(
  { edits }: ClientMutant,
  sources: string,
  target: string,
): Promise<OpenTenancy> {
  mkdirSync(target, { recursive: true });
  for (const file of readdirSync(sources).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts'))) {
    let text = readFileSync(join(sources, file), 'utf8');
    for (const { find, put } of edits.filter((e) => e.file === file)) {
      const parts = text.split(find);
      if (parts.length !== 2) throw new Error(`${file}: "${find}" stands ${parts.length - 1} times`);
      text = parts.join(put);
    }
    writeFileSync(join(target, file), withImports(text, sources));
  }
  const module = await import(/* @vite-ignore */ pathToFileURL(join(target, 'tenancy.ts')).href);
  return module.openTenancy as OpenTenancy;
}

/** Imports from outside the folder by their whole address. */
function withImports(text: string, sources: string): string {
  return text.replace(/from '(\.\.\/[^']+|[^.'][^']*)'/g, (_, name: string) => {
    if (name.startsWith('node:')) return `from '${name}'`;
    const address = name.startsWith('.')
      ? pathToFileURL(join(sources, name)).href
      : import.meta.resolve(name);
    return `from '${address}'`;
  });
}
