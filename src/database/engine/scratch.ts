import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { withDatabase } from './connection.ts';

/** A database of its own on a test server; `dispose` drops it. */
export async function scratchDatabase(serverUrl: string) {
  const name = `engine_${randomUUID().replaceAll('-', '')}`;
  await run(serverUrl, `CREATE DATABASE ${name}`);
  const url = withDatabase(serverUrl, name);
  return {
    url,
    name,
    run: (sql: string, values?: unknown[]) => run(url, sql, values),
    dispose: () => run(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function run(url: string, sql: string, values?: unknown[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** A folder outside the repository with these files; `dispose` removes it. */
export async function scratchFolder(files: Record<string, string>) {
  const path = await mkdtemp(join(tmpdir(), 'lotline-engine-'));
  const write = async (name: string, content: string) => {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  };
  for (const [name, content] of Object.entries(files)) await write(name, content);
  return { path, write, dispose: () => rm(path, { recursive: true, force: true }) };
}

/** Migrations as Prisma's CLI hands them to the engine. */
export function migrationsList(baseDir: string, migrations: Record<string, string>) {
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: Object.entries(migrations).map(([path, value]) => ({
      path,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } },
    })),
  };
}

export const NO_FILTERS = { externalTables: [], externalEnums: [] };
