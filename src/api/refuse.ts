import type { Context, ErrorHandler } from 'hono';
import { HttpFault, problemOf } from '../http/index.ts';
import type { Env } from './env.ts';

/** Of an answer that failed on its last steps only these still hold: what was written was undone, what was found is not sent. */
const STILL_TRUE = /^(ratelimit-|retry-after$|access-control-|vary$|set-cookie$)/;

/** Turns whatever was thrown into a problem. */
export const refuse: ErrorHandler<Env> = (error, c) => {
  const { status, headers, body } = problemOf(
    isBrokenOff(error, c) ? BROKEN_OFF() : error,
    c.get('requestId'),
  );
  const all = new Headers();
  for (const [name, value] of c.res.headers) if (STILL_TRUE.test(name)) all.append(name, value);
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  if (status === 401) all.set('www-authenticate', 'Bearer');
  // Its body is not read to the end, so the connection ends; a client that is not told sends its next request into it.
  if (status === 413) all.set('connection', 'close');
  return new Response(JSON.stringify(body), { status, headers: all });
};

/** The client went away while its body was read: nobody's fault here, and nobody reads the answer. */
function isBrokenOff(error: Error, c: Context<Env>): boolean {
  return c.req.raw.signal.aborted && !('hint' in error);
}

const BROKEN_OFF = () =>
  new HttpFault(400, 'REQUEST_BROKEN_OFF', 'The request ended before it was complete.', 'Send it again.');
