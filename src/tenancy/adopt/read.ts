import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LotlineError } from '../../errors.ts';
import type { SchemaFile } from '../scanner.ts';

/** Somebody's Prisma schema: as it stands, and as Prisma 7's reader takes it. Lines are the same in both. */
export interface ForeignSchema {
  readonly files: readonly SchemaFile[];
  /** The same files without what only older versions of Prisma, or other tools, understand. */
  readonly reading: readonly SchemaFile[];
  /** What was left out for reading, for people. */
  readonly changes: readonly string[];
  readonly provider: string;
  /** False under `relationMode = "prisma"`: relations are not in the database. */
  readonly foreignKeys: boolean;
}

const READING = `generator reading {
  provider        = "prisma-client"
  previewFeatures = ["views", "postgresqlExtensions"]
}
`;

/**
 * Reads a schema file, or a folder with all folders below it, the migrations left out. Nothing is written.
 * @throws LotlineError `USAGE` where there is no such file or no schema in the folder.
 */
export function readForeignSchema(path: string): ForeignSchema {
  const stat = statSync(path, { throwIfNoEntry: false });
  const names = stat?.isDirectory() ? prismaFiles(path) : [basename(path)];
  if (!stat || names.length === 0) {
    throw new LotlineError(
      'USAGE',
      `There is no Prisma schema at ${path}.`,
      'name a .prisma file or a folder of them',
    );
  }
  const folder = stat.isDirectory() ? path : join(path, '..');
  return foreignSchema(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

function prismaFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.prisma') && !/(^|\/)(migrations|node_modules)\//.test(name))
    .sort();
}

/** The same for texts that are in memory already. */
export function foreignSchema(files: readonly SchemaFile[]): ForeignSchema {
  const changes: string[] = [];
  const reading = files.map(([path, text]): SchemaFile => [path, readable(path, text, changes)]);
  const all = files.map(([, text]) => text).join('\n');
  const source = /^\s*datasource\s+\w+\s*\{[^}]*\}/m.exec(all)?.[0] ?? '';
  const provider = /^\s*provider\s*=\s*"(\w+)"/m.exec(source)?.[1] ?? 'postgresql';
  if (source === '') changes.push('no datasource in these files: read as PostgreSQL');
  const head = source === '' ? `datasource db {\n  provider = "postgresql"\n}\n` : '';
  return {
    files,
    reading: [['(reading).prisma', READING + head], ...reading],
    changes,
    provider: provider === 'postgres' ? 'postgresql' : provider,
    foreignKeys: !/relationMode\s*=\s*"prisma"/.test(source),
  };
}

/** Blanks generators, connection addresses and block comments; every line keeps its number. */
function readable(path: string, text: string, changes: string[]): string {
  const note = (line: number, what: string) => changes.push(`${path}:${line}: ${what} left out for reading`);
  let block: string | undefined;
  let comment = false;
  return text
    .split('\n')
    .map((line, index) => {
      if (comment || /^\s*\/\*/.test(line)) {
        if (!comment) note(index + 1, 'a block comment');
        comment = !line.includes('*/');
        return '';
      }
      const opens = /^\s*(generator|datasource)\s+\w+\s*\{/.exec(line)?.[1];
      if (opens) {
        block = opens;
        if (opens === 'generator') note(index + 1, 'a generator');
      }
      const inside = block;
      if (block && /^\s*\}/.test(line)) block = undefined;
      if (inside === 'generator') return '';
      const setting = /^\s*(url|directUrl|shadowDatabaseUrl)\s*=/.exec(line)?.[1];
      if (inside !== 'datasource' || !setting) return line;
      note(index + 1, `${setting} of the datasource`);
      return '';
    })
    .join('\n');
}
