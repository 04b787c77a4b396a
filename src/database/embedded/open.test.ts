import { readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identityOf, livingClaims } from './claims.ts';
import { whenStopped } from './lease.ts';
import { type EmbeddedServer, openEmbedded } from './open.ts';
import { ask, holder, pidsOf, scratchFolders, stopServer } from './scratch-folder.ts';
import { pathsIn } from './state.ts';

const folders = scratchFolders();
const open = (dataFolder: string, embeddedPort?: number) => openEmbedded({ dataFolder, embeddedPort });
afterAll(() => folders.removeAll());

describe('the embedded server', () => {
  const folder = folders.fresh();
  let server: EmbeddedServer;
  beforeAll(async () => {
    server = await open(folder);
  });

  it('has the roles of Lotline, none of which may pass row-level security', async () => {
    const roles = await ask<object>(
      server.urls.superuser,
      `SELECT rolname, rolcanlogin AS login, rolcreatedb AS createdb, rolinherit AS inherit FROM pg_roles
       WHERE rolname LIKE 'lotline%' AND NOT rolsuper AND NOT rolbypassrls AND NOT rolcreaterole ORDER BY 1`,
    );
    expect(roles).toEqual([
      { rolname: 'lotline_app', login: true, createdb: false, inherit: true },
      { rolname: 'lotline_custodian', login: false, createdb: false, inherit: true },
      { rolname: 'lotline_ingest', login: true, createdb: false, inherit: true },
      { rolname: 'lotline_owner', login: true, createdb: true, inherit: false },
      { rolname: 'lotline_platform', login: true, createdb: false, inherit: true },
      { rolname: 'lotline_public_reader', login: false, createdb: false, inherit: true },
    ]);
  });

  it('lets every role in with its own password, and the owner become platform, custodian and public reader', async () => {
    const { superuser: _, ...urls } = server.urls;
    const names = await Promise.all(
      Object.values(urls).map((url) => ask<{ u: string }>(url, 'SELECT current_user AS u')),
    );
    expect(names.map((rows) => rows[0]?.u)).toEqual([
      'lotline_owner',
      'lotline_app',
      'lotline_platform',
      'lotline_ingest',
      'lotline_owner',
    ]);
    await ask(server.urls.owner, 'SET ROLE lotline_platform');
    await ask(server.urls.owner, 'SET ROLE lotline_custodian');
    await ask(server.urls.owner, 'SET ROLE lotline_public_reader');
    await expect(ask(server.urls.owner, 'SET ROLE lotline_app')).rejects.toThrow('permission denied');
  });

  it('is closed to the application role but for its own database', async () => {
    const other = (database: string) => server.urls.app.replace(/\/lotline$/, `/${database}`);
    for (const database of ['postgres', 'template1', 'lotline_shadow']) {
      await expect(ask(other(database), 'SELECT 1')).rejects.toThrow('permission denied for database');
    }
    await expect(ask(server.urls.app, 'CREATE TEMP TABLE t (a int)')).rejects.toThrow('permission denied');
    await expect(ask(server.urls.app, 'CREATE TABLE public.t (a int)')).rejects.toThrow('permission denied');
    await expect(ask(server.urls.app, 'CREATE SCHEMA s')).rejects.toThrow('permission denied');
  });

  it('asks for a password by SCRAM, stores UTF-8 and tells time in UTC', async () => {
    const { owner } = server.urls;
    await expect(ask(owner.replace(/:[0-9a-f]{64}@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(
      'password authentication failed',
    );
    const [row] = await ask<object>(
      owner,
      `SELECT current_setting('password_encryption') AS encryption, current_setting('server_encoding') AS encoding,
              current_setting('TimeZone') AS zone, current_setting('log_timezone') AS log, current_setting('fsync') AS fsync,
              lower('ÀÉ') AS folded, version() LIKE 'PostgreSQL 18%' AS eighteen`,
    );
    expect(row).toEqual({
      encryption: 'scram-sha-256',
      encoding: 'UTF8',
      zone: 'UTC',
      log: 'UTC',
      fsync: 'on',
      folded: 'àé',
      eighteen: true,
    });
  });

  it('listens on the loopback address only and makes no socket file', async () => {
    const [row] = await ask<object>(
      server.urls.superuser,
      `SELECT current_setting('listen_addresses') AS listen, current_setting('unix_socket_directories') AS sockets`,
    );
    expect(row).toEqual({ listen: '127.0.0.1', sockets: '' });
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of outside) {
      const answer = await new Promise((resolve) => {
        connect(server.port, address)
          .on('error', () => resolve('refused'))
          .on('connect', () => resolve('open'));
      });
      expect(answer).toBe('refused');
    }
  });

  it('keeps passwords, data and logs from other users', () => {
    const paths = pathsIn(folder);
    const mode = (file: string) => statSync(file).mode & 0o777;
    expect(mode(paths.credentials)).toBe(0o600);
    expect(mode(paths.log)).toBe(0o600);
    expect(mode(paths.data)).toBe(0o700);
    expect(readFileSync(paths.log, 'utf8')).not.toMatch(/[0-9a-f]{64}/);
  });

  it('is shared by everybody who opens it, and keeps its port', async () => {
    const before = pidsOf(folder);
    const again = await open(folder);
    expect(pidsOf(folder)).toEqual(before);
    await again.close();
    await stopServer(folder);
    await server.close();
    server = await open(folder);
    expect(server.port).toBe(again.port);
    expect(server.urls).toEqual(again.urls);
  });

  it('stops two seconds after the last lease was given up', async () => {
    const { postgres } = pidsOf(folder);
    const second = await open(folder);
    await server.close();
    expect(livingClaims(pathsIn(folder).keeper)).toHaveLength(1);
    await second.close();
    await whenStopped(folder);
    expect(identityOf(postgres)).toBeUndefined();
    expect(readFileSync(pathsIn(folder).log, 'utf8').trimEnd()).toMatch(/database system is shut down$/);
  });
});

it('is made once when two processes start it at the same time', async () => {
  const folder = folders.fresh();
  const [one, two] = [holder(folder), holder(folder)];
  const [first, second] = await Promise.all([one.answer, two.answer]);
  expect(first.code).toBeUndefined();
  expect(first.postgres).toBe(second.postgres);
  one.process.kill('SIGKILL');
  two.process.kill('SIGKILL');
});

it.runIf(process.getuid?.() === 0)(
  'works for an ordinary user, whose files nobody else may read',
  async () => {
    const folder = folders.fresh();
    const { uid, gid } = await makeFor(folder);
    const own = holder(folder, { uid, gid });
    expect((await own.answer).code).toBeUndefined();
    expect(statSync(pathsIn(folder).data).uid).toBe(uid);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    // Root that joins or restarts it leaves nothing that the user could not use later.
    await (await open(folder)).close();
    own.process.kill('SIGKILL');
    await stopServer(folder);
    await (await open(folder)).close();
    await stopServer(folder);
    const later = holder(folder, { uid, gid });
    expect((await later.answer).code).toBeUndefined();
    later.process.kill('SIGKILL');
  },
);

/** Gives the folder around `folder` to the user that runs servers for root, who has a name but is ordinary. */
async function makeFor(folder: string): Promise<{ uid: number; gid: number }> {
  const { accountForRoot } = await import('./account.ts');
  const { chownSync } = await import('node:fs');
  const { dirname } = await import('node:path');
  const account = accountForRoot();
  chownSync(dirname(folder), account.uid, account.gid);
  return account;
}
