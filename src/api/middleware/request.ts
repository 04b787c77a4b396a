import { randomUUID } from 'node:crypto';
import {
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  type TextMapGetter,
  trace,
} from '@opentelemetry/api';
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Env } from '../env.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { AddressOf } from './address.ts';

const REQUEST_ID = /^[\w.-]{8,64}$/;

/**
 * What frames every request: its id, where it came from, a line in the log, metrics and a span. A caller's own request
 * id is taken over where it is well-formed, and a `traceparent` is followed.
 */
export function requestFrame(log: Logger, metrics: Metrics, addressOf: AddressOf): MiddlewareHandler<Env> {
  const tracer = trace.getTracer('lotline');
  return async (c, next) => {
    const started = performance.now();
    const given = c.req.header('x-request-id');
    const requestId = given && REQUEST_ID.test(given) ? given : randomUUID();
    c.set('started', started);
    c.set('requestId', requestId);
    c.set('log', log);
    const userAgent = c.req.header('user-agent')?.slice(0, 1000);
    const ipAddress = addressOf(c);
    c.set('origin', { ...(ipAddress ? { ipAddress } : {}), ...(userAgent ? { userAgent } : {}) });
    metrics.begin();
    const parent = propagation.extract(context.active(), c.req.raw.headers, FROM_HEADERS);
    const span = tracer.startSpan(c.req.method, { kind: SpanKind.SERVER }, parent);
    try {
      await next();
    } finally {
      const route = patternOf(c);
      const { status } = c.res;
      const seconds = (performance.now() - started) / 1000;
      c.res.headers.set('x-request-id', requestId);
      metrics.end(c.req.method, route, status, seconds);
      span.updateName(`${c.req.method} ${route}`);
      span.setAttributes({
        'http.request.method': c.req.method,
        'http.route': route,
        'http.response.status_code': status,
      });
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
      const line = {
        requestId,
        method: c.req.method,
        route,
        status,
        ms: Math.round(seconds * 100_000) / 100,
        ...(c.get('who') ? { organization: c.get('who').organizationId } : {}),
      };
      if (status >= 500) log.error({ ...line, error: c.error }, 'request failed');
      else log.info(line, 'request');
    }
  };
}

/** Reads the headers that a propagator asks for, rather than copy all of them for one that asks for none. */
const FROM_HEADERS: TextMapGetter<Headers> = {
  get: (headers, name) => headers.get(name) ?? undefined,
  keys: (headers) => [...headers.keys()],
};

/**
 * The pattern of the route that answered, or would have if nothing before it had refused; not the path, whose parts are
 * somebody's ids. Of an address that leads nowhere, the pattern of the last middleware.
 */
function patternOf(c: Context<Env>): string {
  const matched = matchedRoutes(c);
  const reached = matched[c.req.routeIndex];
  const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
  const meant =
    reached?.method === 'ALL' ? matched.slice(c.req.routeIndex).find((r) => r.method === method) : undefined;
  const pattern = (meant ?? reached)?.path ?? '*';
  return pattern === '/*' || pattern === '*' ? '(none)' : pattern;
}
