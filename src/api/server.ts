import type { Hono } from 'hono';
import type { Config } from '../config.ts';
import type { Database } from '../database/connect.ts';
import type { Db } from '../db.ts';
import { housekeeping, startWorker } from '../jobs/index.ts';
import { livePaths, liveRoutes } from '../live/index.ts';
import { filePaths, fileRoutes, signedFileRoutes } from '../modules/files/index.ts';
import { createApp } from './app.ts';
import { listen } from './bind.ts';
import { dataApi } from './data/index.ts';
import type { Env } from './env.ts';
import { endHttp, openHttp, serve } from './listen.ts';
import type { Logger } from './log.ts';
import { openMetrics } from './metrics.ts';
import { mailboxRoutes } from './pages/mailbox.ts';
import { openParts, type Parts } from './parts.ts';
import { platformApi } from './platform/index.ts';

export interface RunningServer {
  /** Where it is reached: BASE_URL, or the address it listens on. */
  readonly url: string;
  /** Where it listens. */
  readonly address: string;
  readonly port: number;
  readonly mailbox: boolean;
  /** Whether it serves the web application. */
  readonly web: boolean;
  /** Takes no more requests, lets those in flight end, stops the worker, closes everything. Twice is once. */
  stop(): Promise<void>;
}

/** Milliseconds that requests in flight are given when the server stops. */
const STOP_WITHIN = 10_000;

/**
 * Serves the API on a migrated database, with a worker in the same process unless WORKER_CONCURRENCY is 0.
 * @throws LotlineError `HTTP_PORT_BUSY`, and what the parts throw
 */
export async function startServer(config: Config, database: Database, log: Logger): Promise<RunningServer> {
  const { server: settings } = config;
  const http = openHttp();
  const port = await listen(http, settings.host, settings.port, settings.portPrescribed);
  const address = `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`;
  const url = config.baseUrl ?? address;
  let parts: Parts;
  try {
    parts = await openParts(config, database, url, log);
  } catch (error) {
    http.close();
    http.closeAllConnections();
    throw error;
  }
  let app: Hono<Env>;
  let stopWorker: () => Promise<void>;
  try {
    app = appOf(parts, config, url, log);
    stopWorker = await ownWorker(parts, config, database, log);
  } catch (error) {
    http.close();
    http.closeAllConnections();
    await parts.close();
    throw error;
  }
  serve(http, app, log);
  let stopped: Promise<void> | undefined;
  return {
    url,
    address,
    port,
    mailbox: parts.mailbox !== undefined,
    web: parts.web !== undefined,
    stop: () => {
      stopped ??= (async () => {
        const ended = endHttp(http, STOP_WITHIN);
        await parts.live.close();
        await ended;
        await stopWorker();
        await parts.close();
      })();
      return stopped;
    },
  };
}

/** The whole app over its parts; also for tests, which call it as a function. */
export function appOf(parts: Parts, config: Config, baseUrl: string, log: Logger): Hono<Env> {
  const {
    auth,
    boundary,
    desk,
    hasDemo,
    limits,
    live,
    links,
    mailbox,
    modules,
    ready,
    spoolFolder,
    storage,
    tenancy,
    web,
  } = parts;
  const metrics = openMetrics({ live_streams: () => live.streams });
  return createApp({
    auth,
    boundary,
    tenancy,
    modules,
    data: dataApi({ boundary, rules: modules.flatMap((m) => m.rules) }),
    limits,
    metrics,
    log,
    baseUrl,
    ...(config.webUrl ? { webUrl: config.webUrl } : {}),
    corsOrigins: config.server.corsOrigins,
    proxies: config.server.proxies,
    ready,
    ...(config.server.metricsToken ? { metricsToken: config.server.metricsToken } : {}),
    organizationApps: {
      '/files': fileRoutes({ storage, spoolFolder }) as unknown as Hono<Env>,
      '/': liveRoutes(live) as unknown as Hono<Env>,
    },
    rootApps: {
      '/v1/files': signedFileRoutes({
        storage,
        links,
        database: (organizationId) => tenancy.for({ organizationId }) as unknown as Db,
      }) as unknown as Hono<Env>,
      ...(mailbox ? { '/dev/mailbox': mailboxRoutes(mailbox, baseUrl) } : {}),
    },
    ...(config.oidc ? { oidcName: config.oidc.name } : {}),
    ...(mailbox ? { mailbox: '/dev/mailbox' } : {}),
    hasDemo,
    ...(web ? { web } : {}),
    platform: platformApi({ auth, desk, limits, boundary }),
    documents: [{ paths: filePaths }, { paths: livePaths }],
  });
}

async function ownWorker(
  parts: Parts,
  config: Config,
  database: Database,
  log: Logger,
): Promise<() => Promise<void>> {
  const concurrency = config.server.workers;
  if (concurrency === 0) return async () => {};
  const worker = await startWorker({
    platformUrl: database.urls.platform,
    tenancy: parts.tenancy as never,
    jobs: parts.modules.flatMap((m) => m.jobs),
    platformJobs: housekeeping(parts.storage),
    concurrency,
    log,
  });
  return () => worker.stop();
}
