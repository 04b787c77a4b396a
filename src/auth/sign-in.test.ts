import { beforeAll, describe, expect, it } from 'vitest';
import { authOn, BASE, PASSWORD, type TestAuth } from '../../test/support/auth.ts';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { person } from '../../test/support/tenants.ts';

let db: TestDatabase;
let t: TestAuth;
beforeAll(async () => {
  db = await freshDatabase();
  t = authOn(db);
});

const rows = async (sql: string, values: unknown[] = []) => (await db.platform.query(sql, values)).rows;

describe('a sign-up', () => {
  it('makes a person who owns an organization once the address is confirmed, and not before', async () => {
    const ada = t.visitor();
    const fields = {
      name: 'Ada',
      email: 'Ada@Example.com',
      password: PASSWORD,
      organizationName: 'Quill & Marsh',
    };
    const answer = await ada.post('/sign-up/email', fields);
    expect(answer.status).toBe(200);
    expect(await rows("SELECT FROM users WHERE email = 'ada@example.com'")).toEqual([]);
    expect((await ada.post('/sign-in/email', { email: 'ada@example.com', password: PASSWORD })).status).toBe(
      401,
    );

    expect((await ada.post('/verify-email', { token: await t.token('ada@example.com') })).status).toBe(200);
    const signedIn = await ada.post('/sign-in/email', { email: 'ADA@example.com', password: PASSWORD });
    expect(signedIn.status).toBe(200);
    expect(await signedIn.json()).not.toHaveProperty('token');

    const who = await t.auth.authenticate(ada.headers());
    expect(who?.person).toMatchObject({
      email: 'ada@example.com',
      name: 'Ada',
      platformRole: 'EMPLOYEE',
      via: 'session',
    });
    expect(await t.auth.organizationsOf(who!.person)).toMatchObject([
      { name: 'Quill & Marsh', slug: 'quill-marsh', role: 'OWNER' },
    ]);
    const principal = await t.auth.enter(who!, 'quill-marsh');
    expect(principal).toMatchObject({ role: 'OWNER', tier: 'STARTER', organizationSlug: 'quill-marsh' });
    expect(principal.permissions.has('owners:manage')).toBe(true);
    expect(await t.auth.enter(who!, principal.organizationId)).toMatchObject({
      organizationSlug: 'quill-marsh',
    });
  });

  it('gives an address that is taken a suffix', async () => {
    for (const [i, slug] of ['twin', 'twin-2', 'twin-3'].entries()) {
      const somebody = await t.join(`twin${i}@example.com`, { organizationName: 'Twin' });
      const who = await t.auth.authenticate(somebody.headers());
      expect((await t.auth.organizationsOf(who!.person)).map((o) => o.slug)).toEqual([slug]);
    }
  });

  it('makes one organization when the link is followed many times at once', async () => {
    const bea = t.visitor();
    await bea.post('/sign-up/email', {
      name: 'Bea',
      email: 'bea@example.com',
      password: PASSWORD,
      organizationName: 'Bea & Co',
    });
    const token = await t.token('bea@example.com');
    const answers = await Promise.all(Array.from({ length: 8 }, () => bea.post('/verify-email', { token })));
    expect(answers.map((a) => a.status)).toEqual(Array(8).fill(200));
    expect(await rows("SELECT name FROM organizations WHERE slug LIKE 'bea-co%'")).toHaveLength(1);
  });

  it('through an invitation makes no organization', async () => {
    const cy = await t.join('cy@example.com', { invitation: 'whatever' });
    const who = await t.auth.authenticate(cy.headers());
    expect(await t.auth.organizationsOf(who!.person)).toEqual([]);
    expect(await t.auth.createOrganization(who!.person, { name: 'Cy’s' })).toMatchObject({
      slug: 'cy-s',
      role: 'OWNER',
    });
    await expect(t.auth.createOrganization(who!.person, { name: 'X', slug: 'cy-s' })).rejects.toMatchObject({
      code: 'SLUG_TAKEN',
    });
    await expect(t.auth.createOrganization(who!.person, { name: '', slug: '-' })).rejects.toMatchObject({
      fields: [{ field: 'name' }, { field: 'slug' }],
    });
  });

  it('is linked to a person who is known already when the address is confirmed, never before', async () => {
    const known = await person(db, 'Dee');
    const [{ email }] = await rows('SELECT email FROM users WHERE id = $1', [known]);
    const dee = t.visitor();
    await dee.post('/sign-up/email', { name: 'Thief', email, password: PASSWORD, invitation: 'x' });
    expect(await rows('SELECT auth_subject FROM users WHERE id = $1', [known])).toEqual([
      { auth_subject: null },
    ]);
    await dee.post('/verify-email', { token: await t.token(email) });
    await dee.post('/sign-in/email', { email, password: PASSWORD });
    expect((await t.auth.authenticate(dee.headers()))?.person).toMatchObject({ userId: known, name: 'Dee' });
  });

  it('that nobody confirmed gives way to the next, and its link is void', async () => {
    const sign = (password: string) =>
      t
        .visitor()
        .post('/sign-up/email', { name: 'Eve', email: 'eve@example.com', password, organizationName: 'Eve' });
    await sign('password of a stranger');
    const first = await t.token('eve@example.com');
    await sign(PASSWORD);
    const eve = t.visitor();
    expect((await eve.post('/verify-email', { token: first })).status).toBe(400);
    await eve.post('/verify-email', { token: await t.token('eve@example.com') });
    const tried = await eve.post('/sign-in/email', {
      email: 'eve@example.com',
      password: 'password of a stranger',
    });
    expect(tried.status).toBe(401);
    expect((await eve.post('/sign-in/email', { email: 'eve@example.com', password: PASSWORD })).status).toBe(
      200,
    );
  });

  it.each([
    [{ organizationName: undefined }, 'organizationName'],
    [{ email: 'no address' }, 'email'],
    [{ password: 'short' }, 'password'],
    [{ password: 'x'.repeat(129) }, 'password'],
    [{ name: 'a\u0007b' }, 'name'],
    [{ organizationSlug: 'No Slug' }, 'organizationSlug'],
  ])('with %j is refused and names the field', async (fields, field) => {
    const answer = await t.visitor().post('/sign-up/email', {
      name: 'Fay',
      email: 'fay@example.com',
      password: PASSWORD,
      organizationName: 'Fay',
      ...fields,
    });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: 'SIGN_UP_INVALID', errors: [{ field }] });
  });
});

