import { beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../src/db.ts';
import { enqueue, job, z } from '../../src/queue/index.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { when, whenEnded, workerOn } from '../support/jobs.ts';
import { tenancyOn } from '../support/tenancy.ts';
import { type Tenant, tenant } from '../support/tenants.ts';

describe('workers beside each other', () => {
  let db: TestDatabase;
  const tenants: Tenant[] = [];
  const done: string[] = [];
  const count = job({
    name: 'test.count',
    input: z.object({ key: z.string() }),
    work: async ({ db: bound, input }) => {
      done.push(`${bound.$tenant.organizationId} ${input.key}`);
    },
  });
  const of = (t: Tenant): Db => tenancyOn(db).for({ organizationId: t.id, userId: t.owner, role: 'OWNER' });

  beforeAll(async () => {
    db = await freshDatabase();
    for (let i = 0; i < 3; i++) tenants.push(await tenant(db));
  });

  it('do each run once, each for its own organization', async () => {
    await Promise.all([1, 2, 3].map(() => workerOn(db, { jobs: [count], concurrency: 3 })));
    const wanted: string[] = [];
    for (const t of tenants) {
      const as = of(t);
      for (let n = 0; n < 40; n++) {
        wanted.push(`${t.id} ${n}`);
        await enqueue(as, 'test.count', { key: String(n) });
      }
    }
    await when(db, 'queue:ended', async (client) => {
      const { rows } = await client.query('SELECT FROM queue.runs WHERE finished_at IS NULL LIMIT 1');
      return rows.length === 0 ? true : undefined;
    });
    expect(done.toSorted()).toEqual(wanted.toSorted());
  });

  it('begin anew when the database has cut them off, and nothing is lost', async () => {
    const begun = Promise.withResolvers<void>();
    let starts = 0;
    const cut = job({
      name: 'test.cut',
      input: z.object({}),
      work: async ({ signal }) => {
        // Not by its attempt: one that could still be given back does not count.
        if (starts++ > 0) return 'again';
        begun.resolve();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        throw signal.reason;
      },
    });
    const other = await freshDatabase();
    const t = await tenant(other);
    await workerOn(other, { jobs: [cut] });
    const as = tenancyOn(other).for({ organizationId: t.id });
    const id = await enqueue(as, 'test.cut', {});
    await begun.promise;
    await other.superuser.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name IN ('lotline worker', 'lotline jobs')",
    );
    expect(await whenEnded(other, id)).toMatchObject({ status: 'SUCCEEDED', result: 'again' });
  });
});
