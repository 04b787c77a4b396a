import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SchemaFile } from './scanner.ts';

/** The Prisma files and SQL files of a schema folder, paths relative to the project, sorted. */
export interface SchemaFiles {
  readonly prisma: readonly SchemaFile[];
  readonly sql: readonly SchemaFile[];
}

/** Reads `<root>/<folder>` with all folders below it, the migrations left out. */
export function readSchemaFiles(root: string, folder = 'prisma'): SchemaFiles {
  const paths = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path).replaceAll('\\', '/'))
    .filter((path) => !path.startsWith(`${folder}/migrations/`))
    .sort();
  const read = (ending: string) =>
    paths.filter((p) => p.endsWith(ending)).map((p): SchemaFile => [p, readFileSync(join(root, p), 'utf8')]);
  return { prisma: read('.prisma'), sql: read('.sql') };
}