describe('a confirmation', () => {
  it('takes a press on a button: opening the link confirms nothing', async () => {
    const gus = t.visitor();
    await gus.post('/sign-up/email', {
      name: 'Gus',
      email: 'gus@example.com',
      password: PASSWORD,
      organizationName: 'Gus',
    });
    const token = await t.token('gus@example.com');
    const page = await gus.get(`/verify-email?token=${token}`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('<button>Confirm</button>');
    expect(await rows("SELECT email_verified FROM auth.users WHERE email = 'gus@example.com'")).toEqual([
      { email_verified: false },
    ]);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const done = await gus.post('/verify-email', `token=${token}`, form);
    expect(done.status).toBe(200);
    expect(await done.text()).toContain('You can sign in now');
  });

  it('with a token that is none is refused', async () => {
    for (const token of ['', 'x', 'a.b.c', '\u0000']) {
      expect((await t.visitor().post('/verify-email', { token })).status).toBe(400);
    }
  });
});

describe('a session', () => {
  it('has a cookie that scripts and other sites cannot use', async () => {
    const hal = await t.join('hal@example.com');
    const answer = await hal.post('/sign-in/email', { email: 'hal@example.com', password: PASSWORD });
    const cookie = answer.headers.getSetCookie().find((c) => c.startsWith('lotline.session_token='))!;
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).toMatch(/Path=\//i);
    expect(cookie).not.toMatch(/Secure/i);
    const secure = authOn(db, { baseUrl: 'https://lotline.test' });
    const over = await secure
      .visitor()
      .post('/sign-in/email', { email: 'hal@example.com', password: PASSWORD });
    expect(over.headers.getSetCookie()[0]).toMatch(/^__Secure-lotline\.session_token=.*; Secure/i);
  });

  it('is another one after signing in again, and the earlier one has ended', async () => {
    const ian = await t.join('ian@example.com');
    const before = ian.headers();
    await ian.post('/sign-in/email', { email: 'ian@example.com', password: PASSWORD });
    expect(ian.headers().get('cookie')).not.toBe(before.get('cookie'));
    await expect(t.auth.authenticate(before)).rejects.toMatchObject({ code: 'SESSION_INVALID' });
    expect((await t.auth.authenticate(ian.headers()))?.person.email).toBe('ian@example.com');
  });

  it('is kept as a hash alone', async () => {
    const jo = await t.join('jo@example.com');
    const token = decodeURIComponent(jo.cookies.get('lotline.session_token')!).split('.')[0]!;
    const found = await rows('SELECT FROM auth.sessions WHERE token = $1', [token]);
    expect(found).toEqual([]);
    const listed = (await (await jo.get('/list-sessions')).json()) as { token: string }[];
    expect(listed.every((s) => s.token.startsWith('sha256:'))).toBe(true);
    expect(JSON.stringify(await (await jo.get('/get-session')).json())).not.toContain(token);
  });

  it('ends at sign-out, at once', async () => {
    const kay = await t.join('kay@example.com');
    const headers = kay.headers();
    expect(await t.auth.authenticate(headers)).toBeDefined();
    expect((await kay.post('/sign-out')).status).toBe(200);
    await expect(t.auth.authenticate(headers)).rejects.toMatchObject({
      kind: 'unauthenticated',
      code: 'SESSION_INVALID',
    });
  });

  it('can be ended from another one, by the name in the list', async () => {
    const lee = await t.join('lee@example.com');
    const other = t.visitor();
    await other.post('/sign-in/email', { email: 'lee@example.com', password: PASSWORD });
    const listed = (await (await lee.get('/list-sessions')).json()) as { id: string; token: string }[];
    const mine = (await t.auth.authenticate(lee.headers()))!.person.credentialId;
    const theirs = listed.find((s) => s.id !== mine)!;
    expect((await lee.post('/revoke-session', { token: theirs.token })).status).toBe(200);
    await expect(t.auth.authenticate(other.headers())).rejects.toMatchObject({ code: 'SESSION_INVALID' });
    expect(await t.auth.authenticate(lee.headers())).toBeDefined();
  });

  it('ends with the person’s activity, in the database', async () => {
    const mia = await t.join('mia@example.com');
    await db.platform.query("UPDATE users SET is_active = false WHERE email = 'mia@example.com'");
    t.auth.forget();
    await expect(t.auth.authenticate(mia.headers())).rejects.toMatchObject({ code: 'SESSION_INVALID' });
    const again: Response = await mia.post('/sign-in/email', {
      email: 'mia@example.com',
      password: PASSWORD,
    });
    expect([again.status, ((await again.json()) as { code: string }).code]).toEqual([401, 'SIGN_IN_FAILED']);
    expect(await (await mia.get('/get-session')).json()).toBeNull();
  });

  it('is refused when its cookie was tampered with, expired, or is of no shape', async () => {
    const ned = await t.join('ned@example.com');
    const value = ned.cookies.get('lotline.session_token')!;
    const [token, signature] = decodeURIComponent(value).split('.') as [string, string];
    const flipped = `${token.slice(1)}${token[0]}.${signature}`;
    for (const wrong of [flipped, token, `${token}.`, `.${signature}`, '%', 'x'.repeat(5000)]) {
      const headers = new Headers({ cookie: `lotline.session_token=${encodeURIComponent(wrong)}` });
      await expect(t.auth.authenticate(headers)).rejects.toMatchObject({ code: 'SESSION_INVALID' });
    }
    await db.platform.query('UPDATE auth.sessions SET expires_at = now()');
    t.auth.forget();
    await expect(t.auth.authenticate(ned.headers())).rejects.toMatchObject({ code: 'SESSION_INVALID' });
    expect(await t.auth.authenticate(new Headers())).toBeUndefined();
    expect(await t.auth.authenticate(new Headers({ cookie: 'other=1' }))).toBeUndefined();
  });
});

describe('the door', () => {
  it.each([
    ['POST', '/update-user'],
    ['POST', '/delete-user'],
    ['GET', '/ok'],
    ['POST', '/sign-in/../update-user'],
    ['POST', '/two-factor/send-otp'],
  ])('does not have %s %s', async (method, path) => {
    const answer = method === 'GET' ? await t.visitor().get(path) : await t.visitor().post(path);
    expect(answer.status).toBe(404);
  });

  it.each([
    ['{', 400],
    ['[]', 400],
    ['"x"', 400],
    ['{"email":"\\u0000","password":"x"}', 400],
    ['{"email":"\\ud800","password":"x"}', 400],
    [JSON.stringify({ email: 'x'.repeat(20_000) }), 413],
    ['{"email":["a"],"password":{}}', 422],
  ])('answers the body %.30s with %i', async (body, status) => {
    expect((await t.visitor().post('/sign-in/email', body)).status).toBe(status);
  });

  it('answers other methods with 405', async () => {
    expect((await t.auth.handler(new Request(`${BASE}/auth/sign-out`, { method: 'DELETE' }))).status).toBe(
      405,
    );
  });
});
