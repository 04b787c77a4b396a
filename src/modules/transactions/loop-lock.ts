import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { LoopStatus, TransactionLoop } from '../../generated/prisma/client.ts';

/** The key of a record of the tenant, as Prisma's unique filters want it. */
export function keyOf(db: Db, id: string) {
  return { organizationId_id: { organizationId: db.$tenant.organizationId, id } };
}

export function missing(what: string): Refusal {
  return new Refusal(
    'missing',
    'NOT_FOUND',
    `There is no such ${what} here.`,
    'It may be deleted, or its id mistyped.',
  );
}

/** The person who acts. @throws Refusal `PERSON_NEEDED` where the system acts for nobody */
export function actor(db: Db): string {
  if (db.$tenant.userId) return db.$tenant.userId;
  throw new Refusal('forbidden', 'PERSON_NEEDED', 'This is done by a person.', 'Sign in, or use a key.');
}

/**
 * Locks a transaction against every other write of this module until the database transaction ends. All of them take
 * this lock before anything else and no second one, so they cannot deadlock; two at once follow one another, and the later
 * sees what the earlier has written. References to the loop (FOR KEY SHARE) do not wait.
 * @throws Refusal `NOT_FOUND`
 */
export async function lockLoop(db: Db, loopId: string): Promise<TransactionLoop> {
  await db.$queryRaw`SELECT id FROM transaction_loops WHERE id = ${loopId}::uuid FOR NO KEY UPDATE`;
  const loop = await db.transactionLoop.findFirst({ where: { id: loopId } });
  if (!loop) throw missing('transaction');
  return loop;
}

/**
 * A record of a transaction, read after its transaction was locked.
 * @param what in the user's words, for the refusal
 * @param find reads the record; called before the lock, to learn the transaction, and after it
 * @throws Refusal `NOT_FOUND`
 */
export async function lockedWithLoop<T extends { loopId: string }>(
  db: Db,
  what: string,
  find: () => Promise<T | null>,
): Promise<{ loop: TransactionLoop; record: T }> {
  const seen = await find();
  if (!seen) throw missing(what);
  const loop = await lockLoop(db, seen.loopId);
  const record = await find();
  if (!record) throw missing(what);
  return { loop, record };
}

const ENDED: readonly LoopStatus[] = ['CLOSED', 'CANCELLED', 'ARCHIVED'];

/**
 * Refuses work on a transaction that has ended.
 * @param afterClosing true for what still arrives after the closing, such as the recorded deed
 * @throws Refusal `LOOP_ENDED`
 */
export function requireOpen(loop: TransactionLoop, { afterClosing = false } = {}): void {
  if (!ENDED.includes(loop.status) || (afterClosing && loop.status === 'CLOSED')) return;
  throw new Refusal(
    'conflict',
    'LOOP_ENDED',
    `The transaction "${loop.propertyAddress}" is ${loop.status}.`,
    loop.status === 'CANCELLED' ? 'Make it ACTIVE again first.' : 'Work on a transaction that is open.',
  );
}
