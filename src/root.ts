import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder: the nearest one above this file that holds `prisma/schema.prisma`, from `src/` and from `dist/`. */
export function projectRoot(from = dirname(fileURLToPath(import.meta.url))): string {
  if (existsSync(join(from, 'prisma/schema.prisma'))) return from;
  const above = dirname(from);
  if (above === from) throw new Error('prisma/schema.prisma was not found above this file');
  return projectRoot(above);
}
