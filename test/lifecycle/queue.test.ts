import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../src/db.ts';
import { exemptTables, tenantStores } from '../../src/modules/provisioning/index.ts';
import { enqueue, job, prepareQueue, z } from '../../src/queue/index.ts';
import { localStorage } from '../../src/storage/index.ts';
import {
  eraseTenant,
  exportTenant,
  importTenant,
  type Lifecycle,
  previewErase,
} from '../../src/tenancy/lifecycle/index.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { lifecycleOf, testFolder } from '../support/demo-database.ts';
import { whenEnded, workerOn } from '../support/jobs.ts';
import { tenancyOn } from '../support/tenancy.ts';
import { type Tenant, tenant } from '../support/tenants.ts';

describe('the queue of a tenant', () => {
  const folder = testFolder();
  let db: TestDatabase;
  let lifecycle: Lifecycle;
  let one: Tenant;
  let two: Tenant;
  const of = (t: Tenant): Db => tenancyOn(db).for({ organizationId: t.id, userId: t.owner, role: 'OWNER' });
  const words = async () =>
    (await db.platform.query('SELECT key FROM graphile_worker.jobs ORDER BY key')).rows.map((r) => r.key);
  const work = job({
    name: 'test.job',
    input: z.object({ n: z.number() }),
    work: async ({ input }) => input.n,
  });

  beforeAll(async () => {
    db = await freshDatabase();
    await prepareQueue(db.urls.platform);
    lifecycle = {
      ...lifecycleOf(db),
      stores: tenantStores({ storage: localStorage(testFolder()) }),
      exempt: exemptTables(),
    };
    one = await tenant(db);
    two = await tenant(db);
  });

  it('goes with an erased tenant, comes back with an import, and is worked off then', async () => {
    const id = await enqueue(of(one), 'test.job', { n: 5 });
    const other = await enqueue(of(two), 'test.job', { n: 6 });
    await exportTenant(lifecycle, one.id, join(folder, 'one'), 'test');
    const { token, tables } = await previewErase(lifecycle, one.id);
    expect(tables).toMatchObject({ 'queue.runs': 1 });
    await eraseTenant(lifecycle, one.id, token, 'test');
    expect(await words()).toEqual([other]);
    await importTenant(lifecycle, join(folder, 'one'), 'test');
    expect(await words()).toEqual([other]);
    await workerOn(db, { jobs: [work] });
    expect(await whenEnded(db, id)).toMatchObject({ status: 'SUCCEEDED', result: 5 });
    expect(await whenEnded(db, other)).toMatchObject({ status: 'SUCCEEDED', result: 6 });
  });
});
