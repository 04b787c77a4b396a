import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectTo } from '../../src/database/client.ts';
import { type EmbeddedServer, openEmbedded } from '../../src/database/embedded/open.ts';
import { applyMigrations } from '../../src/migrations/index.ts';
import { copyProject } from '../support/project.ts';
import { snapshot } from '../support/snapshot.ts';

let dataFolder: string;
let server: EmbeddedServer;

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'lotline-killed-'));
  server = await openEmbedded({ dataFolder, embeddedPort: undefined });
});
afterAll(async () => {
  await server.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

const ask = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = await connectTo(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Resolves with the process that runs the migration, once it is past its first table. */
async function migratingBackend(client: pg.Client): Promise<number> {
  for (;;) {
    const { rows } = await client.query<{ pid: number }>(
      `SELECT a.pid FROM pg_stat_activity a
       WHERE a.state = 'active' AND a.query LIKE '-- lotline:atomic%' AND (SELECT count(*) FROM pg_locks l WHERE l.pid = a.pid) > 20`,
    );
    if (rows[0]) return rows[0].pid;
  }
}

it('leaves nothing behind when the server is killed during it, and the next run succeeds', async () => {
  const project = copyProject();
  const second = `prisma/migrations/${project.migrations[1]}`;
  const sql = project.read(`${second}/migration.sql`);
  // What later migrations build on is missing while the second is held back.
  for (const later of project.migrations.slice(2)) project.remove(`prisma/migrations/${later}`);
  project.remove(second);
  await applyMigrations({ root: project.root, ownerUrl: server.urls.owner });
  const before = await ask(server.urls.owner, snapshot);

  project.write(`${second}/migration.sql`, sql);
  const run = applyMigrations({ root: project.root, ownerUrl: server.urls.owner, rehearsal: false }).then(
    () => 'applied',
    (error: Error) => error.message,
  );
  const watcher = await connectTo(server.urls.superuser);
  const backend = await migratingBackend(watcher);
  const postmaster = Number(readFileSync(join(dataFolder, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(postmaster, 'SIGKILL');
  process.kill(backend, 'SIGKILL');
  expect(await run).not.toBe('applied');
  await watcher.end().catch(() => {});
  await server.close();

  server = await openEmbedded({ dataFolder, embeddedPort: undefined });
  expect(await ask(server.urls.owner, snapshot)).toBe(before);
  const applied = await applyMigrations({ root: project.root, ownerUrl: server.urls.owner });
  expect(applied.map((a) => a.name)).toEqual([project.migrations[1]]);
});
