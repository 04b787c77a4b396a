import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { identityOf } from './claims.ts';
import { whenStopped } from './lease.ts';
import { type EmbeddedServer, openEmbedded } from './open.ts';
import { ask, holder, kill, pidsOf, scratchFolders, stopServer, until } from './scratch-folder.ts';
import { beat, pathsIn, readState, writeState } from './state.ts';

const folders = scratchFolders();
const open = (dataFolder: string) => openEmbedded({ dataFolder, embeddedPort: undefined });
const template = folders.fresh();

beforeAll(async () => {
  const server = await open(template);
  await ask(server.urls.owner, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await server.close();
  await stopServer(template);
});
afterAll(() => folders.removeAll());

async function expectKept(server: EmbeddedServer): Promise<void> {
  expect(await ask(server.urls.owner, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
}

it('comes back on the same port when PostgreSQL is killed while in use', async () => {
  const folder = folders.copyOf(template);
  const server = await open(folder);
  const { postgres } = pidsOf(folder);
  await kill(postgres);
  await until(() => pidsOf(folder).postgres !== postgres && readState(pathsIn(folder))?.phase === 'ready');
  await expectKept(server);
  await server.close();
});

it('is taken over, connections and all, when its keeper was killed', async () => {
  const folder = folders.copyOf(template);
  const first = await open(folder);
  const before = pidsOf(folder);
  await kill(before.keeper);
  const server = await open(folder);
  expect(pidsOf(folder).keeper).not.toBe(before.keeper);
  expect(pidsOf(folder).postgres).toBe(before.postgres);
  await expectKept(server);
  await first.close();
  await server.close();
  await whenStopped(folder);
  expect(identityOf(before.postgres)).toBeUndefined();
});

it('starts again when keeper and PostgreSQL were killed together', async () => {
  const folder = folders.copyOf(template);
  const first = await open(folder);
  const before = pidsOf(folder);
  await kill(before.keeper);
  await kill(before.postgres);
  const server = await open(folder);
  expect(server.port).toBe(first.port);
  await expectKept(server);
  await Promise.all([first.close(), server.close()]);
});

it('stops by itself when the only process that used it is killed', async () => {
  const folder = folders.copyOf(template);
  const user = holder(folder);
  const { postgres } = await user.answer;
  user.process.kill('SIGKILL');
  await whenStopped(folder);
  expect(identityOf(postgres ?? 0)).toBeUndefined();
});

it('begins anew when it was killed while the cluster was made', async () => {
  const folder = folders.fresh();
  const user = holder(folder);
  user.answer.catch(() => {});
  await until(() => readState(pathsIn(folder))?.step === 'Creating the database cluster');
  await kill(pidsOf(folder).keeper);
  user.process.kill('SIGKILL');
  expect(existsSync(pathsIn(folder).data)).toBe(false);
  const server = await open(folder);
  await ask(server.urls.owner, 'SELECT 1');
  await server.close();
});

it('starts where postmaster.pid names a process that is another program by now', async () => {
  const folder = folders.copyOf(template);
  const lines = [process.pid, pathsIn(folder).data, 1, 5432, '', '127.0.0.1', '', 'ready'];
  writeFileSync(join(pathsIn(folder).data, 'postmaster.pid'), `${lines.join('\n')}\n`);
  const server = await open(folder);
  await expectKept(server);
  await server.close();
});

it('makes and sets new passwords when the credentials were lost', async () => {
  const folder = folders.copyOf(template);
  const old = readFileSync(pathsIn(folder).credentials, 'utf8');
  rmSync(pathsIn(folder).credentials);
  const server = await open(folder);
  expect(readFileSync(pathsIn(folder).credentials, 'utf8')).not.toBe(old);
  await expectKept(server);
  await server.close();
});

it('mends a bootstrap that was interrupted', async () => {
  const folder = folders.copyOf(template);
  const first = await open(folder);
  await ask(first.urls.superuser, 'DROP DATABASE lotline_shadow');
  await ask(first.urls.superuser, 'DROP ROLE lotline_ingest').catch(() =>
    ask(
      first.urls.superuser,
      'REVOKE CONNECT ON DATABASE lotline FROM lotline_ingest; DROP ROLE lotline_ingest',
    ),
  );
  await ask(first.urls.superuser, 'ALTER ROLE lotline_app PASSWORD NULL BYPASSRLS');
  await first.close();
  await stopServer(folder);
  const server = await open(folder);
  for (const url of Object.values(server.urls)) await ask(url, 'SELECT 1');
  expect(
    await ask(server.urls.app, `SELECT rolbypassrls FROM pg_roles WHERE rolname = 'lotline_app'`),
  ).toEqual([{ rolbypassrls: false }]);
  await server.close();
});

it('waits for the server of another container that has died, and refuses beside one that lives', async () => {
  const folder = folders.copyOf(template);
  const paths = pathsIn(folder);
  const foreign = { phase: 'ready', keeper: '999999999.1.00000000', port: 20001 } as const;
  writeState(paths, foreign);
  const beating = setInterval(() => beat(paths), 50);
  await expect(open(folder)).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
  clearInterval(beating);
  expect(readState(paths)).toEqual(foreign);
  await (await open(folder)).close();
});
