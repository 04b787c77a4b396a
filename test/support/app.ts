import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import type { Env } from '../../src/api/env.ts';
import { type Logger, openLog } from '../../src/api/log.ts';
import { openParts, type Parts } from '../../src/api/parts.ts';
import { appOf } from '../../src/api/server.ts';
import { DEMO_PASSWORD } from '../../src/auth/index.ts';
import { type Config, readConfig } from '../../src/config.ts';
import type { Database } from '../../src/database/connect.ts';
import { startWorker, type Worker } from '../../src/jobs/index.ts';
import type { TestDatabase } from './database.ts';
import { contextKey, root } from './keys.ts';

export const BASE = 'http://lotline.test';

export interface TestApp {
  readonly app: Hono<Env>;
  readonly parts: Parts;
  readonly config: Config;
  /** Lines that the server logged as errors. */
  readonly failures: readonly string[];
  /** Asks the app as a function, no port. A body that is no string is sent as JSON. */
  ask(method: string, path: string, options?: AskOptions): Promise<Response>;
  /** Signs in and gives the headers to ask with. */
  signIn(email: string, password?: string): Promise<Record<string, string>>;
  /** A worker with the jobs of all modules, stopped before the database is closed. */
  work(): Promise<Worker>;
}

export interface AskOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The whole server on a test database, as `npm start` composes it, without a port. Closed before the database. */
export async function appOn(
  db: Pick<TestDatabase, 'urls' | 'beforeClose'>,
  env: NodeJS.ProcessEnv = {},
  given?: Logger,
): Promise<TestApp> {
  const folder = mkdtempSync(join(tmpdir(), 'lotline-app-'));
  const config = readConfig(
    {
      LOTLINE_DATA: folder,
      LOTLINE_CONTEXT_KEY: `${contextKey.id}:${contextKey.secret.toString('hex')}`,
      LOTLINE_AUTH_SECRET: 'secret-of-the-tests-0123456789abcdef',
      ...env,
    },
    root,
  );
  const database: Database = { kind: 'external', urls: db.urls, derivedLogins: [], close: async () => {} };
  const failures: string[] = [];
  const log = given ?? openLog('error', { write: (line) => void failures.push(line) });
  const parts = await openParts(config, database, BASE, log);
  const app = appOf(parts, config, BASE, log);
  const workers: Worker[] = [];
  db.beforeClose(async () => {
    for (const worker of workers) await worker.stop();
    await parts.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask: TestApp['ask'] = async (method, path, { headers = {}, body } = {}) => {
    const json = body !== undefined && typeof body !== 'string';
    return app.request(`${BASE}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : (body as string) }),
    });
  };
  return {
    app,
    parts,
    config,
    failures,
    ask,
    signIn: async (email, password = DEMO_PASSWORD) => {
      const answer = await ask('POST', '/auth/sign-in/email', { body: { email, password } });
      if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
      const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
      return { cookie: cookies.join('; ') };
    },
    work: async () => {
      const worker = await startWorker({
        platformUrl: db.urls.platform,
        tenancy: parts.tenancy as never,
        jobs: parts.modules.flatMap((m) => m.jobs),
      });
      workers.push(worker);
      return worker;
    },
  };
}
