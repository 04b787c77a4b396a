import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { whenEnded, workerOn } from '../../test/support/jobs.ts';
import { testServers } from '../../test/support/server.ts';
import { tenancyOn } from '../../test/support/tenancy.ts';
import { member, type Tenant, tenant } from '../../test/support/tenants.ts';
import { type Db, inTransaction } from '../db.ts';
import { Refusal } from '../errors.ts';
import { enqueue, job, z } from '../queue/index.ts';

/** Jobs that do what their input says, and tell the test of it. */
function demoJobs() {
  const seen: { attempt: number; user: string | undefined; role: string | undefined }[] = [];
  let release = () => {};
  const begun = Promise.withResolvers<AbortSignal>();
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const jobs = [
    job({
      name: 'demo.add',
      input: z.object({ a: z.number(), b: z.number() }),
      work: async ({ db, input, attempt, progress }) => {
        seen.push({ attempt, user: db.$tenant.userId, role: db.$tenant.role });
        await progress(0.5, 'half');
        await db.contact.create({ data: { name: `Sum ${input.a + input.b}` } });
        return { sum: input.a + input.b, organization: db.$tenant.organizationId };
      },
    }),
    job({
      name: 'demo.fail',
      attempts: 3,
      input: z.object({ until: z.number() }),
      work: async ({ attempt, input }) => {
        if (attempt < input.until) throw new Error('password=secret');
        return attempt;
      },
    }),
    job({
      name: 'demo.refuse',
      input: z.object({}),
      work: async () => {
        throw new Refusal('missing', 'LEAD_MISSING', 'There is no such lead.', 'Choose another.');
      },
    }),
    job({
      name: 'demo.wait',
      input: z.object({}),
      work: async ({ signal }) => {
        begun.resolve(signal);
        await Promise.race([gate, new Promise((resolve) => signal.addEventListener('abort', resolve))]);
        if (signal.aborted) throw signal.reason;
      },
    }),
    job({
      name: 'demo.slow',
      attempts: 1,
      timeout: 20,
      input: z.object({}),
      work: () => new Promise(() => {}),
    }),
    job({ name: 'demo.large', input: z.object({}), work: async () => 'x'.repeat(70_000) }),
    job({ name: 'demo.odd', input: z.object({}), work: async () => 'a\0b\ud800' }),
  ];
  return { jobs, seen, begun: begun.promise, release };
}

