import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { foreignSchema, readForeignSchema } from './read.ts';
import { CLUBS } from './testing/schemas.ts';

const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'adopt-read-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

describe('reading a foreign schema', () => {
  it('leaves out what Prisma 7 refuses, keeps the lines, and says what it did', () => {
    const { files, reading, changes } = foreignSchema([['a.prisma', CLUBS]]);
    const text = reading.find(([path]) => path === 'a.prisma')![1];
    expect(text.split('\n')).toHaveLength(files[0]![1].split('\n').length);
    expect(text).not.toMatch(/url|generator/i);
    expect(changes).toEqual([
      'a.prisma:3: url of the datasource left out for reading',
      'a.prisma:4: directUrl of the datasource left out for reading',
      'a.prisma:7: a generator left out for reading',
    ]);
  });

  it('reads a folder of files and leaves the migrations out', () => {
    const path = folder();
    mkdirSync(join(path, 'models'));
    mkdirSync(join(path, 'migrations'));
    writeFileSync(join(path, 'schema.prisma'), 'datasource db {\n  provider = "postgresql"\n}\n');
    writeFileSync(join(path, 'models/a.prisma'), 'model A {\n  id Int @id\n}\n');
    writeFileSync(join(path, 'migrations/old.prisma'), 'model Old {\n  id Int @id\n}\n');
    expect(readForeignSchema(path).files.map(([name]) => name)).toEqual(['models/a.prisma', 'schema.prisma']);
  });

  it('refuses a path that holds no schema', () => {
    expect(() => readForeignSchema(join(folder(), 'schema.prisma'))).toThrow(/There is no Prisma schema/);
  });

  it('knows where relations are kept out of the database, and other databases', () => {
    const source = 'datasource db {\n  provider = "mysql"\n  relationMode = "prisma"\n}\n';
    expect(foreignSchema([['a.prisma', source]])).toMatchObject({ provider: 'mysql', foreignKeys: false });
  });
});
