import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { tenancyOn } from '../../../test/support/tenancy.ts';
import { member, type Tenant, tenant } from '../../../test/support/tenants.ts';
import { type Db, inTransaction } from '../../db.ts';
import { enqueue, prepareQueue } from '../../queue/index.ts';
import type { Tenancy } from '../../tenancy/index.ts';
import { cancelRun, getRun, listRuns, retryRun } from './index.ts';

describe('the runs of an organization', () => {
  let db: TestDatabase;
  let tenancy: Tenancy<never>;
  let one: Tenant;
  let owner: Db;
  let mate: Db;
  let foreigner: Db;
  const of = (organizationId: string, userId: string, role: string) =>
    tenancy.for({ organizationId, userId, role }) as unknown as Db;
  const end = (id: string, status: string) =>
    db.platform.query(
      'UPDATE queue.runs SET status = $2, finished_at = now(), result = \'{"a": 1}\' WHERE id = $1',
      [id, status],
    );
  const words = async (id: string) =>
    (await db.platform.query('SELECT FROM graphile_worker.jobs WHERE key = $1', [id])).rowCount;

  beforeAll(async () => {
    db = await freshDatabase();
    await prepareQueue(db.urls.platform);
    tenancy = tenancyOn(db) as never;
    one = await tenant(db);
    const two = await tenant(db);
    owner = of(one.id, one.owner, 'OWNER');
    mate = of(one.id, await member(db, one.id), 'MEMBER');
    foreigner = of(two.id, two.owner, 'OWNER');
  });

  it('are listed newest first, in pages, by status and name', async () => {
    const ids: string[] = [];
    for (const n of [1, 2, 3]) ids.push(await enqueue(mate, `page.job-${n % 2}`, { n }));
    await end(ids[1]!, 'FAILED');
    const list = async (filter = {}) =>
      (await listRuns(owner, { limit: 2, ...filter })).map((r) => ids.indexOf(r.id));
    expect(await list()).toEqual([2, 1]);
    expect(await list({ before: ids[1] })).toEqual([0]);
    expect(await list({ status: 'FAILED' })).toEqual([1]);
    expect(await list({ name: 'page.job-1' })).toEqual([2, 0]);
  });

  it('show input and result to who asked for it and to admins, not to other members', async () => {
    const id = await enqueue(owner, 'secret.job', { key: 'x' });
    await end(id, 'SUCCEEDED');
    expect(await getRun(owner, id)).toMatchObject({ input: { key: 'x' }, result: { a: 1 } });
    expect(await getRun(mate, id)).toMatchObject({ status: 'SUCCEEDED', input: null, result: null });
    const own = await enqueue(mate, 'own.job', { key: 'y' });
    expect(await getRun(mate, own)).toMatchObject({ input: { key: 'y' } });
  });

  it('are the same as none to another organization', async () => {
    const id = await enqueue(owner, 'hidden.job', {});
    expect(await listRuns(foreigner, { limit: 100 })).toEqual([]);
    for (const touch of [getRun, retryRun, cancelRun])
      await expect(touch(foreigner, id)).rejects.toMatchObject({ kind: 'missing', code: 'JOB_MISSING' });
    expect(await getRun(owner, id)).toMatchObject({ status: 'QUEUED' });
  });

  it('are one while a dedupe key has not ended, also for two at once', async () => {
    const put = (key = 'k') => enqueue(owner, 'once.job', {}, { dedupeKey: key });
    const ids = await Promise.all([put(), put(), put()]);
    expect(new Set(ids).size).toBe(1);
    expect(await enqueue(foreigner, 'once.job', {}, { dedupeKey: 'k' })).not.toBe(ids[0]);
    await end(ids[0]!, 'FAILED');
    const next = await put();
    expect(next).not.toBe(ids[0]);
    await expect(retryRun(owner, ids[0]!)).rejects.toMatchObject({ code: 'JOB_UNDER_WAY' });
    await cancelRun(owner, next);
    expect(await retryRun(owner, ids[0]!)).toMatchObject({ status: 'QUEUED', attempt: 0 });
  });

  it('can be cancelled until they have ended, and retried unless they succeeded', async () => {
    const id = await enqueue(owner, 'some.job', {});
    expect(await words(id)).toBe(1);
    expect(await cancelRun(owner, id)).toMatchObject({ status: 'CANCELLED' });
    expect(await words(id)).toBe(0);
    expect(await cancelRun(owner, id)).toMatchObject({ status: 'CANCELLED' });
    expect(await retryRun(owner, id)).toMatchObject({ status: 'QUEUED', error: null, finishedAt: null });
    expect(await retryRun(owner, id)).toMatchObject({ status: 'QUEUED' });
    expect(await words(id)).toBe(1);
    await end(id, 'SUCCEEDED');
    await expect(retryRun(owner, id)).rejects.toMatchObject({ kind: 'conflict', code: 'JOB_SUCCEEDED' });
    await expect(cancelRun(owner, id)).rejects.toMatchObject({ kind: 'conflict', code: 'JOB_ENDED' });
  });

  it('are enqueued with their word in one transaction, or not at all', async () => {
    let id = '';
    await inTransaction(owner, async (tx) => {
      id = await enqueue(tx, 'undone.job', {});
      throw new Error('undone');
    }).catch(() => {});
    expect([await words(id), (await listRuns(owner, { limit: 1, name: 'undone.job' })).length]).toEqual([
      0, 0,
    ]);
  });

  it.each([
    ['a name of another shape', ['Upper', {}, null, null, 0], '23514'],
    ['an input over 256 KiB', ['a.b', { x: 'x'.repeat(300_000) }, null, null, 0], '23514'],
    ['a priority out of range', ['a.b', {}, null, null, 1000], '23514'],
    ['an empty dedupe key', ['a.b', {}, '', null, 0], '23514'],
  ])('are refused with %s', async (_, [name, input, ...rest], code) => {
    const asked = db.app({ organization: one.id, user: one.owner, role: 'OWNER' }, (client) =>
      client.query('SELECT app.enqueue_job($1, $2::jsonb, $3, $4, $5)', [
        name,
        JSON.stringify(input),
        ...rest,
      ]),
    );
    await expect(asked).rejects.toMatchObject({ code });
  });

  it('need an organization', async () => {
    const asked = db.app({ user: one.owner }, (client) =>
      client.query("SELECT app.enqueue_job('a.b', '{}', NULL, NULL, 0)"),
    );
    await expect(asked).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    'SELECT * FROM queue.runs',
    'SELECT * FROM queue.workers',
    'SELECT * FROM graphile_worker.jobs',
    'SELECT * FROM graphile_worker._private_jobs',
    "SELECT graphile_worker.add_job('run', '{}')",
    "INSERT INTO graphile_worker._private_tasks (identifier) VALUES ('run')",
    'CREATE TABLE graphile_worker.mine ()',
  ])('and graphile-worker’s tables are out of the application’s reach: %s', async (sql) => {
    const asked = db.app({ organization: one.id, user: one.owner, role: 'OWNER' }, (c) => c.query(sql));
    await expect(asked).rejects.toMatchObject({ code: '42501' });
  });

  it('announces no run of another organization', async () => {
    const id = await enqueue(owner, 'told.job', {});
    await db.platform.query('SELECT graphile_worker.remove_job($1)', [id]);
    await foreigner.$queryRaw`SELECT app.announce_run(${id}::uuid)::text`;
    expect(await words(id)).toBe(0);
    await owner.$queryRaw`SELECT app.announce_run(${id}::uuid)::text`;
    expect(await words(id)).toBe(1);
  });
});
