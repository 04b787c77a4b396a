import { PrismaPg } from '@prisma/adapter-pg';
import { Hono } from 'hono';
import { beforeAll, expect, it } from 'vitest';
import { demoDatabase } from '../../../test/support/demo-database.ts';
import { root } from '../../../test/support/server.ts';
import type { Db } from '../../db.ts';
import { PrismaClient } from '../../generated/prisma/client.ts';
import { problemOf } from '../../http/index.ts';
import { readGenerated } from '../../tenancy/index.ts';
import { dataModels, serveCollections } from './index.ts';

const { boundary } = readGenerated(root);
let ask: (path: string, init?: RequestInit) => Promise<Response>;

beforeAll(async () => {
  const { db } = await demoDatabase();
  const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: db.urls.platform }) });
  db.beforeClose(() => client.$disconnect());
  const models = dataModels({ boundary, rules: [], role: boundary.roles.platform, bound: false });
  const app = new Hono().route(
    '/',
    serveCollections(models, (c) => ({
      db: client as unknown as Db,
      asker: { organizationId: undefined, userId: undefined, mayRead: () => true, mayWrite: () => true },
      url: c.req.url.replace('http://localhost', ''),
      header: (name) => c.req.header(name),
      bulkRows: 10,
      plan: undefined,
      signal: c.req.raw.signal,
    })),
  );
  app.onError((error) => {
    const { body, status, headers } = problemOf(error, 'test');
    return new Response(JSON.stringify(body), { status, headers });
  });
  ask = async (path, init) => app.request(path, init);
});

it('another role over another client sees all tenants, and names rows by their whole key', async () => {
  const tenants = (await (await ask('/organizations?fields=id')).json()) as { data: { id: string }[] };
  expect(tenants.data.length).toBe(3);
  const found = (await (await ask('/contacts?limit=200&sort=organizationId,name')).json()) as {
    data: { organizationId: string; id: string; name: string }[];
  };
  expect(new Set(found.data.map((c) => c.organizationId)).size).toBeGreaterThan(1);
  const [first] = found.data;
  const path = `/contacts/${first!.organizationId},${first!.id}`;
  expect(await (await ask(path)).json()).toEqual(first);
  const changed = await ask(path, {
    method: 'PATCH',
    body: JSON.stringify({ name: 'By staff' }),
    headers: { 'content-type': 'application/json', 'if-match': '*' },
  });
  expect([changed.status, ((await changed.json()) as { name: string }).name]).toEqual([200, 'By staff']);
  expect((await ask(`/contacts/${first!.id}`)).status).toBe(404);
});

it('has the collections that the application has not, and says whose a new row is', async () => {
  expect((await ask('/feature-flags')).status).toBe(200);
  const body = JSON.stringify({ name: 'Lost' });
  const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
  const lost = await ask('/contacts', init);
  expect([lost.status, await lost.text()]).toEqual([422, expect.stringContaining('organizationId')]);
  const wrong = JSON.stringify({ name: 'Lost', organizationId: crypto.randomUUID() });
  expect((await ask('/contacts', { ...init, body: wrong })).status).toBe(422);
});
