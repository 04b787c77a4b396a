import { join } from 'node:path';
import pg from 'pg';
import { type Auth, openAuth } from '../auth/index.ts';
import type { Config } from '../config.ts';
import { authSecret } from '../database/auth-secret.ts';
import type { Database } from '../database/connect.ts';
import { PrismaClient } from '../generated/prisma/client.ts';
import { type Live, openLive } from '../live/index.ts';
import { type Mailbox, openMailbox, openOutbox } from '../mail/index.ts';
import { linkSigner } from '../modules/files/index.ts';
import { allModules, type Module } from '../modules/index.ts';
import { demoPeople } from '../modules/organizations/index.ts';
import { type Desk, openDesk } from '../modules/platform/index.ts';
import { openStorage, type Storage } from '../storage/index.ts';
import { type Boundary, contextKeys, openTenancy, readGenerated, type Tenancy } from '../tenancy/index.ts';
import type { Logger } from './log.ts';
import { type WebApp, webApp } from './pages/web.ts';
import { openRateLimits, type RateLimits } from './rate-limits.ts';

/** What a server works with, opened in the order in which it is needed and closed the other way round. */
export interface Parts {
  readonly boundary: Boundary;
  readonly tenancy: Tenancy<PrismaClient>;
  readonly auth: Auth;
  readonly modules: readonly Module[];
  readonly live: Live;
  readonly limits: RateLimits;
  /** Where the platform's staff work. */
  readonly desk: Desk;
  readonly storage: Storage;
  readonly spoolFolder: string;
  readonly links: ReturnType<typeof linkSigner>;
  /** Development only: where mail goes when no SMTP server is named. */
  readonly mailbox: Mailbox | undefined;
  /** The web application, where it was built. */
  readonly web: WebApp | undefined;
  /** Throws where the database does not answer. */
  readonly ready: () => Promise<void>;
  /** Whether the people of the demonstration are there to be signed in as; never in production. */
  readonly hasDemo: () => Promise<boolean>;
  close(): Promise<void>;
}

/** @throws LotlineError of the part that could not be opened; those before it are closed again */
export async function openParts(
  config: Config,
  database: Database,
  baseUrl: string,
  log: Logger,
): Promise<Parts> {
  const closes: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of closes.splice(0).reverse()) await end();
  };
  try {
    const { boundary } = readGenerated(config.root);
    const web = webApp(join(config.root, 'web/dist'));
    const tenancy = openTenancy({
      client: (options) =>
        new PrismaClient({ ...options, transactionOptions: { maxWait: 10_000, timeout: 30_000 } }),
      boundary,
      url: database.urls.app,
      keys: await contextKeys(config, database),
    });
    closes.push(() => tenancy.close());
    const pool = new pg.Pool({
      connectionString: database.urls.platform,
      max: 2,
      connectionTimeoutMillis: 5_000,
      statement_timeout: 5_000,
      // For a connection whose other end is gone without a word.
      query_timeout: 6_000,
      application_name: 'lotline-server',
    });
    pool.on('error', () => log.warn('a connection of the server was lost'));
    closes.push(() => pool.end());
    // In development mail is captured, to be read in a browser; nothing is sent anywhere.
    const mailbox = config.mail ? undefined : await openMailbox();
    if (mailbox) closes.push(() => mailbox.close());
    const outbox = openOutbox({
      url: config.mail?.smtpUrl ?? mailbox!.url,
      from: config.mail?.from ?? 'Lotline <no-reply@localhost>',
      onGivenUp: (error) => log.warn({ error }, 'a letter could not be sent'),
    });
    closes.push(() => outbox.close());
    const secret = await authSecret(config, database);
    const webUrl = config.webUrl ?? (web ? baseUrl : undefined);
    const auth = openAuth({
      platformUrl: database.urls.platform,
      secret,
      baseUrl,
      outbox,
      ...(config.oidc ? { oidc: config.oidc } : {}),
      ...(webUrl ? { webUrl } : {}),
      onError: (what) => log.warn({ what }, 'sign-in'),
    });
    closes.push(() => auth.close());
    const storage = openStorage(config.storage);
    const spoolFolder = join(config.dataFolder, 'spool');
    const links = linkSigner(() => [secret]);
    const live = await openLive({ platformUrl: database.urls.platform, boundary, logger: log });
    closes.push(() => live.close());
    const limits = openRateLimits(pool, log);
    closes.push(() => limits.close());
    const desk = openDesk(database.urls.platform);
    closes.push(() => desk.close());
    const modules = allModules({ auth, storage, links, spoolFolder });
    const ready = async () => {
      await pool.query('SELECT 1');
    };
    const demo = demoPeople()[0]!.organization;
    const hasDemo = async () => {
      if (process.env.NODE_ENV === 'production') return false;
      const { rows } = await pool.query<{ there: boolean }>(
        'SELECT EXISTS (SELECT FROM public.organizations WHERE slug = $1) AS there',
        [demo],
      );
      return rows[0]!.there;
    };
    return {
      boundary,
      tenancy,
      auth,
      modules,
      live,
      limits,
      desk,
      storage,
      spoolFolder,
      links,
      mailbox,
      web,
      ready,
      hasDemo,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
