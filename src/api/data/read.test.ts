import { beforeAll, describe, expect, it } from 'vitest';
import { type Ask, serverFor, unexpected } from '../../../test/support/data-server.ts';
import { demoDatabase } from '../../../test/support/demo-database.ts';
import { root } from '../../../test/support/server.ts';
import { tenancyOn } from '../../../test/support/tenancy.ts';
import { readGenerated } from '../../tenancy/index.ts';
import { dataModels } from './model.ts';

const models = [...dataModels({ boundary: readGenerated(root).boundary, rules: [] }).values()];
let owner: Ask;
let viewer: Ask;
let stranger: Ask;

beforeAll(async () => {
  const demo = await demoDatabase();
  const server = serverFor(tenancyOn(demo.db));
  const ownerOf = async (organization: string) => {
    const sql = "SELECT user_id FROM organization_members WHERE organization_id = $1 AND role = 'OWNER'";
    return (await demo.db.platform.query(sql, [organization])).rows[0].user_id as string;
  };
  const userId = await ownerOf(demo.ours);
  owner = server({ organizationId: demo.ours, userId });
  viewer = server({ organizationId: demo.ours, userId, role: 'VIEWER' });
  stranger = server({ organizationId: demo.theirs, userId: await ownerOf(demo.theirs) });
});

describe.each(models.map((m) => [m.collection, m] as const))('%s', (collection, model) => {
  it('lists, gives each record by its id with a tag, and expands every relation', async () => {
    const listed = await owner('GET', `/${collection}?limit=3&count=exact`);
    expect(listed.status, listed.text).toBe(200);
    expect(listed.body.page.limit).toBe(3);
    for (const row of listed.body.data) {
      const id = model.key.map((f) => row[f.name]).join(',');
      const one = await owner('GET', `/${collection}/${id}`);
      expect(one.status, one.text).toBe(200);
      expect(one.body).toEqual(row);
      const again = await owner('GET', `/${collection}/${id}`, {
        headers: { 'if-none-match': one.headers.get('etag')! },
      });
      expect([again.status, again.text]).toEqual([304, '']);
    }
    const relations = [...model.relations.keys()].slice(0, 12);
    const expanded = await owner(
      'GET',
      `/${collection}?limit=2&expand=${relations.map((r) => `${r}(limit=2)`)}`,
    );
    expect(expanded.status, expanded.text).toBe(200);
    for (const row of expanded.body.data) for (const name of relations) expect(row).toHaveProperty(name);
    expect(unexpected).toEqual([]);
  });

  it('has no record of another organization', async () => {
    if (!model.tenantField || !model.tenantColumn) return;
    const listed = await owner('GET', `/${collection}?limit=1`);
    for (const row of listed.body.data) {
      const id = model.key.map((f) => row[f.name]).join(',');
      expect((await stranger('GET', `/${collection}/${id}`)).status).toBe(404);
    }
  });
});

it('asks nothing of a viewer that only admins read', async () => {
  expect((await viewer('GET', '/subscriptions')).status).toBe(403);
  expect((await viewer('GET', '/organizations?subscription.status=ACTIVE')).status).toBe(422);
});
