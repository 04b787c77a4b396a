import { createServer, type Server } from 'node:http';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { Hono } from 'hono';
import { HttpFault, problemOf } from '../http/index.ts';
import type { Env } from './env.ts';
import type { Logger } from './log.ts';

/** Milliseconds that a client is given; one that never ends its request must not hold a connection for ever. */
export interface Patience {
  /** For the head of a request. */
  readonly head: number;
  /** For all of it: a large file over a slow line. */
  readonly whole: number;
  /** Between two requests on one connection. */
  readonly idle: number;
  /** How often the first two are looked at. */
  readonly look: number;
}

const PATIENCE: Patience = { head: 15_000, whole: 300_000, idle: 65_000, look: 5_000 };

/**
 * A server that does not listen yet. Past its patience it answers 408 and closes. Who comes before {@link serve} is told to
 * come again: without a listener Node would leave the request without an answer.
 */
export function openHttp({ head, whole, idle, look }: Patience = PATIENCE): Server {
  const options = {
    headersTimeout: head,
    requestTimeout: whole,
    keepAliveTimeout: idle,
    connectionsCheckingInterval: look,
  };
  return createServer(options, (_, answer) => {
    const { status, headers, body } = problemOf(STARTING(), 'none');
    answer.writeHead(status, { ...headers, 'retry-after': '2', connection: 'close' });
    answer.end(JSON.stringify(body));
  });
}

/** Gives the app what the server takes in. Requests that no URL can be made of are refused before it. */
export function serve(http: Server, app: Hono<Env>, log: Logger): void {
  const errorHandler = (error: unknown) => {
    const unreadable = error instanceof RequestError;
    if (!unreadable) log.error({ error }, 'request failed');
    const { status, headers, body } = problemOf(unreadable ? UNREADABLE() : error, 'none');
    return new Response(JSON.stringify(body), { status, headers: { ...headers, connection: 'close' } });
  };
  http.removeAllListeners('request');
  // The library's own Request and Response take the place of the global ones in this process: an answer made with those
  // goes out as it is, without a stream around it, which is a sixth of what a page costs the server.
  http.on('request', getRequestListener(app.fetch, { errorHandler }));
}

const STARTING = () =>
  new HttpFault(503, 'STARTING', 'The server is about to start.', 'Come again in some seconds.');

const UNREADABLE = () =>
  new HttpFault(
    400,
    'REQUEST_UNREADABLE',
    'The address or the Host of the request is not well-formed.',
    'Send a path that begins with a slash, and the name of the server as Host.',
  );

/** Takes no more connections and resolves when those there are have ended; after `within` milliseconds they are cut off. */
export async function endHttp(http: Server, within: number): Promise<void> {
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  // A connection whose last request ends now would wait for a next one until its patience is over.
  const idle = setInterval(() => http.closeIdleConnections(), 50);
  const late = setTimeout(() => http.closeAllConnections(), within);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}
