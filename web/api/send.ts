import { answered, unanswered } from './connection.ts';
import { type Problem, problemOf, unreachable } from './problem.ts';

/** Told when the server no longer knows who is asking. */
type Listener = () => void;
const expired = new Set<Listener>();

/** Calls `listener` whenever a request finds the session expired. @returns takes it off again */
export function onSessionExpired(listener: Listener): () => void {
  expired.add(listener);
  return () => expired.delete(listener);
}

const TIMEOUT = 30_000;

/**
 * Sends a request as the signed-in person.
 * @throws Problem what the server refused, or that it did not answer within half a minute
 */
export async function send(request: Request): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(request, {
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT)]),
    });
  } catch (error) {
    if (request.signal.aborted) throw error;
    unanswered();
    throw unreachable();
  }
  if (response.status < 502) answered();
  else unanswered();
  if (response.ok || response.status === 304) return response;
  const problem: Problem = await problemOf(response);
  // A wrong password is a 401 of sign-in itself.
  if (problem.status === 401 && new URL(request.url).pathname.startsWith('/v1/'))
    for (const listener of expired) listener();
  throw problem;
}
