import type { Db } from '../db.ts';
import type { AnyJob } from '../queue/index.ts';
import type { Tenant } from '../tenancy/index.ts';
import type { PlatformJob } from './platform-job.ts';

/** Where the worker tells what it does; pino's logger is one. Fields hold ids and names, never input. */
export interface JobLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface WorkerOptions {
  /** Logs in as lotline_platform, past any pooler: the worker listens and holds a session lock. */
  readonly platformUrl: string;
  /** The tenants' clients, as the application role; the worker does not close it. */
  readonly tenancy: { for(tenant: Tenant): Db };
  readonly jobs: readonly AnyJob[];
  /** Work of the platform itself; the housekeeping of the server unless told. */
  readonly platformJobs?: readonly PlatformJob[];
  /** Jobs at a time; 4 unless told. */
  readonly concurrency?: number;
  readonly log?: JobLog;
  /** Milliseconds that running jobs are given when the worker stops; 20,000 unless told. */
  readonly stopWithin?: number;
  /** Milliseconds that an attempt is given after its time is over or its run was cancelled; 5,000 unless told. */
  readonly abortWithin?: number;
  /** Milliseconds between looks for workers that have gone and for schedules that are due; 5,000 unless told. */
  readonly beat?: number;
  /** Milliseconds between looks for runs whose time has come; 2,000 unless told. New runs are told at once. */
  readonly poll?: number;
  /** Milliseconds before the next attempt, by the attempt that failed; 2 s doubling to an hour unless told. */
  readonly pause?: (attempt: number) => number;
}

/** The options with nothing left open. */
export type Settings = Required<WorkerOptions>;

/** 2 seconds after the first attempt, doubling, an hour at most. */
export function doublingPause(attempt: number): number {
  return Math.min(3_600_000, 2_000 * 2 ** Math.min(attempt - 1, 20));
}

const silent: JobLog = { info() {}, warn() {}, error() {} };

export const DEFAULTS = {
  concurrency: 4,
  log: silent,
  stopWithin: 20_000,
  abortWithin: 5_000,
  beat: 5_000,
  poll: 2_000,
  pause: doublingPause,
} as const;
