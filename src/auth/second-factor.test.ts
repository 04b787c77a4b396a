import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { authOn, PASSWORD, type TestAuth, type Visitor } from '../../test/support/auth.ts';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';

let db: TestDatabase;
let t: TestAuth;
beforeAll(async () => {
  db = await freshDatabase();
  t = authOn(db);
});

/** RFC 6238 with SHA-1, six digits and half a minute, over the secret of an otpauth URI. */
function codeOf(uri: string, at = Date.now()): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...new URL(uri).searchParams.get('secret')!]
    .map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from(bits.match(/.{8}/g)!.map((b) => Number.parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = mac[19]! & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

async function enrolled(email: string): Promise<{ visitor: Visitor; uri: string; codes: string[] }> {
  const visitor = await t.join(email);
  const answer = await visitor.post('/two-factor/enable', { password: PASSWORD });
  const { totpURI: uri, backupCodes: codes } = (await answer.json()) as {
    totpURI: string;
    backupCodes: string[];
  };
  const confirmed = await visitor.post('/two-factor/verify-totp', { code: codeOf(uri) });
  if (confirmed.status !== 200) throw new Error(await confirmed.text());
  return { visitor, uri, codes };
}

async function challenged(email: string): Promise<Visitor> {
  const visitor = t.visitor();
  const answer = await visitor.post('/sign-in/email', { email, password: PASSWORD });
  expect(await answer.json()).toMatchObject({ twoFactorRedirect: true });
  return visitor;
}

describe('a second factor', () => {
  it('is asked for after the password, and lets nobody in before', async () => {
    const { uri } = await enrolled('ada@example.com');
    const visitor = await challenged('ada@example.com');
    expect(await t.auth.authenticate(visitor.headers())).toBeUndefined();
    expect((await visitor.post('/two-factor/verify-totp', { code: wrong(codeOf(uri)) })).status).toBe(401);
    const answer = await visitor.post('/two-factor/verify-totp', { code: codeOf(uri) });
    expect([answer.status, await answer.json()]).toMatchObject([200, { user: { email: 'ada@example.com' } }]);
    expect((await t.auth.authenticate(visitor.headers()))?.person.email).toBe('ada@example.com');
  });

  it('is kept encrypted', async () => {
    const { uri, codes } = await enrolled('bea@example.com');
    const { rows } = await db.platform.query('SELECT secret, backup_codes FROM auth.two_factors');
    const kept = JSON.stringify(rows);
    expect(kept).not.toContain(new URL(uri).searchParams.get('secret')!);
    for (const code of codes) expect(kept).not.toContain(code);
  });

  it('takes a backup code once', async () => {
    const { codes } = await enrolled('cy@example.com');
    const first = await challenged('cy@example.com');
    expect((await first.post('/two-factor/verify-backup-code', { code: codes[0] })).status).toBe(200);
    const second = await challenged('cy@example.com');
    expect((await second.post('/two-factor/verify-backup-code', { code: codes[0] })).status).toBe(401);
    expect((await second.post('/two-factor/verify-backup-code', { code: codes[1] })).status).toBe(200);
  });

  it('cannot be guessed: a challenge takes five codes, an account ten in a quarter of an hour', async () => {
    const { uri } = await enrolled('dee@example.com');
    const statuses = [];
    for (let challenge = 0; challenge < 3; challenge += 1) {
      const visitor = await challenged('dee@example.com');
      for (let i = 0; i < 6; i += 1)
        statuses.push((await visitor.post('/two-factor/verify-totp', { code: wrong(codeOf(uri)) })).status);
    }
    expect(statuses.slice(0, 6)).toEqual([401, 401, 401, 401, 401, 400]);
    expect(statuses.slice(12)).toEqual(Array(6).fill(429));
    const visitor = await challenged('dee@example.com');
    expect((await visitor.post('/two-factor/verify-totp', { code: codeOf(uri) })).status).toBe(429);
  });

  it('is taken off with the password alone, by who is signed in', async () => {
    const { visitor } = await enrolled('eve@example.com');
    expect((await visitor.post('/two-factor/disable', { password: 'a wrong password' })).status).toBe(400);
    expect((await t.visitor().post('/two-factor/disable', { password: PASSWORD })).status).toBe(401);
    expect((await visitor.post('/two-factor/disable', { password: PASSWORD })).status).toBe(200);
    const again = t.visitor();
    await again.post('/sign-in/email', { email: 'eve@example.com', password: PASSWORD });
    expect(await t.auth.authenticate(again.headers())).toBeDefined();
  });
});

describe('a password', () => {
  it('is reset by a link that works once and ends all sessions', async () => {
    const fay = await t.join('fay@example.com');
    await t.visitor().post('/request-password-reset', { email: 'FAY@example.com' });
    const token = await t.token('fay@example.com');
    expect((await fay.get(`/reset-password?token=${token}`)).status).toBe(200);
    const short = await t.visitor().post('/reset-password', { token, newPassword: 'short' });
    expect(short.status).toBe(422);
    const reset = (newPassword: string) => t.visitor().post('/reset-password', { token, newPassword });
    const answers = await Promise.all([reset('the first new password'), reset('the first new password')]);
    expect(answers.map((a) => a.status).sort()).toEqual([200, 400]);
    expect((await reset('the second new password')).status).toBe(400);
    await expect(t.auth.authenticate(fay.headers())).rejects.toMatchObject({ code: 'SESSION_INVALID' });
    const signIn = (password: string) =>
      t.visitor().post('/sign-in/email', { email: 'fay@example.com', password });
    expect([(await signIn(PASSWORD)).status, (await signIn('the first new password')).status]).toEqual([
      401, 200,
    ]);
    await t.auth.settled();
    expect(t.sent.at(-1)).toMatchObject({
      to: 'fay@example.com',
      letter: { subject: 'Your password was changed' },
    });
  });

  it('is not reset by a link that has expired', async () => {
    await t.join('gus@example.com');
    await t.visitor().post('/request-password-reset', { email: 'gus@example.com' });
    const token = await t.token('gus@example.com');
    await db.platform.query("UPDATE auth.verifications SET expires_at = now() - interval '1 second'");
    expect((await t.visitor().post('/reset-password', { token, newPassword: PASSWORD })).status).toBe(400);
  });

  it('is changed by who knows it, and all other sessions end', async () => {
    const hal = await t.join('hal@example.com');
    const other = t.visitor();
    await other.post('/sign-in/email', { email: 'hal@example.com', password: PASSWORD });
    const change = (currentPassword: string) =>
      hal.post('/change-password', {
        currentPassword,
        newPassword: 'another long password',
        revokeOtherSessions: false,
      });
    expect((await change('a wrong password')).status).toBe(400);
    expect((await change(PASSWORD)).status).toBe(200);
    await expect(t.auth.authenticate(other.headers())).rejects.toMatchObject({ code: 'SESSION_INVALID' });
    expect(await t.auth.authenticate(hal.headers())).toBeDefined();
  });

  it('cannot be guessed with a stolen session', async () => {
    const ian = await t.join('ian@example.com');
    const statuses = [];
    for (let i = 0; i < 12; i += 1) {
      const body = { currentPassword: `wrong password ${i}`, newPassword: 'another long password' };
      statuses.push((await ian.post('/change-password', body)).status);
    }
    expect(statuses).toEqual([...Array(10).fill(400), 429, 429]);
  });
});

describe('an e-mail address', () => {
  it('moves when the old mailbox allows it and the new one confirms it, for account and person alike', async () => {
    const jo = await t.join('jo@example.com');
    const who = await t.auth.authenticate(jo.headers());
    expect((await jo.post('/change-email', { newEmail: 'Joan@Example.com' })).status).toBe(200);
    expect((await jo.post('/verify-email', { token: await t.token('jo@example.com') })).status).toBe(200);
    expect((await jo.post('/verify-email', { token: await t.token('joan@example.com') })).status).toBe(200);
    const { rows } = await db.platform.query(
      'SELECT p.email, u.email AS account FROM users p JOIN auth.users u ON u.id = p.auth_subject WHERE p.id = $1',
      [who!.person.userId],
    );
    expect(rows).toEqual([{ email: 'joan@example.com', account: 'joan@example.com' }]);
  });

  it('of a person who is known already cannot be moved to', async () => {
    await db.platform.query("INSERT INTO users (email) VALUES ('seeded@example.com')");
    const kay = await t.join('kay@example.com');
    await kay.post('/change-email', { newEmail: 'seeded@example.com' });
    await kay.post('/verify-email', { token: await t.token('kay@example.com') });
    const moved = await kay.post('/verify-email', { token: await t.token('seeded@example.com') });
    expect(moved.status).toBe(400);
    expect((await t.auth.authenticate(kay.headers()))?.person.email).toBe('kay@example.com');
  });
});
