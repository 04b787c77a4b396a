import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '../../test/support/server.ts';
import { docs } from './db-docs.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lotline-docs-'));
  for (const part of ['prisma/schema.prisma', 'prisma/models'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('--check names what is stale and writes nothing', async () => {
  const { files, changed } = await docs(folder, true);
  expect(changed).toEqual(files.toSorted());
  expect(files).toContain('prisma/SCHEMA-QUICK-REF.md');
  expect(files.filter((file) => existsSync(join(folder, file)))).toEqual([]);
});
