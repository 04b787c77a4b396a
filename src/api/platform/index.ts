import { Hono } from 'hono';
import { type Auth, staffOnly } from '../../auth/index.ts';
import { Refusal } from '../../errors.ts';
import { type Desk, staffRoutes } from '../../modules/platform/index.ts';
import type { Boundary } from '../../tenancy/index.ts';
import type { Env } from '../env.ts';
import { BODY_LIMITS, readableBody } from '../middleware/body.ts';
import { requirePerson } from '../middleware/organization.ts';
import { limitStaff } from '../middleware/rate-limit.ts';
import type { RateLimits } from '../rate-limits.ts';
import { staffData } from './data.ts';
import { staffDocument } from './document.ts';
import { staffApp } from './routes.ts';

export interface PlatformOptions {
  readonly auth: Auth;
  readonly desk: Desk;
  readonly limits: RateLimits;
  readonly boundary: Boundary;
}

export interface PlatformApi {
  /** Mounted under `/v1/platform`. */
  readonly app: Hono<Env>;
  readonly document: { readonly paths: object; readonly components: object };
}

/**
 * The door of the platform's staff. Whoever has no session of theirs learns nothing about what is behind it: unknown and known
 * addresses answer alike.
 */
export function platformApi({ auth, desk, limits, boundary }: PlatformOptions): PlatformApi {
  const app = new Hono<Env>();
  app.use(requirePerson(auth));
  app.use(async (c, next) => {
    const { via, platformRole } = c.get('person');
    if (via !== 'session' || platformRole === 'EMPLOYEE') throw staffOnly();
    if (c.req.header('idempotency-key') !== undefined) throw NO_KEYS();
    await next();
    c.res.headers.set('cache-control', 'private, no-store');
  });
  app.use(limitStaff(limits));
  const data = staffData(boundary, desk);
  app.route('/data', data.app);
  app.use(readableBody(BODY_LIMITS.one));
  const routes = staffApp(staffRoutes({ auth }), desk);
  app.route('/', routes as unknown as Hono<Env>);
  return { app, document: staffDocument(routes, data.models, boundary) };
}

const NO_KEYS = () =>
  new Refusal(
    'invalid',
    'IDEMPOTENCY_KEY_NOT_TAKEN',
    'Routes of the platform take no Idempotency-Key.',
    'Leave it out: repeat the request, or look whether it was done.',
  );