for (const server of testServers()) {
  describe(`a worker on PostgreSQL ${server.version}`, () => {
    let db: TestDatabase;
    let one: Tenant;
    let as: Db;
    const { jobs, seen, begun } = demoJobs();

    beforeAll(async () => {
      db = await freshDatabase({ server });
      one = await tenant(db);
      as = tenancyOn(db).for({ organizationId: one.id, userId: one.owner, role: 'OWNER' });
      // Before any worker has started: the first one finds it.
      early = await enqueue(as, 'demo.add', { a: 1, b: 1 });
      await workerOn(db, { jobs });
    });
    let early: string;

    it('does what was enqueued before any worker had started', async () => {
      expect(await whenEnded(db, early)).toMatchObject({ status: 'SUCCEEDED', result: { sum: 2 } });
    });

    it('does a job for the organization and person who enqueued it, with the role they have', async () => {
      seen.length = 0;
      const id = await enqueue(as, 'demo.add', { a: 20, b: 3 });
      expect(await whenEnded(db, id)).toEqual({
        status: 'SUCCEEDED',
        attempt: 1,
        starts: 1,
        progress: '1.000',
        message: 'half',
        result: { sum: 23, organization: one.id },
        error: null,
      });
      expect(seen).toEqual([{ attempt: 1, user: one.owner, role: 'OWNER' }]);
      expect(await as.contact.count({ where: { name: 'Sum 23' } })).toBe(1);
    });

    it('never runs what was enqueued in a transaction that rolled back', async () => {
      let id = '';
      await expect(
        inTransaction(as, async (tx) => {
          id = await enqueue(tx, 'demo.add', { a: 600, b: 60 });
          throw new Error('undone');
        }),
      ).rejects.toThrow('undone');
      await whenEnded(db, await enqueue(as, 'demo.add', { a: 0, b: 0 }));
      const { rows } = await db.platform.query('SELECT FROM queue.runs WHERE id = $1', [id]);
      expect([rows.length, await as.contact.count({ where: { name: 'Sum 660' } })]).toEqual([0, 0]);
    });

    it('tries again what failed, and tells nobody what the error said', async () => {
      const run = await whenEnded(db, await enqueue(as, 'demo.fail', { until: 3 }));
      expect(run).toMatchObject({ status: 'SUCCEEDED', attempt: 3, result: 3 });
    });

    it('keeps as a dead letter what failed each time; it can be retried', async () => {
      const id = await enqueue(as, 'demo.fail', { until: 4 });
      const run = await whenEnded(db, id);
      expect(run).toMatchObject({ status: 'FAILED', attempt: 3 });
      expect(run.error).toMatch(/^Something unexpected went wrong/);
      const [retried] = await as.$queryRaw<{ status: string }[]>`SELECT app.retry_job(${id}::uuid) AS status`;
      expect(retried).toEqual({ status: 'QUEUED' });
      expect(await whenEnded(db, id)).toMatchObject({ status: 'FAILED', attempt: 3, starts: 6 });
    });

    it.each([
      ['a refusal that would be met again', 'demo.refuse', {}, /^There is no such lead\. Choose another\./],
      ['an input that the job does not take', 'demo.add', { a: 1 }, /^The input is not what .* b: /],
      ['a name that nobody declares', 'demo.nobody', {}, /^No job is called "demo\.nobody" here/],
      ['an attempt that takes too long', 'demo.slow', {}, /^It took longer than 0\.02 seconds/],
    ])('ends with %s', async (_, name, input, error) => {
      const run = await whenEnded(db, await enqueue(as, name, input));
      expect(run).toMatchObject({ status: 'FAILED', attempt: 1, error: expect.stringMatching(error) });
    });

    it('keeps no answer over 64 KiB, and takes out what PostgreSQL cannot keep', async () => {
      const large = await whenEnded(db, await enqueue(as, 'demo.large', {}));
      expect(large).toMatchObject({
        status: 'SUCCEEDED',
        result: null,
        message: expect.stringMatching(/64 KiB/),
      });
      expect((await whenEnded(db, await enqueue(as, 'demo.odd', {}))).result).toBe('ab\ufffd');
    });

    it('does nothing for a person who has left, nor for an organization that is archived', async () => {
      const leaver = await member(db, one.id);
      const theirs = tenancyOn(db).for({ organizationId: one.id, userId: leaver, role: 'MEMBER' });
      await db.platform.query('UPDATE organization_members SET left_at = now() WHERE user_id = $1', [leaver]);
      const left = await whenEnded(db, await enqueue(theirs, 'demo.add', { a: 1, b: 2 }));
      expect(left).toMatchObject({ status: 'CANCELLED', error: expect.stringMatching(/^The person/) });

      const two = await tenant(db);
      await db.platform.query('UPDATE organizations SET archived_at = now() WHERE id = $1', [two.id]);
      const gone = tenancyOn(db).for({ organizationId: two.id });
      const archived = await whenEnded(db, await enqueue(gone, 'demo.add', { a: 1, b: 2 }));
      expect(archived).toMatchObject({ status: 'CANCELLED', error: 'The organization is archived.' });
    });

    it('aborts the signal of a run that is cancelled, and keeps nothing of it', async () => {
      const id = await enqueue(as, 'demo.wait', {});
      const signal = await begun;
      const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      await as.$queryRaw`SELECT app.cancel_job(${id}::uuid)`;
      await aborted;
      expect(signal.reason).toMatchObject({ code: 'JOB_CANCELLED' });
      expect(await whenEnded(db, id)).toMatchObject({ status: 'CANCELLED', error: 'Cancelled by a person.' });
    });
  });
}
