import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { contextKey, root, testServers } from '../../../test/support/server.ts';
import { readSecretFile, writeSecretFile } from '../../database/secret-file.ts';
import { formatKeyring, type Keyring, parseKeyring } from '../../keyring.ts';
import { type ContextKey, signContext } from '../context.ts';
import { installContextKeys, rotateKeys, watchKeys } from './index.ts';

const organization = '0190a000-0000-7000-8000-00000000000c';
const DAY = 86_400_000;
const first: Keyring = [contextKey];
const folder = mkdtempSync(join(tmpdir(), 'lotline-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A key store in a file of its own, as the databases keep theirs. */
let files = 0;
function fileStore(keys: Keyring = first) {
  const file = join(folder, `${++files}.json`);
  writeSecretFile(file, formatKeyring(keys));
  return {
    file,
    read: () => parseKeyring(readSecretFile<string>(file)!)!,
    write: async (next: Keyring) => writeSecretFile(file, formatKeyring(next)),
  };
}

describe.each(testServers())('a rotation on PostgreSQL $version', (server) => {
  let db: TestDatabase;
  beforeEach(async () => {
    db ??= await freshDatabase({ server });
    await db.owner.query('DELETE FROM app.context_keys');
    await installContextKeys(db.owner, first);
  });
  const accepts = (key: ContextKey) => reads(db.urls.app, key);
  const other = async <T>(work: (client: pg.Client) => Promise<T>) => {
    const client = new pg.Client(db.urls.owner);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };
  const forged = (id: number) => ({ id, secret: Buffer.alloc(32, 9) });

  it('lets both keys verify, signs with the new one, and refuses a forged id', async () => {
    const store = fileStore();
    const source = watchKeys(store, 0);
    expect(source.signing().id).toBe(1);
    const { id, retired } = await rotateKeys({ client: db.owner, store, overlap: DAY });
    expect(source.signing()).toMatchObject({ id: 2 });
    expect([id, retired[0]?.id]).toEqual([2, 1]);
    expect(retired[0]!.expiresAt.getTime() - Date.now()).toBeGreaterThan(DAY - 60_000);
    expect(await accepts(contextKey)).toBe(organization);
    expect(await accepts(source.signing())).toBe(organization);
    for (const key of [forged(1), forged(2), forged(3), { ...source.signing(), id: 1 }]) {
      await expect(accepts(key)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('ends a leaked key after the processes had time to read the new one', async () => {
    const store = fileStore();
    await rotateKeys({ client: db.owner, store, overlap: 0 });
    await expect(accepts(contextKey)).rejects.toMatchObject({ code: '42501' });
    expect(await accepts(store.read()[0])).toBe(organization);
    expect(readFileSync(store.file, 'utf8')).not.toContain(contextKey.secret.toString('hex'));
    expect(statSync(store.file).mode & 0o777).toBe(0o600);
  });

  it('never prolongs a key that is ending, and deletes those that ended long ago', async () => {
    const store = fileStore();
    await rotateKeys({ client: db.owner, store, overlap: 60_000 });
    await rotateKeys({ client: db.owner, store, overlap: DAY });
    const { rows } = await db.owner.query<{ id: number; soon: boolean }>(
      "SELECT id::int, expires_at < now() + interval '61 s' AS soon FROM app.context_keys ORDER BY id",
    );
    expect(rows).toEqual([
      { id: 1, soon: true },
      { id: 2, soon: false },
      { id: 3, soon: null },
    ]);
    await db.owner.query("UPDATE app.context_keys SET expires_at = now() - interval '31 days' WHERE id = 1");
    expect(await rotateKeys({ client: db.owner, store, overlap: DAY })).toMatchObject({
      id: 4,
      deleted: [1],
    });
  });

  it('is one when two are started at once, and their keys are the same', async () => {
    const store = fileStore();
    const lock = "pg_catalog.hashtextextended('app.context_keys', 0)";
    await db.superuser.query(`SELECT pg_advisory_lock(${lock})`);
    const started = Promise.all([
      rotateKeys({ client: db.owner, store, overlap: DAY }),
      other((client) => rotateKeys({ client, store, overlap: DAY })),
    ]);
    const waiting = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
    while ((await db.superuser.query(waiting)).rowCount !== 2);
    await db.superuser.query(`SELECT pg_advisory_unlock(${lock})`);
    const both = await started;
    expect(both.map(({ id }) => id)).toEqual([2, 2]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['joined', 'rotated']);
    expect(await accepts(store.read()[0])).toBe(organization);
  });

  it('under load fails no call: sessions sign with the newest key they know', async () => {
    const store = fileStore();
    const source = watchKeys(store, 20);
    const used = new Set<number>();
    let running = true;
    let calls = 0;
    const load = Promise.all(
      [1, 2, 3].map(async () => {
        const client = new pg.Client(db.urls.app);
        await client.connect();
        try {
          while (running) {
            const key = source.signing();
            expect(await readWith(client, key)).toBe(organization);
            used.add(key.id);
            calls++;
          }
        } finally {
          await client.end();
        }
      }),
    );
    await until(() => calls > 20);
    for (const next of [2, 3]) {
      await rotateKeys({ client: db.owner, store, overlap: next === 3 ? 0 : DAY });
      await until(() => used.has(next));
    }
    running = false;
    await load;
    expect([...used]).toEqual([1, 2, 3]);
    expect(calls).toBeGreaterThan(60);
  });

  it.each([
    [1, 'before the database has the key', 2, 'rotated'],
    [2, 'before the file has it', 2, 'resumed'],
    [3, 'before the old key ends', 3, 'rotated'],
  ])('killed at step %i, %s, is mended by the next', async (step, _, id, outcome) => {
    const store = fileStore();
    await killedAt(step, db.urls.owner, store.file);
    expect(await accepts(store.read()[0])).toBe(organization);
    expect(await accepts(contextKey)).toBe(organization);
    expect(await rotateKeys({ client: db.owner, store, overlap: DAY })).toMatchObject({ id, outcome });
    expect(await accepts(store.read()[0])).toBe(organization);
    const { rows } = await db.owner.query('SELECT id FROM app.context_keys WHERE expires_at IS NULL');
    expect(rows).toEqual([{ id }]);
  });

  it('with prescribed keys gives the value to set, and the same again until it is set', async () => {
    const store = { read: () => first };
    const { environment } = await rotateKeys({ client: db.owner, store, overlap: DAY });
    const keys = parseKeyring(environment!)!;
    expect(keys.map(({ id }) => id)).toEqual([2, 1]);
    expect(await accepts(keys[0])).toBe(organization);
    const again = await rotateKeys({ client: db.owner, store, overlap: DAY });
    expect(again).toMatchObject({ id: 2, outcome: 'resumed', environment });
    const leaked = await rotateKeys({ client: db.owner, store, overlap: 0 });
    expect(parseKeyring(leaked.environment!)!.map(({ id }) => id)).toEqual([3]);
    await expect(accepts(keys[0])).rejects.toMatchObject({ code: '42501' });
  });

  it('is not undone by settings that still hold the old key', async () => {
    const store = fileStore();
    await rotateKeys({ client: db.owner, store, overlap: 0 });
    const refused = { code: 'CONTEXT_KEY_RETIRED' };
    await expect(installContextKeys(db.owner, first)).rejects.toMatchObject(refused);
    await db.owner.query('DELETE FROM app.context_keys WHERE id = 1');
    await expect(installContextKeys(db.owner, first)).rejects.toMatchObject(refused);
    await expect(accepts(contextKey)).rejects.toMatchObject({ code: '42501' });
    const stale = fileStore();
    expect(await rotateKeys({ client: db.owner, store: stale, overlap: DAY })).toMatchObject({ id: 2 });
    expect(stale.read()[0]).toEqual(store.read()[0]);
  });

  it('installs every listed key in a database that has none', async () => {
    await db.owner.query('DELETE FROM app.context_keys');
    const keys: Keyring = [{ id: 5, secret: Buffer.alloc(64, 5) }, contextKey];
    await installContextKeys(db.owner, keys);
    await installContextKeys(db.owner, keys);
    expect(await accepts(keys[0])).toBe(organization);
    expect(await accepts(contextKey)).toBe(organization);
  });
});

async function readWith(client: pg.Client, key: ContextKey): Promise<string> {
  const text = `BEGIN; SELECT app.set_context('${signContext({ organization }, key)}');
    SELECT app.current_organization_id() AS id; COMMIT`;
  const results = (await client.query(text)) as unknown as pg.QueryResult[];
  return results[2]!.rows[0].id;
}

async function reads(url: string, key: ContextKey): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await readWith(client, key);
  } finally {
    await client.end();
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((next) => setImmediate(next));
}

/** Runs a rotation in a process of its own that is killed, by the signal that cannot be caught, before the nth step. */
async function killedAt(step: number, url: string, file: string): Promise<void> {
  const at = (path: string) => JSON.stringify(join(root, 'src', path));
  const program = `
    import pg from 'pg';
    import { rotateKeys } from ${at('tenancy/keyring/rotate.ts')};
    import { formatKeyring, parseKeyring } from ${at('keyring.ts')};
    import { readSecretFile, writeSecretFile } from ${at('database/secret-file.ts')};
    const [url, file, step] = process.argv.slice(1);
    const client = new pg.Client(url);
    await client.connect();
    let steps = 0;
    await rotateKeys({
      client, overlap: ${DAY},
      store: { file, read: () => parseKeyring(readSecretFile(file)), write: async (k) => writeSecretFile(file, formatKeyring(k)) },
      onStep: () => { if (++steps === Number(step)) process.kill(process.pid, 'SIGKILL'); },
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, url, file, String(step)], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
}
