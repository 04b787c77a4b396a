import { timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { LotlineError } from '../../errors.ts';
import { HttpFault } from '../../http/index.ts';
import type { AppOptions } from '../app.ts';
import type { Env } from '../env.ts';
import { isLocal } from '../middleware/address.ts';

/** For whoever runs the server: alive, ready to serve, and its figures. */
export function healthRoutes({ ready, metrics, metricsToken }: AppOptions): Hono<Env> {
  const app = new Hono<Env>();
  // Those who ask at the same time share one answer: these routes stand before every limit.
  let asked: Promise<void> | undefined;
  const readiness = () => {
    asked ??= ready().finally(() => {
      asked = undefined;
    });
    return asked;
  };
  app.get('/healthz', (c) => c.json({ status: 'alive' }));
  app.get('/readyz', async (c) => {
    try {
      await readiness();
      return c.json({ status: 'ready' });
    } catch (error) {
      const code = error instanceof LotlineError ? error.code : 'NOT_READY';
      return c.json({ status: 'not ready', code }, 503);
    }
  });
  app.get('/metrics', async (c) => {
    const given = c.req.header('authorization') ?? '';
    if (metricsToken ? !same(given, `Bearer ${metricsToken}`) : !isLocal(c)) {
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
