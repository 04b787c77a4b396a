import { timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { LotlineError } from '../../errors.ts';
import { HttpFault } from '../../http/index.ts';
import type { AppOptions } from '../app.ts';
import type { Env } from '../env.ts';

/** For whoever runs the server: alive, ready to serve, and its figures. */
export function healthRoutes({ ready, metrics, metricsToken }: AppOptions): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/healthz', (c) => c.json({ status: 'alive' }));
  app.get('/readyz', async (c) => {
    try {
      await ready();
      return c.json({ status: 'ready' });
    } catch (error) {
      const code = error instanceof LotlineError ? error.code : 'NOT_READY';
      return c.json({ status: 'not ready', code }, 503);
    }
  });
  app.get('/metrics', async (c) => {
    const { ipAddress } = c.get('origin');
    const local = ipAddress === undefined || ipAddress === '127.0.0.1' || ipAddress === '::1';
    const given = c.req.header('authorization') ?? '';
    if (metricsToken ? !same(given, `Bearer ${metricsToken}`) : !local) {
      throw new HttpFault(
        403,
        'METRICS_CLOSED',
        'The figures are not for everybody.',
        'Set METRICS_TOKEN and send it as a Bearer token.',
      );
    }
    return c.body(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType });
  });
  return app;
}

function same(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}
