import { type Auth, type AuthOptions, openAuth } from '../../src/auth/index.ts';
import type { Letter } from '../../src/mail/index.ts';
import type { TestDatabase } from './database.ts';

export const BASE = 'http://lotline.test';
export const PASSWORD = 'a long enough password';

export interface Visitor {
  /** Sends the cookies it was given. */
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  get(path: string): Promise<Response>;
  /** Headers with its cookies, as for `auth.authenticate()`. */
  headers(): Headers;
  readonly cookies: Map<string, string>;
}

export interface TestAuth {
  readonly auth: Auth;
  readonly sent: { to: string; letter: Letter }[];
  visitor(address?: string): Visitor;
  /** The token in the newest letter to this address. */
  token(to: string): Promise<string>;
  /** Signs up, confirms the address and signs in. */
  join(email: string, fields?: Record<string, unknown>): Promise<Visitor>;
}

/** Sign-in on a test database, with letters kept in a list. Closed before the database. */
export function authOn(db: TestDatabase, options: Partial<AuthOptions> = {}): TestAuth {
  const sent: { to: string; letter: Letter }[] = [];
  const auth = openAuth({
    platformUrl: db.urls.platform,
    secret: 'secret-of-the-tests-0123456789abcdef',
    baseUrl: BASE,
    outbox: { send: (to, letter) => sent.push({ to, letter }), settled: async () => {} },
    ...options,
  });
  db.beforeClose(() => auth.close());
  const base = options.baseUrl ?? BASE;

  const visitor = (address = '192.0.2.1'): Visitor => {
    const cookies = new Map<string, string>();
    const headers = () =>
      new Headers(cookies.size > 0 ? { cookie: [...cookies].map(([n, v]) => `${n}=${v}`).join('; ') } : {});
    const send = async (path: string, init: RequestInit & { headers: Headers }) => {
      const answer = await auth.handler(new Request(`${base}/auth${path}`, init), { ipAddress: address });
      for (const cookie of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (value === '' || /max-age=0/i.test(cookie)) cookies.delete(name);
        else cookies.set(name, value);
      }
      return answer;
    };
    return {
      cookies,
      headers,
      get: (path) => send(path, { headers: headers() }),
      post: (path, body = {}, more = {}) => {
        const all = headers();
        all.set('content-type', 'application/json');
        all.set('origin', base);
        for (const [name, value] of Object.entries(more)) all.set(name, value);
        return send(path, {
          method: 'POST',
          headers: all,
          body: typeof body === 'string' ? body : JSON.stringify(body),
        });
      },
    };
  };
  const token = async (to: string) => {
    await auth.settled();
    const letter = sent.findLast((s) => s.to === to && s.letter.link?.url.includes('token='))?.letter;
    if (!letter) throw new Error(`no letter with a token to ${to}`);
    return new URL(letter.link!.url).searchParams.get('token')!;
  };
  return {
    auth,
    sent,
    visitor,
    token,
    join: async (email, fields = { organizationName: `Office of ${email.split('@')[0]}` }) => {
      const somebody = visitor();
      await somebody.post('/sign-up/email', { name: 'Somebody', email, password: PASSWORD, ...fields });
      await somebody.post('/verify-email', { token: await token(email) });
      const answer = await somebody.post('/sign-in/email', { email, password: PASSWORD });
      if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status} ${await answer.text()}`);
      return somebody;
    },
  };
}
