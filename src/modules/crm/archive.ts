import { type Db, inTransaction } from '../../db.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Plan } from '../../http/index.ts';
import { requireRoomFor } from './plan-room.ts';
import { keyOf, lockRow, missing } from './rows.ts';

export const ARCHIVED = ['lead', 'contact', 'customer', 'deal', 'listing'] as const;
export type ArchivedNoun = (typeof ARCHIVED)[number];

const READ = {
  lead: (db: Db, id: string) => db.lead.findUniqueOrThrow({ where: keyOf(db, id) }),
  contact: (db: Db, id: string) => db.contact.findUniqueOrThrow({ where: keyOf(db, id) }),
  customer: (db: Db, id: string) => db.customer.findUniqueOrThrow({ where: keyOf(db, id) }),
  deal: (db: Db, id: string) => db.deal.findUniqueOrThrow({ where: keyOf(db, id) }),
  listing: (db: Db, id: string) => db.listing.findUniqueOrThrow({ where: keyOf(db, id) }),
} satisfies Record<ArchivedNoun, unknown>;

/**
 * Puts a record into the archive, where it can only be read and counts towards no plan. Twice: the first day stays.
 * @throws Refusal `NOT_FOUND`
 */
export function archiveRecord(db: Db, noun: ArchivedNoun, id: string): Promise<unknown> {
  return inTransaction(db, async (tx) => {
    if (!(await lockRow(tx, noun, id))) throw missing(noun);
    await tx.$executeRaw(
      Prisma.sql`UPDATE ${Prisma.raw(`${noun}s`)} SET archived_at = now(), updated_at = now()
        WHERE id = ${id}::uuid AND archived_at IS NULL`,
    );
    return READ[noun](tx, id);
  });
}

/**
 * Takes a record out of the archive, if the plan has room for it. Twice: the second changes nothing. A contact that was
 * merged into another comes back without what went over.
 * @throws Refusal `NOT_FOUND`, `PLAN_LIMIT_REACHED`
 */
export function unarchiveRecord(db: Db, noun: ArchivedNoun, id: string, plan: Plan): Promise<unknown> {
  return inTransaction(db, async (tx) => {
    // The lock of the count comes before that of the row; whether it is needed shows when the row is locked.
    const before = await tx.$queryRaw<{ counts: boolean }[]>(
      Prisma.sql`SELECT archived_at IS NOT NULL AND ${countsAs(noun)} AS counts
        FROM ${Prisma.raw(`${noun}s`)} WHERE id = ${id}::uuid`,
    );
    if (!before[0]) throw missing(noun);
    if (before[0].counts) await requireRoomFor(tx, plan, noun === 'contact' ? 'contacts' : 'activeListings');
    if (!(await lockRow(tx, noun, id))) throw missing(noun);
    await tx.$executeRaw(
      Prisma.sql`UPDATE ${Prisma.raw(`${noun}s`)} SET archived_at = NULL, updated_at = now()
        WHERE id = ${id}::uuid AND archived_at IS NOT NULL`,
    );
    return READ[noun](tx, id);
  });
}

function countsAs(noun: ArchivedNoun): Prisma.Sql {
  if (noun === 'contact') return Prisma.sql`true`;
  return noun === 'listing' ? Prisma.sql`status = 'ACTIVE'` : Prisma.sql`false`;
}
