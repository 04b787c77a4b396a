import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { contextKey, ensureLogins, openDatabase } from './connect.ts';
import { ask } from './embedded/scratch-folder.ts';
import { startTemporaryServer, type TemporaryServer } from './embedded/temporary.ts';

const fifteen = '/usr/lib/postgresql/15/bin';
const binaries = existsSync(`${fifteen}/initdb`) ? fifteen : 'embedded';
const root = mkdtempSync(join(tmpdir(), 'lotline-connect-'));
let server: TemporaryServer;
let owner: string;
const listeners: Server[] = [];

const configFor = (url: string, more: NodeJS.ProcessEnv = {}) =>
  readConfig({ DATABASE_URL: url, ...more }, root);

beforeAll(async () => {
  server = await startTemporaryServer({ binaries });
  await ask(
    server.superuserUrl,
    `CREATE ROLE migrator LOGIN CREATEROLE CREATEDB PASSWORD 'pass word/@'; CREATE ROLE plain LOGIN PASSWORD 'plain'`,
  );
  await ask(server.superuserUrl, 'CREATE DATABASE estate OWNER migrator');
  const url = new URL(server.superuserUrl);
  url.username = 'migrator';
  url.password = encodeURIComponent('pass word/@');
  url.pathname = '/estate';
  owner = url.href;
});
afterAll(async () => {
  for (const listener of listeners) listener.close();
  await server.stop();
  rmSync(root, { recursive: true, force: true });
});

/** A port where a server greets every connection with `greeting`. */
async function impostor(greeting: string): Promise<number> {
  const listener = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(greeting));
  });
  listeners.push(listener);
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  return (listener.address() as AddressInfo).port;
}

describe('an external database', () => {
  it('opens with derived logins that work once the roles exist', async () => {
    const config = configFor(owner);
    const database = await openDatabase(config);
    expect(database).toMatchObject({ kind: 'external', urls: { owner } });
    await expect(ensureLogins(database)).rejects.toMatchObject({ code: 'LOGINS_MISSING' });

    await ask(owner, 'CREATE ROLE lotline_app; CREATE ROLE lotline_platform; CREATE ROLE lotline_ingest');
    await ensureLogins(database);
    for (const door of ['app', 'platform', 'ingest'] as const) {
      expect(await ask(database.urls[door], 'SELECT current_user AS name')).toEqual([
        { name: `lotline_${door}` },
      ]);
    }
    expect((await openDatabase(config)).urls).toEqual(database.urls);
    expect(statSync(join(root, '.lotline', 'external-credentials.json')).mode & 0o777).toBe(0o600);
    await database.close();
  });

  it('tells an administrator what to run when the owner may not set passwords, without a password in it', async () => {
    const config = configFor(owner, { LOTLINE_DATA: 'other' });
    const database = await openDatabase({
      ...config,
      databaseUrl: owner.replace(/\/\/.*@/, '//plain:plain@'),
    });
    const error = await ensureLogins(database).catch((caught) => caught);
    expect(error).toMatchObject({ code: 'LOGINS_NOT_PERMITTED' });
    expect(error.hint).toMatch(/ALTER ROLE "lotline_app" LOGIN PASSWORD 'SCRAM-SHA-256\$/);
    for (const { password } of database.derivedLogins) expect(error.hint).not.toContain(password);
  });

  it('uses logins that are given instead of making its own', async () => {
    const app = 'postgresql://a:b@h/d';
    const database = await openDatabase(configFor(owner, { APP_DATABASE_URL: app }));
    expect(database.urls.app).toBe(app);
    expect(database.derivedLogins.map(({ role }) => role)).toEqual(['lotline_platform', 'lotline_ingest']);
  });

  it('keeps TLS parameters in derived logins', async () => {
    const database = await openDatabase(configFor(`${owner}?sslmode=disable`));
    expect(database.urls.app).toMatch(/^postgresql:\/\/lotline_app:[0-9a-f]{64}@127.*\?sslmode=disable$/);
  });

  it('has one context key, made once or prescribed', async () => {
    const config = configFor(owner);
    const database = await openDatabase(config);
    const [one, two] = await Promise.all([contextKey(config, database), contextKey(config, database)]);
    expect(one).toEqual(two);
    expect(one).toMatchObject({ id: 1, secret: { length: 32 } });
    const prescribed = configFor(owner, { LOTLINE_CONTEXT_KEY: 'ab'.repeat(32) });
    expect((await contextKey(prescribed, database)).secret.toString('hex')).toBe('ab'.repeat(32));
    expect(readFileSync(join(root, '.lotline', 'external-credentials.json'), 'utf8')).toContain(
      one.secret.toString('hex'),
    );
  });
});

describe('an external database that is refused', () => {
  const at = (change: (url: URL) => void) => {
    const url = new URL(owner);
    change(url);
    return url.href;
  };
  const code = (url: string) =>
    openDatabase(configFor(url)).then(
      () => 'opened',
      (error) => `${error.code} ${error.message}`,
    );

  it('nothing listens', async () => {
    const port = await impostor('');
    await new Promise((done) => listeners.pop()?.close(done));
    expect(await code(at((url) => (url.port = String(port))))).toMatch(
      /^DATABASE_UNREACHABLE DATABASE_URL: nothing answers/,
    );
  });

  it('the host name is unknown', async () => {
    expect(await code(at((url) => (url.hostname = 'no-such-host.invalid')))).toMatch(/^DATABASE_UNREACHABLE/);
  });

  it('the password is wrong, and is not shown', async () => {
    const answer = await code(at((url) => (url.password = 'hunter2')));
    expect(answer).toMatch(/^DATABASE_PASSWORD_WRONG .*"migrator"/);
    expect(answer).not.toContain('hunter2');
  });

  it('the database does not exist', async () => {
    expect(await code(at((url) => (url.pathname = '/nowhere')))).toMatch(/^DATABASE_MISSING .*"nowhere"/);
  });

  it.each(['HTTP/1.1 400 Bad Request\r\n\r\n', 'SSH-2.0-OpenSSH_9.6\r\n', ''])(
    'what answers %j is not PostgreSQL',
    async (greeting) => {
      const port = await impostor(greeting);
      expect(await code(at((url) => (url.port = String(port))))).toMatch(/^DATABASE_NOT_POSTGRESQL/);
    },
  );
});
