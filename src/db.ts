import type { PrismaClient } from './generated/prisma/client.ts';
import type { BoundClient } from './tenancy/index.ts';

/**
 * The Prisma client of one tenant and person, or a transaction of it: what every domain function takes first. Whom it works
 * for is `db.$tenant`.
 */
export type Db = Omit<
  BoundClient<PrismaClient>,
  '$connect' | '$disconnect' | '$on' | '$use' | '$extends' | symbol
>;

export interface TransactionOptions {
  /** Milliseconds that the whole may take; 30,000 unless told. */
  readonly timeout?: number;
  readonly retries?: number;
}

/**
 * Runs `work` in one transaction; within another it is a part that can fail alone. A serialization failure or deadlock
 * begins it anew, so `work` does nothing outside the database.
 */
export function inTransaction<T>(
  db: Db,
  work: (tx: Db) => Promise<T>,
  { timeout = 30_000, retries }: TransactionOptions = {},
): Promise<T> {
  const options = { timeout, maxWait: 10_000, ...(retries === undefined ? {} : { retries }) };
  return db.$transaction((tx) => work(tx as unknown as Db), options);
}
