import { type Db, inTransaction } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { Contact, Prisma } from '../../generated/prisma/client.ts';
import { record, recordedIn } from './chronicle.ts';
import { union } from './contact-data.ts';
import { keyOf, missing, requireLive } from './rows.ts';

/** Fields that the surviving contact takes over where it has none. */
const FILLED = [
  'email',
  'phone',
  'company',
  'position',
  'linkedinUrl',
  'twitterUrl',
  'preferredContactMethod',
  'assignedToId',
] as const;

export interface Merged {
  readonly contact: Contact;
  /** How many of each went over; nothing when the two were merged before. */
  readonly moved: { readonly deals: number; readonly activities: number };
}

/**
 * Makes one contact of two: deals and activities go over to `into`, tags and custom fields are united, what is empty is
 * filled, notes are kept one after the other. Where one may not be contacted, the result may not. `from` is archived, and
 * the merge is an entry on the timeline.
 *
 * Twice: the second finds `from` merged already and changes nothing. At once, also crosswise: both lock the two rows in
 * the order of their ids, and the second is refused, since its contact is archived then.
 * @throws Refusal `NOT_FOUND`, `RECORD_ARCHIVED`, `CONTACT_SAME`
 */
export async function mergeContacts(db: Db, into: string, from: string): Promise<Merged> {
  if (into.toLowerCase() === from.toLowerCase()) {
    const message = 'A contact cannot be merged with itself.';
    throw new Refusal('invalid', 'CONTACT_SAME', message, 'Name two contacts.', {
      fields: [{ field: 'from', code: 'CONTACT_SAME', message }],
    });
  }
  return inTransaction(db, async (tx) => {
    await tx.$queryRaw`SELECT id FROM contacts WHERE id IN (${into}::uuid, ${from}::uuid)
      ORDER BY id FOR NO KEY UPDATE`;
    const kept = await tx.contact.findUnique({ where: keyOf(tx, into) });
    const other = await tx.contact.findUnique({ where: keyOf(tx, from) });
    if (!kept || !other) throw missing('contact');
    requireLive('contact', kept);
    if (other.archivedAt && (await mergedBefore(tx, into, from))) {
      return { contact: kept, moved: { deals: 0, activities: 0 } };
    }
    requireLive('contact', other);
    const deals = await tx.deal.updateMany({ where: { contactId: from }, data: { contactId: into } });
    const activities = await tx.activity.updateMany({
      where: { contactId: from },
      data: { contactId: into },
    });
    const contact = await tx.contact.update({ where: keyOf(tx, into), data: united(kept, other) });
    await tx.contact.update({ where: keyOf(tx, from), data: { archivedAt: new Date() } });
    await record(
      tx,
      { title: `Merged with ${other.name}`, contactId: into },
      { kind: 'merge', contact: other.id },
    );
    return { contact, moved: { deals: deals.count, activities: activities.count } };
  });
}

async function mergedBefore(db: Db, into: string, from: string): Promise<boolean> {
  const entries = await db.activity.findMany({
    where: { contactId: into, type: 'NOTE', outcome: { startsWith: '{"crm":' } },
    select: { outcome: true },
  });
  return entries.some(({ outcome }) => {
    const recorded = recordedIn(outcome);
    return recorded?.kind === 'merge' && recorded.contact === from.toLowerCase();
  });
}

/** What the surviving contact has afterwards. */
export function united(kept: Contact, other: Contact): Prisma.ContactUncheckedUpdateInput {
  const filled = Object.fromEntries(FILLED.flatMap((f) => (kept[f] || !other[f] ? [] : [[f, other[f]]])));
  const notes = [kept.notes, other.notes].filter((n) => n?.trim()).join('\n\n');
  const later = Math.max(kept.lastContactAt?.getTime() ?? 0, other.lastContactAt?.getTime() ?? 0);
  return {
    ...filled,
    tags: union(kept.tags, other.tags),
    customFields: {
      ...(other.customFields as object),
      ...(kept.customFields as object),
    } as Prisma.InputJsonObject,
    notes: notes || null,
    lastContactAt: later === 0 ? null : new Date(later),
    ...(other.status === 'DO_NOT_CONTACT' ? { status: other.status } : {}),
  };
}
