import type { Context, Hono } from 'hono';
import { HttpFault } from '../http/index.ts';
import type { Env } from './env.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * What a request gets that no route took: where the address takes other methods, a 405 that names them in `Allow`, as RFC
 * 9110 asks; else a 404. Asked of the router itself, so no route has to be declared a second time.
 */
export function refuseUnrouted(app: Hono<Env>): (c: Context<Env>) => never {
  return (c) => {
    const open = METHODS.filter((method) => isRouted(app, method, c.req.path));
    if (open.length === 0)
      throw new HttpFault(
        404,
        'ROUTE_UNKNOWN',
        'There is nothing at this address.',
        'The reference lists what there is: /reference. No address there ends in a slash.',
      );
    const allow = open.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
    throw new HttpFault(
      405,
      'METHOD_NOT_ALLOWED',
      'This method has no meaning for this address.',
      `Use ${allow.replace(/, (?=[^,]*$)/, ' or ')}.`,
      { allow },
    );
  };
}

/** Middleware is registered for all methods, a route for its own. */
function isRouted(app: Hono<Env>, method: string, path: string): boolean {
  const [handlers] = app.router.match(method, path);
  return handlers.some(([[, route]]) => route.method === method);
}
