import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Db, inTransaction } from '../../src/db.ts';
import { enqueue, job, z } from '../../src/queue/index.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { whenEnded, workerOn } from '../support/jobs.ts';
import { root } from '../support/keys.ts';
import { tenancyOn } from '../support/tenancy.ts';
import { tenant } from '../support/tenants.ts';

/** A worker process, and its next line that matches. */
function spawnWorker(db: TestDatabase): { child: ChildProcess; said(line: string): Promise<void> } {
  const child = spawn(process.execPath, ['test/jobs/worker-process.ts', db.urls.platform, db.urls.app], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = new Set<string>();
  const reader = createInterface({ input: child.stdout! }).on('line', (line) => lines.add(line));
  const said = async (line: string) => {
    while (!lines.has(line)) {
      const ended = once(child, 'exit').then(() =>
        Promise.reject(new Error(`it ended before saying "${line}"`)),
      );
      await Promise.race([once(reader, 'line'), ended]);
    }
  };
  return { child, said };
}

const finishing = job({
  name: 'demo.work',
  input: z.object({ n: z.number() }),
  work: async ({ db, input }) => {
    await db.contact.create({ data: { name: `done ${input.n}` } });
  },
});

describe('a worker process', () => {
  let db: TestDatabase;
  let as: Db;

  beforeAll(async () => {
    db = await freshDatabase();
    const { id, owner } = await tenant(db);
    as = tenancyOn(db).for({ organizationId: id, userId: owner, role: 'OWNER' });
  });

  it('killed in the middle of jobs, has them finished by another, hours before graphile-worker would; nothing else runs', async () => {
    const { child, said } = spawnWorker(db);
    await said('ready');
    const ids = await Promise.all([1, 2, 3].map((n) => enqueue(as, 'demo.work', { n })));
    await Promise.all([1, 2, 3].map((n) => said(`begun ${n}`)));
    // Never committed, so never to be run.
    await inTransaction(as, async (tx) => {
      await enqueue(tx, 'demo.work', { n: 99 });
      throw new Error('undone');
    }).catch(() => {});
    const other = await workerOn(db, { jobs: [finishing] });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const runs = await Promise.all(ids.map((id) => whenEnded(db, id)));
    expect(runs.map((r) => [r.status, r.attempt])).toEqual(Array(3).fill(['SUCCEEDED', 2]));
    const done = await as.contact.findMany({
      where: { name: { startsWith: 'done' } },
      orderBy: { name: 'asc' },
    });
    expect(done.map((c) => c.name)).toEqual(['done 1', 'done 2', 'done 3']);
    const { rows } = await db.platform.query(
      "SELECT (SELECT count(*)::int FROM queue.runs) AS runs, (SELECT count(*)::int FROM queue.workers) AS workers, (SELECT count(*)::int FROM queue.runs WHERE status IN ('QUEUED', 'RUNNING')) AS open",
    );
    expect(rows).toEqual([{ runs: 3, workers: 1, open: 0 }]);
    await other.stop();
  });

  it('told to stop, gives back what it runs without counting the attempt', async () => {
    const { child, said } = spawnWorker(db);
    await said('ready');
    const id = await enqueue(as, 'demo.work', { n: 7 });
    await said('begun 7');
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    const { rows } = await db.platform.query('SELECT status, attempt, starts FROM queue.runs WHERE id = $1', [
      id,
    ]);
    expect([code, rows]).toEqual([0, [{ status: 'QUEUED', attempt: 0, starts: 1 }]]);
    const other = await workerOn(db, { jobs: [finishing] });
    expect(await whenEnded(db, id)).toMatchObject({ status: 'SUCCEEDED', attempt: 1, starts: 2 });
    await other.stop();
  });

  it('is marked as failed where it kills every worker, once the attempts are used up', async () => {
    const id = await enqueue(as, 'demo.work', { n: 8 });
    await db.platform.query(
      "UPDATE queue.runs SET status = 'RUNNING', worker = 'gone', attempt = 8, started_at = now() WHERE id = $1",
      [id],
    );
    const other = await workerOn(db, { jobs: [finishing] });
    expect(await whenEnded(db, id)).toMatchObject({
      status: 'FAILED',
      error: 'The worker that ran it ended in the middle.',
    });
    await other.stop();
  });
});
