import pino from 'pino';
import { openLog } from '../../src/api/log.ts';
import { startServer } from '../../src/api/server.ts';
import { readConfig } from '../../src/config.ts';
import type { DatabaseUrls } from '../../src/database/connect.ts';
import { projectRoot } from '../../src/root.ts';

/** The server as `npm start` composes it, on a database that is there; log, worker and limits as in production. */
export interface ServerOrder {
  readonly urls: DatabaseUrls;
  readonly env: Readonly<Record<string, string>>;
}

const order = await new Promise<ServerOrder>((resolve) =>
  process.once('message', (o) => resolve(o as ServerOrder)),
);
const config = readConfig(order.env, projectRoot());
const log = openLog('info', pino.destination({ dest: config.server.logFile!, sync: false }));
const database = {
  kind: 'external',
  urls: order.urls,
  derivedLogins: [],
  close: async () => {},
} as const;
const server = await startServer(config, database, log);
process.send?.({ url: server.address });
process.on('message', (message) => {
  if (message === 'memory') process.send?.({ rss: process.memoryUsage().rss, ...heap() });
  if (message === 'cpu') process.send?.(process.cpuUsage());
  if (message === 'stop') void server.stop().then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(0));

/** What is in use after a collection, where the process was started with --expose-gc. */
function heap(): { heapUsed: number } {
  (globalThis as { gc?: () => void }).gc?.();
  return { heapUsed: process.memoryUsage().heapUsed };
}
