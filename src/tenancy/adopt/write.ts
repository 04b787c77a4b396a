import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Adoption } from './adopt.ts';

/**
 * Writes the adoption into a folder: `schema/` with the annotated files, `migrations/` in order, `boundary.json` for the
 * tenant client and the checks, `crossing-rows.sql`.
 * @returns the paths written, relative to the folder.
 */
export function writeAdoption(adoption: Adoption, folder: string, now: Date): string[] {
  const files: [string, string][] = [
    ...adoption.annotated.map(([path, text]): [string, string] => [join('schema', path), text]),
    ...adoption.steps.map(({ name, sql }, i): [string, string] => [
      join('migrations', `${stamp(new Date(now.getTime() + i * 1000))}_${name}`, 'migration.sql'),
      sql,
    ]),
    ['boundary.json', `${JSON.stringify({ boundary: adoption.boundary, objects: [] })}\n`],
    ['crossing-rows.sql', adoption.crossingRows],
  ];
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return files.map(([path]) => path);
}

/** As Prisma names migrations: the second, in UTC. */
function stamp(time: Date): string {
  return time.toISOString().replaceAll(/\D/g, '').slice(0, 14);
}
