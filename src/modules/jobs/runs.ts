import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import { TenancyError } from '../../tenancy/index.ts';

export const RUN_STATUSES = ['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** One run of a job. */
export interface Run {
  readonly id: string;
  /** Who asked for it; null for what the system does. */
  readonly userId: string | null;
  readonly name: string;
  readonly status: RunStatus;
  /** 0 to 1 */
  readonly progress: number;
  readonly message: string | null;
  readonly error: string | null;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly runAt: Date;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** With what it was given and answered; null to those who neither asked for it nor are owner or admin. */
export interface WholeRun extends Run {
  readonly input: unknown;
  readonly result: unknown;
}

export interface RunFilter {
  readonly status?: RunStatus | undefined;
  readonly name?: string | undefined;
  /** Runs older than the one with this id. */
  readonly before?: string | undefined;
  /** 1 to 100 */
  readonly limit: number;
}

/** A page of the organization's runs, newest first. Reads only. */
export async function listRuns(db: Db, { status, name, before, limit }: RunFilter): Promise<Run[]> {
  const rows = await db.$queryRaw<Row[]>`SELECT * FROM app.my_jobs(
    ${status ?? null}::text, ${name ?? null}::text, ${before ?? null}::uuid, ${limit}::integer)`;
  return rows.map(runOf);
}

/** @throws Refusal `JOB_MISSING` */
export async function getRun(db: Db, id: string): Promise<WholeRun> {
  const [row] = await db.$queryRaw<(Row & { input: unknown; result: unknown })[]>`
    SELECT * FROM app.my_job(${id}::uuid)`;
  if (!row) throw missing();
  return { ...runOf(row), input: row.input, result: row.result };
}

/**
 * Puts a run that failed or was cancelled back into the queue, with all its attempts. Twice, or two at once, is once.
 * @throws Refusal `JOB_MISSING`, `JOB_SUCCEEDED`, `JOB_UNDER_WAY`
 */
export async function retryRun(db: Db, id: string): Promise<WholeRun> {
  const [row] = await db.$queryRaw<{ status: RunStatus | null }[]>`
    SELECT app.retry_job(${id}::uuid) AS status`.catch((error: unknown) => {
    if (!(error instanceof TenancyError) || error.code !== 'CONFLICT') throw error;
    throw new Refusal(
      'conflict',
      'JOB_UNDER_WAY',
      'The same work is queued or running already.',
      'Wait for that run, or cancel it first.',
      { cause: error },
    );
  });
  if (!row?.status) throw missing();
  if (row.status === 'SUCCEEDED')
    throw new Refusal('conflict', 'JOB_SUCCEEDED', 'This run has succeeded.', 'Start the work anew instead.');
  return getRun(db, id);
}

/**
 * Cancels a run that has not ended; one that runs is told to end, and nothing that it says afterwards is kept. Twice is once.
 * @throws Refusal `JOB_MISSING`, `JOB_ENDED`
 */
export async function cancelRun(db: Db, id: string): Promise<WholeRun> {
  const [row] = await db.$queryRaw<{ status: RunStatus | null }[]>`
    SELECT app.cancel_job(${id}::uuid) AS status`;
  if (!row?.status) throw missing();
  if (row.status !== 'CANCELLED')
    throw new Refusal('conflict', 'JOB_ENDED', 'This run has ended.', 'There is nothing left to cancel.');
  return getRun(db, id);
}

interface Row {
  readonly id: string;
  readonly user_id: string | null;
  readonly name: string;
  readonly status: RunStatus;
  readonly progress: { toString(): string };
  readonly message: string | null;
  readonly error: string | null;
  readonly attempt: number;
  readonly max_attempts: number;
  readonly run_at: Date;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
}

function runOf(row: Row): Run {
  return {
    id: row.id,
    userId: row.user_id,
    name: row.name,
    status: row.status,
    progress: Number(row.progress),
    message: row.message,
    error: row.error,
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    runAt: row.run_at,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

function missing(): Refusal {
  return new Refusal(
    'missing',
    'JOB_MISSING',
    'There is no such run here.',
    'GET /jobs lists those there are.',
  );
}
