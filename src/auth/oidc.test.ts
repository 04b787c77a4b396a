import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authOn, BASE, PASSWORD, type TestAuth, type Visitor } from '../../test/support/auth.ts';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';

interface Provider {
  listen(port: number, host: string, then: () => void): Server;
}
type Claims = { email: string; email_verified?: boolean; name?: string };

let db: TestDatabase;
let t: TestAuth;
let server: Server;
let issuer: string;
const claimsOf = new Map<string, Claims>();

beforeAll(async () => {
  db = await freshDatabase();
  ({ server, issuer } = await startProvider());
  t = authOn(db, { oidc: { issuer, clientId: 'lotline', clientSecret: 'client-secret', name: 'Example' } });
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

/** An OpenID Connect provider on loopback, at which everybody signs in with their subject. */
async function startProvider(): Promise<{ server: Server; issuer: string }> {
  // The package brings no types.
  const name: string = 'oidc-provider';
  const { Provider } = (await import(name)) as {
    Provider: new (issuer: string, options: object) => Provider;
  };
  // The issuer holds the port, so the port is taken first.
  const { createServer } = await import('node:http');
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      { client_id: 'lotline', client_secret: 'client-secret', redirect_uris: [`${BASE}/auth/callback/oidc`] },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['only for tests'] },
    findAccount: (_: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, ...claimsOf.get(sub) }),
    }),
  }) as Provider & { callback(): (req: unknown, res: unknown) => void };
  http.on('request', provider.callback());
  return { server: http, issuer };
}

/** What a browser does at the provider: follows redirects, signs in as `sub`, agrees. Gives the address it is sent back to. */
async function atProvider(start: string, sub: string): Promise<URL> {
  const jar = new Map<string, string>();
  let next: { url: string; body?: URLSearchParams } = { url: start };
  for (let step = 0; step < 20; step += 1) {
    const answer = await fetch(next.url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([n, v]) => `${n}=${v}`).join('; ') },
      ...(next.body ? { method: 'POST', body: next.body } : {}),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, n = '', v = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(n, v);
    }
    const location = answer.headers.get('location');
    if (location?.startsWith(BASE)) return new URL(location);
    if (location) {
      next = { url: new URL(location, issuer).href };
      continue;
    }
    const page = await answer.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    const action = /action="([^"]+)"/.exec(page)?.[1];
    if (!prompt || !action) throw new Error(`the provider answered ${answer.status}: ${page.slice(0, 500)}`);
    next = {
      url: new URL(action, issuer).href,
      body: new URLSearchParams({ prompt, login: sub, password: 'x' }),
    };
  }
  throw new Error('the provider never sent the browser back');
}

async function through(sub: string, visitor: Visitor): Promise<Response> {
  const begun = await visitor.post('/sign-in/social', { provider: 'oidc', callbackURL: '/welcome' });
  const { url } = (await begun.json()) as { url: string };
  const back = await atProvider(url, sub);
  return visitor.get(`${back.pathname.replace('/auth', '')}${back.search}`);
}

describe('signing in by OpenID Connect', () => {
  it('makes a person, and finds the same one the next time', async () => {
    claimsOf.set('ada', { email: 'Ada@example.com', email_verified: true, name: 'Ada' });
    const first = t.visitor();
    const answer = await through('ada', first);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/welcome']);
    const who = await t.auth.authenticate(first.headers());
    expect(who?.person).toMatchObject({ email: 'ada@example.com', name: 'Ada' });
    const second = t.visitor();
    await through('ada', second);
    expect((await t.auth.authenticate(second.headers()))?.person.userId).toBe(who!.person.userId);
    const { rows } = await db.platform.query('SELECT access_token, refresh_token FROM auth.accounts');
    expect(JSON.stringify(rows)).not.toContain('eyJ');
  });

  it('with an address that the provider has not verified signs nobody in and links nothing', async () => {
    await db.platform.query("INSERT INTO users (email) VALUES ('victim@example.com')");
    claimsOf.set('thief', { email: 'victim@example.com', email_verified: false, name: 'Thief' });
    const thief = t.visitor();
    const answer = await through('thief', thief);
    expect(answer.headers.get('location')).toContain('error=');
    expect(await t.auth.authenticate(thief.headers())).toBeUndefined();
    const { rows } = await db.platform.query(
      "SELECT auth_subject FROM users WHERE email = 'victim@example.com'",
    );
    expect(rows).toEqual([{ auth_subject: null }]);
  });

  it('comes to the account with this address where both sides have verified it', async () => {
    const bea = await t.join('bea@example.com');
    claimsOf.set('bea', { email: 'bea@example.com', email_verified: true });
    const other = t.visitor();
    await through('bea', other);
    const [one, two] = [await t.auth.authenticate(bea.headers()), await t.auth.authenticate(other.headers())];
    expect(two?.person.userId).toBe(one!.person.userId);
  });

  it('does not come to an account whose address nobody has confirmed', async () => {
    await t
      .visitor()
      .post('/sign-up/email', { name: 'Eve', email: 'cy@example.com', password: PASSWORD, invitation: 'x' });
    claimsOf.set('cy', { email: 'cy@example.com', email_verified: true });
    const cy = t.visitor();
    const answer = await through('cy', cy);
    expect(answer.headers.get('location')).toContain('error=account_not_linked');
  });

  it('is refused to a person who is deactivated', async () => {
    claimsOf.set('dee', { email: 'dee@example.com', email_verified: true });
    await through('dee', t.visitor());
    await db.platform.query("UPDATE users SET is_active = false WHERE email = 'dee@example.com'");
    const dee = t.visitor();
    await through('dee', dee);
    expect(await t.auth.authenticate(dee.headers())).toBeUndefined();
  });

  it('is refused when the state is another browser’s or made up', async () => {
    const begun = await t.visitor().post('/sign-in/social', { provider: 'oidc', callbackURL: '/' });
    const back = await atProvider(((await begun.json()) as { url: string }).url, 'ada');
    for (const search of [back.search, '?code=x&state=y', '', '?error=access_denied']) {
      const other = t.visitor();
      const answer = await other.get(`/callback/oidc${search}`);
      expect(answer.headers.get('location')).toMatch(/error=/);
      expect(await t.auth.authenticate(other.headers())).toBeUndefined();
    }
  });

  it('sends nobody to another site afterwards', async () => {
    const body = { provider: 'oidc', callbackURL: 'https://evil.example/' };
    expect((await t.visitor().post('/sign-in/social', body)).status).toBe(403);
  });
});

it('shows why signing in did not work, without making the reason markup', async () => {
  const page = await (await t.visitor().get('/error?error=%3Cscript%3E')).text();
  expect(page).not.toContain('<script>');
});
