import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { authOn, BASE, PASSWORD, type TestAuth, type Visitor } from '../../test/support/auth.ts';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { networkOf } from './attempts.ts';
import { openCookie } from './cookie.ts';
import { sha256 } from './digest.ts';

let db: TestDatabase;
let t: TestAuth;
let known: Visitor;
beforeAll(async () => {
  db = await freshDatabase();
  t = authOn(db);
  known = await t.join('known@example.com');
  const pending = t.visitor();
  await pending.post('/sign-up/email', { ...newcomer, email: 'pending@example.com' });
  await t.join('idle@example.com');
  await db.platform.query("UPDATE users SET is_active = false WHERE email = 'idle@example.com'");
});

const newcomer = { name: 'New', email: 'new@example.com', password: PASSWORD, organizationName: 'New' };
let addresses = 0;
const elsewhere = () => {
  addresses += 1;
  return t.visitor(`198.51.${addresses >> 8}.${addresses & 255}`);
};

/** All of an answer that its sender can see. */
async function seen(answer: Response): Promise<unknown> {
  const headers = [...answer.headers].filter(([name]) => name !== 'date');
  return { status: answer.status, headers, body: await answer.text() };
}

describe('nobody can tell whether an account exists', () => {
  it('from a failed sign-in: unknown, wrong password, not confirmed, deactivated', async () => {
    const cases = [
      { email: 'unknown@example.com', password: PASSWORD },
      { email: 'known@example.com', password: 'a wrong password' },
      { email: 'pending@example.com', password: PASSWORD },
      { email: 'pending@example.com', password: 'a wrong password' },
      { email: 'idle@example.com', password: PASSWORD },
    ];
    const answers = [];
    for (const body of cases) answers.push(await seen(await elsewhere().post('/sign-in/email', body)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ status: 401 });
  });

  it('from a sign-up: the owner of a taken address is told by mail', async () => {
    const answers = [];
    for (const email of ['known@example.com', 'pending@example.com', 'idle@example.com', 'fresh@example.com'])
      answers.push(await seen(await elsewhere().post('/sign-up/email', { ...newcomer, email })));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    await t.auth.settled();
    const last = (to: string) => t.sent.findLast((s) => s.to === to)?.letter.subject;
    expect(last('known@example.com')).toBe('You have an account already');
    expect(last('fresh@example.com')).toBe('Confirm your e-mail address');
    const { rows } = await db.platform.query(
      "SELECT count(*)::int AS n FROM users WHERE email = 'known@example.com'",
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('from two sign-ups of one address at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        elsewhere().post('/sign-up/email', { ...newcomer, email: 'race@example.com' }),
      ),
    );
    const all = await Promise.all(answers.map(seen));
    for (const answer of all) expect(answer).toEqual(all[0]);
    expect(all[0]).toMatchObject({ status: 200 });
  });

  it.each(['/request-password-reset', '/send-verification-email'])('from %s', async (path) => {
    const answers = [];
    for (const email of [
      'unknown@example.com',
      'known@example.com',
      'pending@example.com',
      'idle@example.com',
    ])
      answers.push(await seen(await elsewhere().post(path, { email })));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ status: 200 });
  });
});

describe('guessing', () => {
  const guess = (visitor: ReturnType<typeof elsewhere>, email: string) =>
    visitor.post('/sign-in/email', { email, password: 'a wrong password' });

  /** As if everything that was tried once had been tried this often. */
  const tried = (times: number) =>
    db.platform.query('UPDATE auth.attempts SET failures = $1 WHERE failures BETWEEN 1 AND 3', [times]);

  it('an account from one address ends after ten tries, exactly, also at once; the owner elsewhere comes in', async () => {
    await t.join('target@example.com');
    const attacker = elsewhere();
    const answers = await Promise.all(
      Array.from({ length: 25 }, () => guess(attacker, 'target@example.com')),
    );
    expect(answers.filter((a) => a.status === 401)).toHaveLength(10);
    const refused = answers.find((a) => a.status === 429)!;
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(14 * 60);
    expect(await refused.json()).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    const right = { email: 'target@example.com', password: PASSWORD };
    expect((await attacker.post('/sign-in/email', right)).status).toBe(429);
    expect((await elsewhere().post('/sign-in/email', right)).status).toBe(200);
  });

  it('of an account that does not exist is slowed alike', async () => {
    const attacker = elsewhere();
    await guess(attacker, 'none@example.com');
    await tried(9);
    expect((await guess(attacker, 'none@example.com')).status).toBe(401);
    expect((await guess(attacker, 'none@example.com')).status).toBe(429);
  });

  it('many accounts from one address ends after fifty', async () => {
    const attacker = elsewhere();
    await guess(attacker, 'many@example.com');
    await tried(49);
    expect((await guess(attacker, 'many1@example.com')).status).toBe(401);
    expect((await guess(attacker, 'many2@example.com')).status).toBe(429);
  });

  it('survives a restart', async () => {
    await guess(elsewhere(), 'restart@example.com');
    await tried(10);
    const again = authOn(db).visitor(`198.51.${addresses >> 8}.${addresses & 255}`);
    expect((await guess(again, 'restart@example.com')).status).toBe(429);
  });

  it('from many addresses leaves the owner’s address and the way through the mailbox open', async () => {
    const owner = await t.join('wide@example.com');
    await guess(elsewhere(), 'wide@example.com');
    await db.platform.query('UPDATE auth.attempts SET failures = 100 WHERE bucket = $1', [
      sha256('account wide@example.com'),
    ]);
    const right = { email: 'wide@example.com', password: PASSWORD };
    expect((await elsewhere().post('/sign-in/email', right)).status).toBe(429);
    expect((await owner.post('/sign-in/email', right)).status).toBe(200);
    const stranger = elsewhere();
    await stranger.post('/request-password-reset', { email: 'wide@example.com' });
    const token = await t.token('wide@example.com');
    expect(
      (await stranger.post('/reset-password', { token, newPassword: 'another long password' })).status,
    ).toBe(200);
    const fresh = { email: 'wide@example.com', password: 'another long password' };
    expect((await stranger.post('/sign-in/email', fresh)).status).toBe(200);
  });

  it('tokens ends after fifty', async () => {
    const attacker = elsewhere();
    const tries = await Promise.all(
      Array.from({ length: 55 }, (_, i) =>
        attacker.post('/reset-password', { token: `t${i}`, newPassword: PASSWORD }),
      ),
    );
    expect(tries.filter((a) => a.status === 429)).toHaveLength(5);
  });

  it('begins anew after the window', async () => {
    const attacker = elsewhere();
    await guess(attacker, 'window@example.com');
    await tried(10);
    expect((await guess(attacker, 'window@example.com')).status).toBe(429);
    await db.platform.query('UPDATE auth.attempts SET resets_at = now()');
    expect((await guess(attacker, 'window@example.com')).status).toBe(401);
  });
});

