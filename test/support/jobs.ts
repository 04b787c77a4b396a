import pg from 'pg';
import { startWorker, type Worker, type WorkerOptions } from '../../src/jobs/index.ts';
import type { TestDatabase } from './database.ts';
import { tenancyOn } from './tenancy.ts';

export interface EndedRun {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  readonly attempt: number;
  readonly starts: number;
  readonly progress: string;
  readonly message: string | null;
  readonly result: unknown;
  readonly error: string | null;
}

/** Resolves when the run has ended, in whatever way. */
export async function whenEnded(db: TestDatabase, runId: string): Promise<EndedRun> {
  return when(db, 'queue:ended', async (client) => {
    const { rows } = await client.query(
      'SELECT status, attempt, starts, progress, message, result, error FROM queue.runs WHERE id = $1 AND finished_at IS NOT NULL',
      [runId],
    );
    return rows[0];
  });
}

/** Resolves with what `look` finds, which is asked again whenever the channel is told something. */
export async function when<T>(
  db: TestDatabase,
  channel: string,
  look: (client: pg.Client) => Promise<T | undefined>,
): Promise<T> {
  const client = new pg.Client(db.urls.platform);
  await client.connect();
  try {
    await client.query(`LISTEN "${channel}"`);
    for (;;) {
      const told = new Promise((resolve) => client.once('notification', resolve));
      const found = await look(client);
      if (found !== undefined) return found;
      await told;
    }
  } finally {
    await client.end();
  }
}

/** A worker in this process that looks often; stopped after the file's tests. */
export async function workerOn(
  db: TestDatabase,
  options: Pick<WorkerOptions, 'jobs'> & Partial<WorkerOptions>,
): Promise<Worker> {
  const worker = await startWorker({
    platformUrl: db.urls.platform,
    tenancy: tenancyOn(db),
    platformJobs: [],
    poll: 50,
    beat: 200,
    pause: () => 0,
    stopWithin: 200,
    abortWithin: 200,
    ...options,
  });
  db.beforeClose(() => worker.stop());
  return worker;
}
