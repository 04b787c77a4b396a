import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';

/** What refers to a record of each kind. */
const COUNTS = {
  lead: (db: Db, leadId: string) => [
    ['deal', db.deal.count({ where: { leadId } })],
    ['activity', db.activity.count({ where: { leadId } })],
    ['appointment', db.appointment.count({ where: { leadId } })],
  ],
  contact: (db: Db, contactId: string) => [
    ['deal', db.deal.count({ where: { contactId } })],
    ['activity', db.activity.count({ where: { contactId } })],
  ],
  customer: (db: Db, customerId: string) => [
    ['project', db.project.count({ where: { customerId } })],
    ['appointment', db.appointment.count({ where: { customerId } })],
  ],
  deal: (db: Db, dealId: string) => [
    ['activity', db.activity.count({ where: { dealId } })],
    ['appointment', db.appointment.count({ where: { dealId } })],
  ],
  listing: (db: Db, listingId: string) => [
    ['deal', db.deal.count({ where: { listingId } })],
    ['activity', db.activity.count({ where: { listingId } })],
    ['appointment', db.appointment.count({ where: { listingId } })],
  ],
} satisfies Record<string, (db: Db, id: string) => [string, Promise<number>][]>;

/**
 * What has a history is archived, not deleted. Somebody who adds to the record at the same moment is caught by the
 * foreign keys.
 * @throws Refusal `RECORD_IN_USE`, saying what refers to it
 */
export async function refuseIfUsed(db: Db, noun: keyof typeof COUNTS, id: string): Promise<void> {
  const used: string[] = [];
  for (const [what, count] of COUNTS[noun](db, id)) {
    const n = await count;
    if (n > 0) used.push(`${n.toLocaleString('en-US')} ${n === 1 ? what : `${what}s`.replace('ys', 'ies')}`);
  }
  if (used.length === 0) return;
  throw new Refusal(
    'conflict',
    'RECORD_IN_USE',
    `This ${noun} has ${used.join(' and ')}, so it cannot be deleted.`,
    `Archive it: POST /${noun}s/{id}/archive.`,
  );
}
