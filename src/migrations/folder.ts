import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A migration as it stands in the repository. */
export interface Migration {
  readonly name: string;
  /** Path of its SQL file, relative to the project. */
  readonly path: string;
  readonly sql: string;
  /** SHA-256 of the file in hexadecimal, as Prisma keeps it in `_prisma_migrations`. */
  readonly checksum: string;
}

/** The migrations below `<root>/prisma/migrations`, in the order in which they are applied. */
export function readMigrations(root: string): Migration[] {
  const folder = join(root, 'prisma/migrations');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const path = `prisma/migrations/${name}/migration.sql`;
      const sql = readFileSync(join(root, path), 'utf8');
      return { name, path, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}
