import type { Pool } from 'pg';
import { accepted, isForm, slowDown, translated, unknown } from './answers.ts';
import { type Allowance, countAttempt, forgetAttempts, forgiveAttempt, networkOf } from './attempts.ts';
import { cookieValue, openCookie, sessionCookieName } from './cookie.ts';
import { shortDigest } from './digest.ts';
import { isForeign } from './foreign.ts';
import { sealedToken } from './hashed-sessions.ts';
import { ADDRESS_HEADER, type Library, PASSWORD } from './library.ts';
import type { AuthOptions } from './options.ts';
import { donePage, forgotPage, resetPage, verifyPage } from './pages.ts';
import { ASKS, PLAIN, QUIET } from './paths.ts';
import type { Origin } from './principal.ts';
import { problem } from './problem.ts';
import { type Fields, readBody } from './request-body.ts';
import { readSignUp } from './sign-up.ts';

const QUARTER = 15 * 60;
const HOUR = 60 * 60;

interface Ties {
  readonly options: AuthOptions;
  readonly pool: Pool;
  readonly library: Library;
  /** Empties what is remembered of credentials. */
  readonly forget: () => void;
}

interface Visit {
  readonly request: Request;
  readonly path: string;
  readonly fields: Fields;
  readonly headers: Headers;
  readonly address: string;
}

/**
 * Everything under /auth: limits guessing, answers alike whether an account exists or not, and passes on to the library
 * what is left.
 */
