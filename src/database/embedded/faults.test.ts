import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountForRoot } from './account.ts';
import { findBinaries } from './binaries.ts';
import { asLotlineError, failureOf } from './failures.ts';
import { openEmbedded } from './open.ts';
import { holder, scratchFolders } from './scratch-folder.ts';
import { pathsIn } from './state.ts';

const folders = scratchFolders();
const open = (dataFolder: string, embeddedPort?: number) => openEmbedded({ dataFolder, embeddedPort });
const root = process.getuid?.() === 0;
afterAll(() => folders.removeAll());

/** A data folder with a file in its `data`. */
function withFile(name: string, text: string): string {
  const folder = folders.fresh();
  const { data } = pathsIn(folder);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  writeFileSync(join(data, name), text);
  if (root) {
    const { uid, gid } = accountForRoot();
    chownSync(data, uid, gid);
  }
  return folder;
}

it('refuses data of another major version, names both, and changes nothing', async () => {
  const folder = withFile('PG_VERSION', '16\n');
  await expect(open(folder)).rejects.toMatchObject({
    code: 'DATA_FOLDER_VERSION',
    message: expect.stringMatching(/PostgreSQL 16.*PostgreSQL 18/),
  });
  expect(readFileSync(join(pathsIn(folder).data, 'PG_VERSION'), 'utf8')).toBe('16\n');
});

it('refuses a folder that holds something else, and leaves it there', async () => {
  const folder = withFile('thesis.txt', 'precious');
  await expect(open(folder)).rejects.toMatchObject({ code: 'DATA_FOLDER_INVALID' });
  expect(readFileSync(join(pathsIn(folder).data, 'thesis.txt'), 'utf8')).toBe('precious');
});

it('refuses a data folder that is a file', async () => {
  const folder = folders.fresh();
  writeFileSync(folder, '');
  await expect(open(folder)).rejects.toMatchObject({ code: 'DATA_FOLDER_INVALID' });
});

it('says what is wrong with a damaged credentials file', async () => {
  const folder = folders.fresh();
  mkdirSync(folder);
  writeFileSync(pathsIn(folder).credentials, '{');
  await expect(open(folder)).rejects.toMatchObject({ code: 'SECRET_FILE_DAMAGED' });
});

describe.runIf(root)('for an ordinary user', () => {
  const account = root ? accountForRoot() : { uid: 0, gid: 0 };

  it('refuses a folder of root', async () => {
    const folder = folders.fresh();
    mkdirSync(folder, { mode: 0o755 });
    const user = holder(folder, account);
    expect(await user.answer).toEqual({ code: 'DATA_FOLDER_NOT_WRITABLE' });
    user.process.kill('SIGKILL');
  });

  it('refuses a cluster of another user', async () => {
    const folder = folders.fresh();
    mkdirSync(folder);
    chownSync(folder, account.uid, account.gid);
    mkdirSync(pathsIn(folder).data);
    const user = holder(folder, account);
    expect(await user.answer).toEqual({ code: 'DATA_FOLDER_OWNER' });
    user.process.kill('SIGKILL');
  });

  it('refuses a folder that may not be written to', async () => {
    const folder = folders.fresh();
    mkdirSync(folder);
    chownSync(folder, account.uid, account.gid);
    chmodSync(folder, 0o500);
    const user = holder(folder, account);
    expect(await user.answer).toEqual({ code: 'DATA_FOLDER_NOT_WRITABLE' });
    user.process.kill('SIGKILL');
  });
});

describe('with a port in use', () => {
  const other = createServer();
  let port = 0;
  beforeAll(async () => {
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    port = (other.address() as AddressInfo).port;
  });
  afterAll(() => other.close());

  it('names the port and who holds it when LOTLINE_PORT prescribes it, and takes another one when not', async () => {
    const folder = folders.fresh();
    await expect(open(folder, port)).rejects.toMatchObject({
      code: 'PORT_BUSY',
      message: expect.stringMatching(new RegExp(`${port}.*process ${process.pid}`)),
    });
    const server = await open(folder);
    expect(server.port).not.toBe(port);
    await expect(open(folder, port)).rejects.toMatchObject({ code: 'EMBEDDED_PORT_DIFFERS' });
    await server.close();
  });
});

it('names the package that is missing for the platform', async () => {
  await expect(findBinaries('/nowhere/bin')).rejects.toMatchObject({ code: 'BINARIES_MISSING' });
});

it('shows the telling lines of a log, not the whole of it', () => {
  const log =
    'LOG:  starting\nFATAL:  configuration file "postgresql.conf" contains errors\nLOG:  shut down\n';
  const failure = failureOf('PostgreSQL', log, '/data');
  expect(failure.code).toBe('POSTGRES_FAILED');
  expect(failure.message).toBe(
    'PostgreSQL failed:\n  FATAL:  configuration file "postgresql.conf" contains errors',
  );
});

it.each([
  'FATAL:  could not write to file "pg_wal/xlogtemp.42": No space left on device',
  'FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes\nHINT:  Check free disk space.',
])('tells a full disk from other failures: %s', (log) => {
  expect(failureOf('initdb', log, '/data').code).toBe('DISK_FULL');
  expect(asLotlineError(Object.assign(new Error(), { code: 'ENOSPC' }), '/data').code).toBe('DISK_FULL');
  expect(asLotlineError(Object.assign(new Error(), { code: '53100' }), '/data').code).toBe('DISK_FULL');
});
