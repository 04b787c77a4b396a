import { Hono } from 'hono';
import { dataApi } from '../../src/api/data/index.ts';
import { type OrgRole, permissionsOf } from '../../src/auth/permissions.ts';
import { LIMITS } from '../../src/auth/tiers.ts';
import type { Db } from '../../src/db.ts';
import type { PrismaClient } from '../../src/generated/prisma/client.ts';
import { type ModelRules, type OrganizationEnv, problemOf } from '../../src/http/index.ts';
import { readGenerated, type Tenancy } from '../../src/tenancy/index.ts';
import { root } from './server.ts';

export interface Caller {
  readonly organizationId: string;
  readonly userId: string;
  readonly role?: OrgRole;
  readonly scopes?: readonly string[];
  readonly bulkRows?: number;
  /** A transaction of the request, as an idempotency key opens one. */
  readonly db?: Db;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers as a client would
  readonly body: any;
}

export type Ask = (method: string, path: string, options?: AskOptions) => Promise<Reply>;

export interface AskOptions {
  readonly body?: unknown;
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Record<string, string>;
}

/** Errors that were no refusal; a test asserts that there are none. */
export const unexpected: unknown[] = [];

/** The data API as the composition would mount it, for one caller. */
export function serverFor(tenancy: Tenancy<PrismaClient>, rules: readonly ModelRules[] = []) {
  const api = dataApi({ boundary: readGenerated(root).boundary, rules });
  return (caller: Caller): Ask => {
    const { organizationId, userId, role = 'OWNER' } = caller;
    const db = caller.db ?? (tenancy.for({ organizationId, userId, role }) as unknown as Db);
    const app = new Hono<OrganizationEnv>();
    app.use(async (c, next) => {
      c.set('requestId', 'test');
      c.set('origin', {});
      c.set('db', db);
      c.set('who', {
        userId,
        email: 'someone@example.com',
        name: null,
        platformRole: 'EMPLOYEE',
        via: 'session',
        credentialId: 'test',
        organizationId,
        organizationSlug: 'test',
        role,
        permissions: permissionsOf(role, {}, caller.scopes),
        tier: 'GROWTH',
        limits: { ...LIMITS.GROWTH, bulkRows: caller.bulkRows ?? LIMITS.GROWTH.bulkRows },
      });
      await next();
    });
    app.route('/data', api.app);
    app.onError((error, c) => {
      const problem = problemOf(error, c.get('requestId'));
      if (problem.status === 500) unexpected.push(error);
      return new Response(JSON.stringify(problem.body), { status: problem.status, headers: problem.headers });
    });
    return async (method, path, { body, raw, headers = {} } = {}) => {
      const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
      const reply = await app.request(`http://localhost/data${path}`, {
        method,
        headers: { ...(sent === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(sent === undefined ? {} : { body: sent }),
      });
      const text = await reply.text();
      const json = /[/+]json$/.test(reply.headers.get('content-type') ?? '') && text !== '';
      return {
        status: reply.status,
        headers: reply.headers,
        text,
        body: json ? JSON.parse(text) : undefined,
      };
    };
  };
}
