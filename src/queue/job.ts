import { z } from 'zod';
import type { Db } from '../db.ts';

/** What a job's work is given. */
export interface JobCall<Input> {
  /** Bound to the tenant and person who enqueued it, restored from the payload; membership is checked anew. */
  readonly db: Db;
  readonly input: Input;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Says how far it is, 0 to 1, with a word; seen by the organization at once. Cheap: writes twice a second at most. */
  progress(done: number, message?: string): Promise<void>;
  /** Aborted when the worker stops or somebody cancels; end soon, the job is tried again or marked as cancelled. */
  readonly signal: AbortSignal;
}

/**
 * A kind of work for the queue. `work` may run more than once (retries, kill -9), so it is idempotent; its answer is kept
 * with the run, at most 64 KiB of JSON.
 */
export interface Job<Input> {
  /** `<module>.<verb>`, stable: payloads in the queue name it. */
  readonly name: string;
  readonly input: z.ZodType<Input>;
  /** Attempts before it is a dead letter; 8 unless told. The pause doubles from 2 seconds, an hour at most. */
  readonly attempts?: number;
  /** Milliseconds one attempt may take; 10 minutes unless told. */
  readonly timeout?: number;
  /** Repeats it for every organization. `timezone`: IANA name, or the organization's own from its settings. */
  readonly schedule?: { readonly cron: string; readonly timezone?: string | 'organization' };
  readonly work: (call: JobCall<Input>) => Promise<unknown>;
}

export type AnyJob = Job<never>;

/** Declares a kind of job. */
export function job<Input>(declared: Job<Input>): AnyJob {
  return declared as unknown as AnyJob;
}

export { z };
