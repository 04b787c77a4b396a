import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { isForeign } from '../../auth/index.ts';
import { Refusal } from '../../errors.ts';
import type { Env } from '../env.ts';

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/**
 * Headers of every answer: nothing is framed, sniffed, referred to or run. A page that says a header itself keeps its own,
 * which is why this is not the library's middleware.
 */
export function securityHeaders(https: boolean): MiddlewareHandler {
  const all = Object.entries({
    ...HEADERS,
    ...(https ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  });
  return async (c, next) => {
    await next();
    for (const [name, value] of all) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  };
}

/** CORS, off unless origins are listed. Cookies are never part of it: a page elsewhere works with a key. */
export function crossOrigin(origins: readonly string[]): MiddlewareHandler {
  return cors({
    origin: [...origins],
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: [
      'authorization',
      'content-type',
      'idempotency-key',
      'if-match',
      'if-none-match',
      'prefer',
      'x-request-id',
    ],
    exposeHeaders: [
      'allow',
      'etag',
      'idempotent-replayed',
      'link',
      'location',
      'preference-applied',
      'ratelimit-limit',
      'ratelimit-remaining',
      'ratelimit-reset',
      'retry-after',
      'x-request-id',
    ],
    maxAge: 600,
    credentials: false,
  });
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a change that a page of another origin makes with somebody's cookie. Browsers say the origin of every such
 * request; a program that says none holds the cookie itself. A request with `Authorization` is judged by that alone.
 * @param trusted origins of our own pages
 */
export function sameOrigin(trusted: ReadonlySet<string>): MiddlewareHandler<Env> {
  return async (c, next) => {
    const byCookie = c.req.header('cookie') && !c.req.header('authorization');
    if (!SAFE.has(c.req.method) && byCookie && isForeign(c.req.raw.headers, trusted)) {
      throw new Refusal(
        'forbidden',
        'CROSS_SITE_REQUEST',
        'This request comes from a page of another site.',
        `Send it from ${[...trusted].join(' or ')}, or with an API key instead of a cookie.`,
      );
    }
    await next();
  };
}