export function openDoor({ options, pool, library, forget }: Ties) {
  const own = new URL(options.baseUrl).origin;
  const trusted = new Set([own, new URL(options.webUrl ?? own).origin]);
  const cookieName = sessionCookieName(options.baseUrl);

  return async (request: Request, origin: Origin = {}): Promise<Response> => {
    const url = new URL(request.url);
    const path = url.pathname.replace(/^\/auth(?=\/|$)/, '');
    const headers = new Headers(request.headers);
    headers.delete('content-length');
    headers.delete(ADDRESS_HEADER);
    if (origin.ipAddress) headers.set(ADDRESS_HEADER, origin.ipAddress);
    const route = `${request.method} ${path}`;

    if (request.method === 'GET') return open(route, url, request, headers);
    if (request.method !== 'POST') return problem(405, 'METHOD_NOT_ALLOWED', 'Sign-in takes GET and POST.');
    if (isForeign(headers, trusted))
      return problem(403, 'ORIGIN_FOREIGN', 'This request was made by a page of another site.');
    if (headers.has('cookie') && !headers.has('origin') && !headers.has('referer'))
      return problem(
        403,
        'ORIGIN_MISSING',
        `A request with a cookie says where it is made: "Origin: ${own}".`,
      );
    // Judged above. To the library they would mean a browser, which sends an origin; programs send them too.
    for (const name of ['sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest'])
      if (!headers.has('origin')) headers.delete(name);
    const body = await readBody(request);
    if (!('fields' in body)) return problem(body.status, 'BODY_INVALID', body.detail);
    const visit = { request, path, fields: body.fields, headers, address: networkOf(origin.ipAddress) };
    const answer = await post(route, visit);
    if (!QUIET.has(route)) forget();
    return answer;
  };

  async function open(route: string, url: URL, request: Request, headers: Headers): Promise<Response> {
    const token = url.searchParams.get('token') ?? '';
    if (route === 'GET /verify-email') return verifyPage(token);
    if (route === 'GET /reset-password') return resetPage(token);
    if (route === 'GET /forgot-password') return forgotPage();
    if (route === 'GET /error')
      return donePage(
        'Signing in did not work',
        `Reason: ${url.searchParams.get('error') ?? 'unknown'}`,
        400,
      );
    if (!PLAIN.has(route)) return unknown();
    return translated(await ask(request, route.slice(4), headers, undefined, url.search));
  }

  async function post(route: string, visit: Visit): Promise<Response> {
    switch (route) {
      case 'POST /sign-up/email':
        return signUp(visit);
      case 'POST /sign-in/email':
        return signIn(visit);
      case 'POST /request-password-reset':
      case 'POST /send-verification-email':
        return askForMail(visit);
      case 'POST /reset-password':
        return resetPassword(visit);
      case 'POST /verify-email':
        return verifyEmail(visit);
      case 'POST /sign-in/social': {
        // Each leaves a row until it expires.
        const begun = { what: `begun from ${visit.address}`, most: 60, seconds: QUARTER };
        const wait = await countAttempt(pool, [begun]);
        if (wait > 0) return slowDown(wait);
      }
    }
    if (ASKS.has(route)) return guarded(visit);
    if (PLAIN.has(route))
      return translated(await ask(visit.request, visit.path, visit.headers, visit.fields));
    return unknown();
  }

  async function signUp(visit: Visit): Promise<Response> {
    const read = readSignUp(visit.fields);
    if ('faults' in read)
      return problem(422, 'SIGN_UP_INVALID', 'Some fields are not right.', { errors: read.faults });
    const { signUp } = read;
    const wait = await countAttempt(pool, [mailsFrom(visit)]);
    if (wait > 0) return slowDown(wait);
    // A sign-up that nobody confirmed gives way to the next one, and its link is void: otherwise the owner of the mailbox
    // would confirm the password of whoever was first. Past a few an hour the one that is there stays.
    const replaces =
      (await countAttempt(pool, [{ what: `sign-up ${signUp.email}`, most: 5, seconds: HOUR }])) === 0;
    if (replaces) {
      await pool.query('DELETE FROM auth.users WHERE email = $1 AND NOT email_verified', [signUp.email]);
    }
    const answer = await ask(visit.request, visit.path, visit.headers, { ...signUp });
    if (answer.status >= 500)
      return problem(500, 'INTERNAL', 'Signing up did not work. Try again in a moment.');
    return accepted('Look into your mailbox: a link there confirms the address.');
  }

  async function signIn(visit: Visit): Promise<Response> {
    const { email, password } = visit.fields;
    if (typeof email !== 'string' || typeof password !== 'string')
      return problem(422, 'SIGN_IN_INVALID', 'Give "email" and "password".');
    const account = email.toLowerCase();
    const here = `account ${account} from ${visit.address}`;
    const from = `guess from ${visit.address}`;
    const counted: Allowance[] = [
      { what: here, most: 10, seconds: QUARTER },
      { what: from, most: 50, seconds: QUARTER },
    ];
    // Guessing from many addresses: from where the owner has signed in before, the door stays open.
    if (!(await isKnown(account, visit)))
      counted.push({ what: `account ${account}`, most: 100, seconds: HOUR });
    const wait = await countAttempt(pool, counted);
    if (wait > 0) return slowDown(wait);
    const { rememberMe } = visit.fields;
    const answer = await ask(visit.request, visit.path, visit.headers, {
      email: account,
      password,
      ...(rememberMe === false ? { rememberMe } : {}),
    });
    if (answer.status === 200) {
      await forgetAttempts(pool, [here]);
      await forgiveAttempt(pool, [from, `account ${account}`]);
      await endSession(visit.headers);
      return translated(answer);
    }
    if (answer.status >= 500) {
      await forgiveAttempt(
        pool,
        counted.map((c) => c.what),
      );
      return problem(500, 'INTERNAL', 'Signing in did not work. Try again in a moment.');
    }
    return problem(
      401,
      'SIGN_IN_FAILED',
      'E-mail address or password is wrong, or the address is not confirmed yet.',
    );
  }

  async function askForMail(visit: Visit): Promise<Response> {
    const { email } = visit.fields;
    if (typeof email !== 'string' || email.length > 254 || !/^[^\s@]+@[^\s@]+$/.test(email))
      return problem(422, 'EMAIL_INVALID', 'Give "email".');
    const wait = await countAttempt(pool, [mailsFrom(visit)]);
    if (wait > 0) return slowDown(wait);
    const answer = await ask(visit.request, visit.path, withoutSession(visit.headers), {
      email: email.toLowerCase(),
    });
    if (answer.status >= 500) return problem(500, 'INTERNAL', 'This did not work. Try again in a moment.');
    const text = 'If this address has an account here, a mail with a link is on its way.';
    return isForm(visit.request) ? donePage('Look into your mailbox', text) : accepted(text);
  }

  async function resetPassword(visit: Visit): Promise<Response> {
    const { token, newPassword } = visit.fields;
    if (
      typeof newPassword !== 'string' ||
      newPassword.length < PASSWORD.least ||
      newPassword.length > PASSWORD.most
    )
      return problem(
        422,
        'PASSWORD_INVALID',
        `A password has ${PASSWORD.least} to ${PASSWORD.most} characters.`,
      );
    const from = `guess from ${visit.address}`;
    const wait = await countAttempt(pool, [{ what: from, most: 50, seconds: QUARTER }]);
    if (wait > 0) return slowDown(wait);
    const answer = await ask(visit.request, visit.path, visit.headers, {
      token: String(token ?? ''),
      newPassword,
    });
    if (!answer.ok)
      return problem(400, 'LINK_INVALID', 'This link does not hold any more. Ask for a new one.');
    await forgiveAttempt(pool, [from]);
    const text = 'The password is changed and all sessions are ended. Sign in with the new one.';
    return isForm(visit.request) ? donePage('Done', text) : accepted(text);
  }

  async function verifyEmail(visit: Visit): Promise<Response> {
    const from = `guess from ${visit.address}`;
    const wait = await countAttempt(pool, [{ what: from, most: 50, seconds: QUARTER }]);
    if (wait > 0) return slowDown(wait);
    const search = `?${new URLSearchParams({ token: String(visit.fields.token ?? '') })}`;
    const headers = withoutSession(visit.headers);
    const answer = await ask(new Request(own), '/verify-email', headers, undefined, search);
    if (!answer.ok)
      return problem(400, 'LINK_INVALID', 'This link does not hold any more. Ask for a new one.');
    await forgiveAttempt(pool, [from]);
    const text = 'The address is confirmed. You can sign in now.';
    return isForm(visit.request) ? donePage('Done', text) : accepted(text);
  }

  /** Requests that ask for a secret: each credential and address has a few tries. */
  async function guarded(visit: Visit): Promise<Response> {
    const credential = `secret of ${shortDigest(visit.headers.get('cookie') ?? '')}`;
    const from = `guess from ${visit.address}`;
    const counted = [
      { what: credential, most: 10, seconds: QUARTER },
      { what: from, most: 50, seconds: QUARTER },
    ];
    const wait = await countAttempt(pool, counted);
    if (wait > 0) return slowDown(wait);
    const fields =
      visit.path === '/change-password' ? { ...visit.fields, revokeOtherSessions: true } : visit.fields;
    const answer = await ask(visit.request, visit.path, visit.headers, fields);
    if (answer.ok) {
      await forgetAttempts(pool, [credential]);
      await forgiveAttempt(pool, [from]);
    }
    return translated(answer);
  }

  function ask(
    request: Request,
    path: string,
    headers: Headers,
    fields: Fields | undefined,
    search = '',
  ): Promise<Response> {
    const sent = new Headers(headers);
    if (fields) sent.set('content-type', 'application/json');
    return library.handler(
      new Request(`${own}/auth${path}${search}`, {
        method: fields ? 'POST' : 'GET',
        headers: sent,
        ...(fields ? { body: JSON.stringify(fields) } : {}),
        signal: request.signal,
      }),
    );
  }

  async function isKnown(email: string, { headers }: Visit): Promise<boolean> {
    const { rowCount } = await pool.query(
      `SELECT FROM auth.sessions AS s JOIN auth.users AS u ON u.id = s.user_id
       WHERE u.email = $1 AND s.ip_address = $2 LIMIT 1`,
      [email, headers.get(ADDRESS_HEADER) ?? ''],
    );
    return rowCount === 1;
  }

  /** The session that a browser had before it signed in anew. */
  async function endSession(headers: Headers): Promise<void> {
    const value = cookieValue(headers.get('cookie') ?? '', cookieName);
    const token = value === undefined ? undefined : openCookie(value, options.secret);
    if (token) await pool.query('DELETE FROM auth.sessions WHERE token = $1', [sealedToken(token)]);
  }
}

function mailsFrom({ address }: Visit): Allowance {
  return { what: `mails from ${address}`, most: 20, seconds: HOUR };
}

function withoutSession(headers: Headers): Headers {
  const without = new Headers(headers);
  without.delete('cookie');
  return without;
}
