import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { openLog } from '../../src/api/log.ts';
import { startServer } from '../../src/api/server.ts';
import { DEMO_PASSWORD, seedSignIns } from '../../src/auth/index.ts';
import { readConfig } from '../../src/config.ts';
import { demoPeople } from '../../src/modules/organizations/index.ts';
import { demoDatabase } from '../support/demo-database.ts';
import { readEvents } from '../support/event-stream.ts';
import { contextKey, root } from '../support/server.ts';

// What only a real connection shows: other suites call the app as a function.
const ORG = '/v1/orgs/quillmarsh-realty';
let url: string;
let cookie: string;

beforeAll(async () => {
  const { db } = await demoDatabase();
  await seedSignIns(db.platform, demoPeople());
  const folder = mkdtempSync(join(tmpdir(), 'lotline-listener-'));
  const env = {
    LOTLINE_DATA: folder,
    LOTLINE_CONTEXT_KEY: `${contextKey.id}:${contextKey.secret.toString('hex')}`,
    LOTLINE_AUTH_SECRET: 'secret-of-the-tests-0123456789abcdef',
    WORKER_CONCURRENCY: '0',
  };
  const database = { kind: 'external', urls: db.urls, derivedLogins: [], close: async () => {} } as const;
  const server = await startServer(readConfig(env, root), database, openLog('silent'));
  db.beforeClose(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  url = server.address;
  const answer = await ask('POST', '/auth/sign-in/email', {
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: 'ottoline@quillmarsh.example', password: DEMO_PASSWORD }),
  });
  cookie = answer.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ');
});

function ask(method: string, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (cookie) headers.set('cookie', cookie);
  return fetch(`${url}${path}`, { ...init, method, headers });
}

it('answers a page with its length, and HEAD without its body', async () => {
  const page = await ask('GET', `${ORG}/data/contacts?limit=2`);
  const text = await page.text();
  expect(page.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
  expect(page.headers.get('content-type')).toBe('application/json');
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  const head = await ask('HEAD', `${ORG}/data/contacts?limit=2`);
  expect([head.status, await head.text()]).toEqual([200, '']);
});

it('streams an export', async () => {
  const answer = await ask('GET', `${ORG}/data/contacts?fields=name`, { headers: { accept: 'text/csv' } });
  expect((await answer.text()).split('\r\n')[0]).toBe('name');
});

it('reads a body, refuses one that is too large, and answers the next request', async () => {
  const json = { 'content-type': 'application/json' };
  const made = await ask('POST', `${ORG}/data/contacts`, { headers: json, body: '{"name":"Ünal Çelik"}' });
  expect([made.status, ((await made.json()) as { name: string }).name]).toEqual([201, 'Ünal Çelik']);
  const large = await ask('POST', '/v1/organizations', { headers: json, body: ' '.repeat(1024 * 1024 + 1) });
  expect([large.status, large.headers.get('content-type')]).toEqual([413, 'application/problem+json']);
  expect((await ask('GET', '/v1/me')).status).toBe(200);
});

it('repeats the answer to a key of idempotency', async () => {
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'listener-1' };
  const write = () => ask('POST', `${ORG}/data/contacts`, { headers, body: '{"name":"Once"}' });
  const [first, second] = [await write(), await write()];
  expect(second.headers.get('idempotent-replayed')).toBe('true');
  expect(await second.text()).toBe(await first.text());
});

it('tells a change while the stream stays open, and lets go of who leaves', async () => {
  const leave = new AbortController();
  const stream = await ask('GET', `${ORG}/events?tables=contacts`, { signal: leave.signal });
  const events = readEvents(stream);
  await events.block();
  await ask('POST', `${ORG}/data/contacts`, {
    headers: { 'content-type': 'application/json' },
    body: '{"name":"Told"}',
  });
  expect(await events.next()).toMatchObject({ event: 'change', data: { table: 'contacts', op: 'create' } });
  leave.abort();
});
