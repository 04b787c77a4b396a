import { Hono } from 'hono';
import type { Auth } from '../auth/index.ts';
import type { PrismaClient } from '../generated/prisma/client.ts';
import { completeProblem } from '../http/index.ts';
import type { Module } from '../modules/module.ts';
import type { Boundary, Tenancy } from '../tenancy/index.ts';
import type { DataApi } from './data/index.ts';
import { buildDocument } from './document.ts';
import type { Env } from './env.ts';
import type { Logger } from './log.ts';
import { refuseUnrouted } from './methods.ts';
import type { Metrics } from './metrics.ts';
import { clientAddress } from './middleware/address.ts';
import { BODY_LIMITS, readableBody, readableRequest } from './middleware/body.ts';
import { idempotency } from './middleware/idempotency.ts';
import { enterOrganization, requirePerson } from './middleware/organization.ts';
import { limitAddress, limitPrincipal } from './middleware/rate-limit.ts';
import { requestFrame } from './middleware/request.ts';
import { crossOrigin, sameOrigin, securityHeaders } from './middleware/security.ts';
import { modelsRoute } from './models-route.ts';
import { moduleRoutes } from './module-routes.ts';
import { openRoutes } from './open-routes.ts';
import { healthRoutes } from './pages/health.ts';
import { problemRoutes } from './pages/problems.ts';
import { referenceRoutes } from './pages/reference.ts';
import type { WebApp } from './pages/web.ts';
import { personRoutes } from './person-routes.ts';
import type { PlatformApi } from './platform/index.ts';
import type { RateLimits } from './rate-limits.ts';
import { refuse } from './refuse.ts';

/** What an app is made of. Everything is given, so that a test can run it without a port. */
export interface AppOptions {
  readonly auth: Auth;
  readonly boundary: Boundary;
  readonly tenancy: Tenancy<PrismaClient>;
  readonly modules: readonly Module[];
  readonly data: DataApi;
  readonly limits: RateLimits;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Where people reach this server: `https://app.example.com`. */
  readonly baseUrl: string;
  /** Where the web application is, when that is another origin: its pages may send cookies. */
  readonly webUrl?: string;
  /** Origins of pages elsewhere that may call the API with keys; none turns CORS off. */
  readonly corsOrigins: readonly string[];
  /** Trusted proxies in front. */
  readonly proxies: number;
  /** Throws where the database does not answer. */
  readonly ready: () => Promise<void>;
  /** Asked for by `/metrics`; without one only the machine itself may read them. */
  readonly metricsToken?: string;
  /** Apps that are mounted beside, with the middleware of an organization's routes before them. */
  readonly organizationApps?: Readonly<Record<string, Hono<Env>>>;
  /** Apps that are mounted at the root, such as signed file links and the development mailbox. */
  readonly rootApps?: Readonly<Record<string, Hono<Env>>>;
  /** The name of the provider that people may sign in with, where one is set. */
  readonly oidcName?: string;
  /** Where captured mail is read, in development. */
  readonly mailbox?: string;
  readonly hasDemo: () => Promise<boolean>;
  /** The web application, where it was built. */
  readonly web?: WebApp;
  /** The door of the platform's staff, under `/v1/platform`. */
  readonly platform?: PlatformApi;
  /** Paths and components that the mounted apps add to the document. */
  readonly documents?: readonly { readonly paths: object; readonly components?: object }[];
}

/**
 * The life of a request, top to bottom: framed (id, log, metrics) → headers → bounded by address → readable, from a page of
 * ours → who, for which organization → bounded by key and plan → body readable → once per idempotency key → its route.
 */
export function createApp(options: AppOptions): Hono<Env> {
  const { auth, tenancy, baseUrl, corsOrigins, data, limits, log, metrics, modules } = options;
  const app = new Hono<Env>();
  app.onError(refuse);
  const unrouted = refuseUnrouted(app);
  app.notFound(async (c) => (await options.web?.page(c, async () => {})) ?? unrouted(c));

  app.use(requestFrame(log, metrics, clientAddress(options.proxies)));
  app.use(securityHeaders(baseUrl.startsWith('https:')));
  if (corsOrigins.length > 0) app.use(crossOrigin(corsOrigins));
  app.route('/', healthRoutes(options));
  app.use(limitAddress(limits));
  app.use(readableRequest());
  app.use(sameOrigin(new Set([baseUrl, options.webUrl ?? baseUrl].map((url) => new URL(url).origin))));

  app.on(['GET', 'POST'], '/auth/*', async (c) =>
    completeProblem(await auth.handler(c.req.raw, c.get('origin')), c.get('requestId')),
  );

  const routes = moduleRoutes(modules, data.collections);
  const person = personRoutes(auth);
  const open = openRoutes({
    auth,
    oidcName: options.oidcName,
    mailbox: options.mailbox,
    hasDemo: options.hasDemo,
  });
  const models = modelsRoute(options.boundary, data);
  const documentOf = () => buildDocument(routes, [open, person, models], options);
  if (options.web) app.route('/', options.web.routes);
  app.route('/', open);
  app.route('/', referenceRoutes(documentOf, baseUrl));
  app.route('/', problemRoutes(modules));
  for (const [path, root] of Object.entries(options.rootApps ?? {})) app.route(path, root);

  const organization = new Hono<Env>();
  organization.use(enterOrganization(auth, tenancy));
  organization.use(limitPrincipal(limits));
  organization.use(async (c, next) => {
    await next();
    c.res.headers.set('cache-control', 'private, no-store');
  });
  for (const [path, own] of Object.entries(options.organizationApps ?? {})) organization.route(path, own);
  organization.use('/data/*', readableBody(BODY_LIMITS.many), idempotency());
  organization.route('/data', data.app as unknown as Hono<Env>);
  organization.use(readableBody(BODY_LIMITS.one), idempotency());
  organization.route('/', routes);
  app.route('/v1/orgs/:organization', organization);
  if (options.platform) app.route('/v1/platform', options.platform.app);
  app.use('/v1/*', requirePerson(auth), readableBody(BODY_LIMITS.one));
  app.route('/', person);
  app.route('/', models);
  return app;
}
