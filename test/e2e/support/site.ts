import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { openLog } from '../../../src/api/log.ts';
import { type RunningServer, startServer } from '../../../src/api/server.ts';
import { seedSignIns } from '../../../src/auth/index.ts';
import { readConfig } from '../../../src/config.ts';
import { demoPeople } from '../../../src/modules/organizations/index.ts';
import type { TestDatabase } from '../../support/database.ts';
import { demoDatabase } from '../../support/demo-database.ts';
import { contextKey, root } from '../../support/server.ts';

/** The whole server with the demo, on a port, as `npm start` composes it. */
export interface Site {
  readonly url: string;
  readonly db: TestDatabase;
  /** Ends the server as a restart does; its port stays free for `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** The address in the newest mail to this person that leads to a page called so. */
  linkTo(email: string, page: string): Promise<string>;
}

export async function openSite(): Promise<Site> {
  const { db } = await demoDatabase();
  await seedSignIns(db.platform, demoPeople());
  const folder = mkdtempSync(join(tmpdir(), 'lotline-e2e-'));
  const env = {
    LOTLINE_DATA: folder,
    LOTLINE_CONTEXT_KEY: `${contextKey.id}:${contextKey.secret.toString('hex')}`,
    LOTLINE_AUTH_SECRET: 'secret-of-the-tests-0123456789abcdef',
  };
  const database = { kind: 'external', urls: db.urls, derivedLogins: [], close: async () => {} } as const;
  const begin = (more: NodeJS.ProcessEnv = {}) =>
    startServer(readConfig({ ...env, ...more }, root), database, openLog('silent'));
  let server: RunningServer | undefined = await begin();
  const { url, port } = server;
  if (!server.web)
    throw new Error('The web application is not built: npm run build, or npm test, builds it.');
  db.beforeClose(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    url,
    db,
    stop: async () => {
      await server?.stop();
      server = undefined;
    },
    start: async () => {
      server = await begin({ PORT: String(port) });
    },
    linkTo: (email, page) =>
      vi.waitFor(
        async () => {
          const list = await (await fetch(`${url}/dev/mailbox`)).text();
          for (const [, id] of list.matchAll(/href="\/dev\/mailbox\/([^"]+)"/g)) {
            const mail = (await (await fetch(`${url}/dev/mailbox/${id}`)).text()).replaceAll('&amp;', '&');
            const link = new RegExp(`${url}/${page}[^"<\\s]*`).exec(mail);
            if (link && mail.includes(email)) return link[0];
          }
          throw new Error(`There is no mail to ${email} with a link to ${page}.`);
        },
        { timeout: 20_000 },
      ),
  };
}
