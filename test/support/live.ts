import { Hono } from 'hono';
import { type OrgRole, type Permission, permissionsOf } from '../../src/auth/permissions.ts';
import type { Principal } from '../../src/auth/principal.ts';
import { LIMITS } from '../../src/auth/tiers.ts';
import type { Db } from '../../src/db.ts';
import type { PrismaClient } from '../../src/generated/prisma/client.ts';
import type { OrganizationEnv } from '../../src/http/index.ts';
import {
  type Live,
  type LiveOptions,
  type LiveRoutesOptions,
  liveRoutes,
  openLive,
} from '../../src/live/index.ts';
import { readGenerated, type Tenancy } from '../../src/tenancy/index.ts';
import type { TestDatabase } from './database.ts';
import { readEvents } from './event-stream.ts';
import { root } from './server.ts';
import { tenant } from './tenants.ts';

export const silent = { info: () => {}, warn: () => {} };

/** Live updates on a test database; closed before it. */
export async function liveOn(db: TestDatabase, options: Partial<LiveOptions> = {}): Promise<Live> {
  const live = await openLive({
    platformUrl: db.urls.platform,
    boundary: readGenerated(root).boundary,
    logger: silent,
    ...options,
  });
  db.beforeClose(() => live.close());
  return live;
}

/** Resolves when everything that was committed before has been heard: notifications come in the order of commits. */
export async function heardAll(live: Live, db: TestDatabase): Promise<void> {
  const { id, owner } = await tenant(db);
  const who = principal(id, owner);
  const witness = live.subscribe({
    who,
    db: undefined as never,
    check: async () => who.permissions,
    tables: new Set(['contacts']),
  });
  await db.platform.query("INSERT INTO contacts (organization_id, name) VALUES ($1, 'witness')", [id]);
  for await (const { event } of witness) if (event === 'change') break;
}

export function principal(
  organizationId: string,
  userId: string,
  role: OrgRole = 'MEMBER',
  permissions: ReadonlySet<Permission> = permissionsOf(role),
): Principal {
  return {
    userId,
    organizationId,
    role,
    permissions,
    email: 'somebody@example.com',
    name: null,
    platformRole: 'EMPLOYEE',
    via: 'session',
    credentialId: 'test',
    organizationSlug: 'test',
    tier: 'STARTER',
    limits: LIMITS.STARTER,
  };
}

export interface OpenOptions extends LiveRoutesOptions {
  readonly query?: string;
  readonly lastEventId?: string;
  readonly signal?: AbortSignal;
}

/** Opens a stream over HTTP as somebody whom the door has let in. */
export async function openStream(
  live: Live,
  tenancy: Tenancy<PrismaClient>,
  who: Principal,
  options: OpenOptions = {},
) {
  const { query = '', lastEventId, signal, ...routes } = options;
  const app = new Hono<OrganizationEnv>()
    .use(async (c, next) => {
      c.set('who', who);
      c.set('db', tenancy.for(who) as unknown as Db);
      await next();
    })
    .route('/v1/orgs/:organization', liveRoutes(live, routes))
    .onError((error) => {
      throw error;
    });
  const response = await app.request(`/v1/orgs/${who.organizationId}/events${query}`, {
    headers: lastEventId ? { 'last-event-id': lastEventId } : {},
    ...(signal ? { signal } : {}),
  });
  return { response, ...readEvents(response) };
}
