import type { Db } from '../db.ts';

export interface EnqueueOptions {
  /** The same key twice gives one run while the first has not ended; unique in the organization. */
  readonly dedupeKey?: string;
  /** Not before this moment. */
  readonly runAt?: Date;
  /** Lower runs first; 0 unless told. */
  readonly priority?: number;
}

/**
 * Puts a job into the queue, in the transaction of `db`: it runs if and only if that commits. Organization and person are
 * taken from the signed context by the database, not from the caller.
 * @param name of a declared job
 * @param input what its schema takes
 * @returns the id of the run, as `/v1/orgs/{organization}/jobs/{id}` knows it
 */
export async function enqueue(
  db: Db,
  name: string,
  input: unknown,
  { dedupeKey, runAt, priority = 0 }: EnqueueOptions = {},
): Promise<string> {
  const [row] = await db.$queryRaw<{ id: string }[]>`
    SELECT app.enqueue_job(${name}, ${JSON.stringify(input)}::jsonb, ${dedupeKey ?? null}::text,
      ${runAt ?? null}::timestamptz, ${priority}::integer) AS id`;
  return row!.id;
}