describe('mails', () => {
  it('to one mailbox are few an hour, from any number of addresses', async () => {
    await t.join('flooded@example.com');
    for (let i = 0; i < 15; i += 1)
      await elsewhere().post('/request-password-reset', { email: 'flooded@example.com' });
    await t.auth.settled();
    expect(t.sent.filter((s) => s.to === 'flooded@example.com')).toHaveLength(10);
  });

  it('from one address are few an hour', async () => {
    const sender = elsewhere();
    const statuses = [];
    for (let i = 0; i < 21; i += 1)
      statuses.push((await sender.post('/request-password-reset', { email: `x${i}@example.com` })).status);
    expect(statuses.filter((s) => s === 429)).toHaveLength(1);
  });
});

describe('a page of another site', () => {
  it.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: 'http://lotline.test.evil.example' }],
    [{ origin: 'http://lotline.test:8080' }],
  ])('with %j is refused, with and without cookies', async (headers) => {
    for (const visitor of [known, elsewhere()]) {
      for (const path of [
        '/sign-in/email',
        '/sign-out',
        '/change-password',
        '/reset-password',
        '/verify-email',
      ]) {
        const answer = await visitor.post(path, { email: 'known@example.com', password: PASSWORD }, headers);
        expect([path, answer.status]).toEqual([path, 403]);
      }
    }
    expect(await t.auth.authenticate(known.headers())).toBeDefined();
  });

  it('of this site may hide its address, as forms under no-referrer do', async () => {
    const hidden = { origin: 'null', 'sec-fetch-site': 'same-origin' };
    expect((await elsewhere().post('/verify-email', { token: 'x' }, hidden)).status).toBe(400);
    expect(
      (await elsewhere().post('/verify-email', { token: 'x' }, { ...hidden, 'sec-fetch-site': 'cross-site' }))
        .status,
    ).toBe(403);
  });

  it('cannot hide its origin: a cookie without one is refused', async () => {
    for (const path of ['/sign-out', '/sign-in/email']) {
      const request = new Request(`${BASE}/auth${path}`, { method: 'POST', headers: known.headers() });
      const answer = await t.auth.handler(request, {});
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
        403,
        'ORIGIN_MISSING',
      ]);
    }
    const headers = known.headers();
    headers.set('referer', 'https://evil.example/page');
    const request = new Request(`${BASE}/auth/sign-out`, { method: 'POST', headers });
    expect((await t.auth.handler(request, {})).status).toBe(403);
  });

  it('is not what a program is that says how it fetches, but no origin', async () => {
    const headers = { 'content-type': 'application/json', 'sec-fetch-mode': 'cors' };
    const body = JSON.stringify({ ...newcomer, email: 'program@example.com' });
    await t.auth.handler(new Request(`${BASE}/auth/sign-up/email`, { method: 'POST', headers, body }), {});
    expect(await t.token('program@example.com')).toBeTruthy();
  });

  it('is not redirected to', async () => {
    for (const path of ['/sign-in/social', '/link-social']) {
      const answer = await elsewhere().post(path, { provider: 'oidc', callbackURL: 'https://evil.example/' });
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
  });
});

it('counts a network of IPv6 as one address, and every address as some text', () => {
  expect(networkOf('2001:db8:1:2:3::9')).toBe('2001:db8:1:2::/64');
  expect(networkOf('2001:db8::1')).toBe(networkOf('2001:db8:0:0:ffff::2'));
  expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(networkOf('::1')).toBe('0:0:0:0::/64');
  expect(networkOf(undefined)).toBe('unknown');
  fc.assert(fc.property(fc.ipV6(), (address) => /^([0-9a-f]+:){4}:\/64$|^[\d.]+$/.test(networkOf(address))));
});

it('opens no cookie that it has not signed', () => {
  fc.assert(fc.property(fc.string(), (value) => openCookie(value, 'some secret') === undefined));
});
