import { OpenAPIHono } from '@hono/zod-openapi';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { tenancyOn } from '../../../test/support/tenancy.ts';
import { tenant } from '../../../test/support/tenants.ts';
import type { Db } from '../../db.ts';
import type { AnyRoute } from '../../http/index.ts';
import { enqueue } from '../../queue/index.ts';
import { jobs } from './index.ts';

describe('the routes of jobs', () => {
  let db: TestDatabase;
  let as: Db;
  const routeOf = (operationId: string) => jobs.routes.find((r) => r.operationId === operationId)!;
  /** What the handler answers, as the first answer's schema lets it through. */
  const call = async (route: AnyRoute, params: object, query: object = {}) => {
    const answer = await route.handler({
      db: as,
      params: route.params?.parse(params),
      query: route.query?.parse(query),
    } as never);
    return route.answers[200]!.schema!.parse(JSON.parse(JSON.stringify(answer))) as Record<string, unknown>;
  };

  beforeAll(async () => {
    db = await freshDatabase();
    const { id, owner } = await tenant(db);
    as = tenancyOn(db).for({ organizationId: id, userId: owner, role: 'OWNER' });
  });

  it('answer what their schemas say, page by page', async () => {
    const ids = [await enqueue(as, 'a.job', {}), await enqueue(as, 'a.job', {})];
    const first = await call(routeOf('listJobs'), {}, { limit: '1' });
    expect(first).toMatchObject({ items: [{ id: ids[1], status: 'QUEUED' }], next: ids[1] });
    const last = await call(routeOf('listJobs'), {}, { before: String(first.next) });
    expect(last).toMatchObject({ items: [{ id: ids[0] }], next: null });
    expect(await call(routeOf('getJob'), { jobId: ids[0] })).toMatchObject({ input: {}, startedAt: null });
    expect(await call(routeOf('cancelJob'), { jobId: ids[0] })).toMatchObject({ status: 'CANCELLED' });
    expect(await call(routeOf('retryJob'), { jobId: ids[0] })).toMatchObject({ status: 'QUEUED' });
  });

  it.each([
    [{ limit: '0' }],
    [{ limit: '101' }],
    [{ status: 'DONE' }],
    [{ before: 'x' }],
    [{ colour: 'red' }],
  ])('refuse the query %j', (query) => {
    expect(routeOf('listJobs').query!.safeParse(query).success).toBe(false);
  });

  it('ask for the permissions of the table', () => {
    expect(jobs.routes.map((r) => [r.operationId, r.permission])).toEqual([
      ['listJobs', 'jobs:read'],
      ['getJob', 'jobs:read'],
      ['retryJob', 'jobs:retry'],
      ['cancelJob', 'jobs:retry'],
    ]);
  });

  it('can be written down as OpenAPI', () => {
    const app = new OpenAPIHono();
    for (const r of jobs.routes)
      app.openAPIRegistry.registerPath({
        method: r.method,
        path: r.path,
        request: { params: r.params, query: r.query } as never,
        responses: {
          200: { description: '', content: { 'application/json': { schema: r.answers[200]!.schema! } } },
        },
      });
    const document = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'x', version: '1' } });
    expect(Object.keys(document.paths ?? {})).toEqual([
      '/jobs',
      '/jobs/{jobId}',
      '/jobs/{jobId}/retry',
      '/jobs/{jobId}/cancel',
    ]);
  });
});
