import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Config } from '../config.ts';
import type { Database } from '../database/connect.ts';
import type { Db } from '../db.ts';
import { LotlineError } from '../errors.ts';
import { startWorker } from '../jobs/index.ts';
import { liveRoutes } from '../live/index.ts';
import { filePaths, fileRoutes, signedFileRoutes } from '../modules/files/index.ts';
import { createApp } from './app.ts';
import { dataApi } from './data/index.ts';
import type { Env } from './env.ts';
import type { Logger } from './log.ts';
import { openMetrics } from './metrics.ts';
import { mailboxRoutes } from './pages/mailbox.ts';
import { openParts, type Parts } from './parts.ts';

export interface RunningServer {
  /** Where it is reached: BASE_URL, or the address it listens on. */
  readonly url: string;
  /** Where it listens. */
  readonly address: string;
  readonly port: number;
  readonly mailbox: boolean;
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
  // Whoever connects before everything is there waits; a request without a listener would never be answered.
  const opened = Promise.withResolvers<ReturnType<typeof getRequestListener>>();
  opened.promise.catch(() => {});
  const http = createServer((request, response) => {
    opened.promise.then(
      (answer) => answer(request, response),
      () => response.destroy(),
    );
  });
  const fail = (error: unknown) => {
    opened.reject(error);
    http.close();
    http.closeAllConnections();
  };
  const port = await listen(http, settings.host, settings.port, settings.portPrescribed);
  const address = `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`;
  const url = config.baseUrl ?? address;
  let parts: Parts;
  try {
    parts = await openParts(config, database, url, log);
  } catch (error) {
    fail(error);
    throw error;
  }
  let app: Hono<Env>;
  let stopWorker: () => Promise<void>;
  try {
    app = appOf(parts, config, url, log);
    stopWorker = await ownWorker(parts, config, database, log);
  } catch (error) {
    fail(error);
    await parts.close();
    throw error;
  }
  opened.resolve(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  let stopped: Promise<void> | undefined;
  return {
    url,
    address,
    port,
    mailbox: parts.mailbox !== undefined,
    stop: () => {
      stopped ??= (async () => {
        const closed = new Promise<void>((resolve) => http.close(() => resolve()));
        http.closeIdleConnections();
        await parts.live.close();
        const late = setTimeout(() => http.closeAllConnections(), STOP_WITHIN);
        await closed;
        clearTimeout(late);
        await stopWorker();
        await parts.close();
      })();
      return stopped;
    },
  };
}

/** The whole app over its parts; also for tests, which call it as a function. */
export function appOf(parts: Parts, config: Config, baseUrl: string, log: Logger): Hono<Env> {
  const { auth, boundary, limits, live, links, mailbox, modules, ready, spoolFolder, storage, tenancy } =
    parts;
  const metrics = openMetrics({ live_streams: () => live.streams });
  return createApp({
    auth,
    tenancy,
    modules,
    data: dataApi({ boundary, rules: modules.flatMap((m) => m.rules) }),
    limits,
    metrics,
    log,
    baseUrl,
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
      ...(mailbox ? { '/dev/mailbox': mailboxRoutes(mailbox) } : {}),
    },
    documents: [{ paths: filePaths }],
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
    concurrency,
    log,
  });
  return () => worker.stop();
}

/** Listens on the port, or, where it was not asked for, on the next that is free. */
async function listen(server: Server, host: string, port: number, prescribed: boolean): Promise<number> {
  // A client that never ends its request must not hold a connection for ever.
  server.headersTimeout = 15_000;
  server.requestTimeout = 300_000;
  server.keepAliveTimeout = 65_000;
  for (let tried = port; ; tried += 1) {
    const fault = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
      server.once('error', resolve);
      server.listen(tried, host, () => {
        server.removeListener('error', resolve);
        resolve(undefined);
      });
    });
    if (!fault) return (server.address() as AddressInfo).port;
    if (fault.code === 'EADDRINUSE' && !prescribed && tried < port + 20) continue;
    throw new LotlineError(
      fault.code === 'EADDRINUSE' ? 'HTTP_PORT_BUSY' : 'HTTP_ADDRESS',
      fault.code === 'EADDRINUSE'
        ? `Port ${tried} (PORT) is in use.`
        : `The server cannot listen on ${host}:${tried}: ${fault.message}.`,
      'Set PORT and HOST to an address of this machine that is free.',
      { cause: fault },
    );
  }
}
