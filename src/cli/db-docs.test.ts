import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
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

it('writes the reference once, and names what is stale without touching it', async () => {
  const first = await docs(folder, false);
  expect(first.changed).toEqual(first.files.toSorted());
  appendFileSync(join(folder, 'prisma/SCHEMA-ENUMS.md'), 'a stray line\n');
  const stray = readFileSync(join(folder, 'prisma/SCHEMA-ENUMS.md'), 'utf8');
  expect((await docs(folder, true)).changed).toEqual(['prisma/SCHEMA-ENUMS.md']);
  expect(readFileSync(join(folder, 'prisma/SCHEMA-ENUMS.md'), 'utf8')).toBe(stray);
});
