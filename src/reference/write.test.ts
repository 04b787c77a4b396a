import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { staleFiles, writeReference } from './write.ts';

const files = new Map([
  ['prisma/SCHEMA-ENUMS.md', '# Enums\n'],
  ['docs/reference/er/crm.svg', '<svg/>\n'],
]);
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'reference-'));
});
afterEach(() => rmSync(root, { recursive: true }));

it('writes what is missing and reports nothing stale afterwards', () => {
  expect(staleFiles(files, root)).toEqual(['docs/reference/er/crm.svg', 'prisma/SCHEMA-ENUMS.md']);
  expect(writeReference(files, root).changed).toHaveLength(2);
  expect(readFileSync(join(root, 'prisma/SCHEMA-ENUMS.md'), 'utf8')).toBe('# Enums\n');
  expect(staleFiles(files, root)).toEqual([]);
});

it('does not touch a file that is current', () => {
  writeReference(files, root);
  const before = statSync(join(root, 'prisma/SCHEMA-ENUMS.md')).mtimeMs;
  expect(writeReference(files, root).changed).toEqual([]);
  expect(statSync(join(root, 'prisma/SCHEMA-ENUMS.md')).mtimeMs).toBe(before);
});

it('names an edited file, and removes the diagram of a module that is gone', () => {
  writeReference(files, root);
  writeFileSync(join(root, 'prisma/SCHEMA-ENUMS.md'), 'edited');
  writeFileSync(join(root, 'docs/reference/er/old.svg'), '<svg/>');
  expect(writeReference(files, root).changed).toEqual([
    'docs/reference/er/old.svg',
    'prisma/SCHEMA-ENUMS.md',
  ]);
  expect(existsSync(join(root, 'docs/reference/er/old.svg'))).toBe(false);
});
