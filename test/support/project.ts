import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { root } from './server.ts';

/** A copy of the project's Prisma folder that a test may change; removed when the test ends. */
export interface TestProject {
  readonly root: string;
  readonly migrations: string[];
  read(path: string): string;
  write(path: string, text: string): void;
  remove(path: string): void;
}

export function copyProject(): TestProject {
  const folder = mkdtempSync(join(tmpdir(), 'lotline-project-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(root, 'prisma'), join(folder, 'prisma'), { recursive: true });
  return {
    root: folder,
    migrations: readdirSync(join(folder, 'prisma/migrations'))
      .filter((n) => /^\d/.test(n))
      .sort(),
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    write: (path, text) => {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    remove: (path) => rmSync(join(folder, path), { recursive: true }),
  };
}
