import { beforeAll, describe, expect, it } from 'vitest';
import { seedSignIns } from '../../src/auth/index.ts';
import { demoPeople } from '../../src/modules/organizations/index.ts';
import { appOn, BASE, type TestApp } from '../support/app.ts';
import type { TestDatabase } from '../support/database.ts';
import { demoDatabase } from '../support/demo-database.ts';

let db: TestDatabase;
let one: TestApp;
let two: TestApp;
let owner: Record<string, string>;
const ORG = '/v1/orgs/quillmarsh-realty';

beforeAll(async () => {
  ({ db } = await demoDatabase());
  await seedSignIns(db.platform, demoPeople());
  const env = { TRUSTED_PROXIES: '1', CORS_ORIGINS: 'https://shop.example' };
  one = await appOn(db, env);
  two = await appOn(db, env);
  owner = await one.signIn('ottoline@quillmarsh.example');
});

describe('two servers on one database', () => {
  it('bound a session and its organization together, and say when to come again', async () => {
    const first = await one.ask('GET', ORG, { headers: owner });
    const most = Number(first.headers.get('ratelimit-limit'));
    expect(Number(first.headers.get('ratelimit-remaining'))).toBe(most - 1);
    // What a busy minute leaves behind, without sending it: the counts of both servers.
    await one.parts.limits.flush();
    await db.superuser.query('UPDATE server.rate_limits SET hits = $1', [most - 1]);
    await two.ask('GET', ORG, { headers: owner });
    await two.parts.limits.flush();
    const refused = await two.ask('GET', ORG, { headers: owner });
    // A minute may have ended meanwhile, then everything begins anew.
    if (refused.status === 200) return;
    expect([refused.status, refused.headers.get('ratelimit-remaining')]).toEqual([429, '0']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('count an IPv6 network as one client, by what the trusted proxy says and not by what stands before it', async () => {
    const remaining = async (forwarded: string) => {
      const answer = await one.ask('GET', '/', { headers: { 'x-forwarded-for': forwarded } });
      return Number(answer.headers.get('ratelimit-remaining'));
    };
    const first = await remaining('2001:db8:1:2::1');
    const second = await remaining('9.9.9.9, 2001:db8:1:2:ffff::9');
    expect([first - second, (await remaining('2001:db8:1:3::1')) - first]).toEqual([1, 0]);
  });
});

describe('pages of other origins', () => {
  it('that are listed may read answers to keys, and others may not', async () => {
    const ask = (origin: string) => one.ask('GET', '/healthz', { headers: { origin } });
    expect((await ask('https://shop.example')).headers.get('access-control-allow-origin')).toBe(
      'https://shop.example',
    );
    const foreign = await ask('https://evil.example');
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    expect(foreign.headers.get('access-control-allow-credentials')).toBeNull();
    const asked = await one.ask('OPTIONS', `${ORG}/data/contacts`, {
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'PATCH' },
    });
    expect([asked.status, asked.headers.get('access-control-allow-methods')]).toEqual([
      204,
      expect.stringContaining('PATCH'),
    ]);
    const refused = await one.ask('GET', '/v1/me', { headers: { origin: 'https://shop.example' } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([
      401,
      'https://shop.example',
    ]);
  });
});

describe('the document', () => {
  it('is not sent again to whoever has it, and is a fifth as long compressed', async () => {
    const plain = await one.ask('GET', '/openapi.json');
    const etag = plain.headers.get('etag')!;
    const again = await one.ask('GET', '/openapi.json', { headers: { 'if-none-match': etag } });
    expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0]);
    const long = (await plain.arrayBuffer()).byteLength;
    for (const [accepted, encoding] of [
      ['br, gzip', 'br'],
      ['gzip', 'gzip'],
    ] as const) {
      const small = await one.ask('GET', '/openapi.json', { headers: { 'accept-encoding': accepted } });
      expect(small.headers.get('content-encoding')).toBe(encoding);
      expect((await small.arrayBuffer()).byteLength).toBeLessThan(long / 5);
    }
    const refused = await one.ask('GET', '/openapi.json', { headers: { 'accept-encoding': 'gzip;q=0' } });
    expect(refused.headers.get('content-encoding')).toBeNull();
  });
});

describe('a database that is out of reach', () => {
  it('is a 503 that says to come again, everywhere, and everything works when it is back', async () => {
    const lost = await appOn(db, {});
    expect((await lost.ask('GET', '/readyz')).status).toBe(200);
    await db.superuser.query(`ALTER DATABASE ${db.name} CONNECTION LIMIT 0`);
    await db.superuser.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
       AND application_name IN ('lotline', 'lotline-server', 'lotline-auth')`,
    );
    try {
      expect((await lost.ask('GET', '/readyz')).status).toBe(503);
      expect((await lost.ask('GET', '/healthz')).status).toBe(200);
      for (const path of ['/v1/me', ORG, `${ORG}/data/contacts`]) {
        const answer = await lost.ask('GET', path, { headers: owner });
        expect([answer.status, answer.headers.get('retry-after')], path).toEqual([503, '2']);
        expect(await answer.json()).toMatchObject({ code: 'UNAVAILABLE' });
      }
    } finally {
      await db.superuser.query(`ALTER DATABASE ${db.name} CONNECTION LIMIT -1`);
    }
    expect((await lost.ask('GET', '/readyz')).status).toBe(200);
    const back = await lost.app.request(`${BASE}/v1/me`, { headers: owner });
    expect(back.status).toBe(200);
  });
});
