import { join } from 'node:path';
import pino from 'pino';
import { LotlineError } from '../errors.ts';
import { PrismaClient } from '../generated/prisma/client.ts';
import { housekeeping, type JobLog, startWorker } from '../jobs/index.ts';
import { allJobs } from '../modules/index.ts';
import { openStorage } from '../storage/index.ts';
import { openTenancy, readGenerated } from '../tenancy/index.ts';
import { contextKeys } from '../tenancy/keyring/index.ts';
import { type ExitCode, runCommand } from './command.ts';
import { type Session, withSession } from './session.ts';
import { stopSignal } from './stop-signal.ts';

export interface WorkerRun {
  /** Jobs at a time. */
  readonly concurrency: number;
  readonly log: JobLog;
  /** The worker runs until it resolves. */
  readonly until: Promise<unknown>;
  readonly onReady?: () => void;
}

/**
 * Runs a worker on an open database until it is told to stop. Jobs that run then are given their time; see startWorker().
 * @throws LotlineError `GENERATED_MISSING` before `prisma generate`, and what startWorker() throws
 */
export async function work(
  { root, config, database }: Pick<Session, 'root' | 'config' | 'database'>,
  { concurrency, log, until, onReady }: WorkerRun,
): Promise<void> {
  const tenancy = openTenancy({
    client: (options) => new PrismaClient(options),
    boundary: readGenerated(root).boundary,
    url: database.urls.app,
    keys: await contextKeys(config, database),
    connections: concurrency * 2,
  });
  try {
    const storage = openStorage(config.storage);
    const worker = await startWorker({
      platformUrl: database.urls.platform,
      tenancy,
      platformJobs: housekeeping(storage),
      jobs: allJobs({ storage, spoolFolder: join(config.dataFolder, 'spool') }),
      concurrency,
      log,
    });
    onReady?.();
    await until;
    await worker.stop();
  } finally {
    await tenancy.close();
  }
}

function concurrencyOf(text: string | boolean | undefined): number {
  if (text === undefined) return 4;
  const number = /^\d{1,3}$/.test(String(text)) ? Number(text) : 0;
  if (number >= 1 && number <= 100) return number;
  throw new LotlineError(
    'USAGE',
    `"${text}" is not a number of jobs.`,
    'give a number from 1 to 100, for example --concurrency 8',
  );
}

if (import.meta.main) {
  await runCommand({
    name: 'worker',
    summary:
      'Does the jobs of the queue until Ctrl-C, beside the server and other workers. Prints one JSON object a line.',
    options: {
      concurrency: { type: 'string', value: 'jobs', help: 'jobs at a time, 1 to 100; 4 without it' },
    },
    exits: { 0: 'stopped by Ctrl-C or SIGTERM; what ran was ended or given back', 1: 'could not start' },
    run: (values) => {
      const concurrency = concurrencyOf(values.concurrency);
      return withSession<ExitCode>(true, async (session) => {
        const stop = stopSignal();
        const log = pino();
        try {
          await work(session, {
            concurrency,
            log,
            until: stop.received,
            onReady: () => log.info({ concurrency }, 'ready'),
          });
          return 0;
        } finally {
          stop.release();
        }
      });
    },
  });
}
