import { type Db, inTransaction } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import { type Contact, type Deal, type Lead, Prisma } from '../../generated/prisma/client.ts';
import type { Plan } from '../../http/index.ts';
import { record } from './chronicle.ts';
import { normalEmail, normalPhone, union } from './contact-data.ts';
import { PROBABILITY } from './deal-stages.ts';
import { requireAssignee } from './members.ts';
import { dayOf } from './organization.ts';
import { lockCount, requireRoomFor } from './plan-room.ts';
import { keyOf, lockRow, missing, requireLinkable, requireLive } from './rows.ts';

export interface ConversionInput {
  /** Of the deal; the lead's name unless told. */
  readonly title?: string | undefined;
  /** Decimal, as text; the lead's budget unless told. */
  readonly value?: string | undefined;
  /** The lead's unless told; only with a value. */
  readonly currency?: string | undefined;
  /** `YYYY-MM-DD` */
  readonly expectedCloseDate?: string | undefined;
  /** A contact to take, instead of the one with the lead's e-mail or a new one. */
  readonly contactId?: string | undefined;
  readonly listingId?: string | undefined;
  /** Of the deal; the lead's unless told. */
  readonly assignedToId?: string | undefined;
}

export interface Conversion {
  readonly lead: Lead;
  readonly contact: Contact;
  readonly deal: Deal;
  /** False where the lead was converted before and this is what came of it. */
  readonly created: boolean;
}

/**
 * Makes a contact and a deal of a lead. A live contact with the same e-mail is taken and only completed; otherwise one is
 * made, within the plan. The deal begins in QUALIFIED.
 *
 * Twice, or at once: the lead's row is locked, so there is one conversion, and the second answer is its result whatever
 * it asked for. Two leads with one e-mail at once: they wait for each other and share the contact. One transaction, so
 * there is no half.
 * @throws Refusal `NOT_FOUND`, `RECORD_ARCHIVED`, `LEAD_NOT_OPEN`, `LEAD_CONVERTED` (elsewhere, without a deal),
 *   `DEAL_VALUE_MISSING`, `PLAN_LIMIT_REACHED`, `ASSIGNEE_NOT_A_MEMBER`, `REFERENCE_MISSING`
 */
export function convertLead(db: Db, leadId: string, input: ConversionInput, plan: Plan): Promise<Conversion> {
  return inTransaction(db, async (tx) => {
    if (!(await lockRow(tx, 'lead', leadId))) throw missing('lead');
    const lead = await tx.lead.findUniqueOrThrow({ where: keyOf(tx, leadId) });
    if (lead.status === 'CONVERTED') return { ...(await convertedBefore(tx, lead)), created: false };
    requireLive('lead', lead);
    requireOpen(lead);
    const value = dealValue(lead, input);
    const currency = (input.value === undefined ? undefined : input.currency?.toUpperCase()) ?? lead.currency;
    if (input.assignedToId) await requireAssignee(tx, input.assignedToId);
    const contact = await contactFor(tx, lead, input.contactId, plan);
    if (input.listingId) await requireLinkable(tx, 'listing', input.listingId);
    const deal = await tx.deal.create({
      data: {
        title: input.title?.trim() || lead.name,
        value,
        currency,
        stage: 'QUALIFIED',
        probability: PROBABILITY.QUALIFIED,
        leadId,
        contactId: contact.id,
        listingId: input.listingId ?? null,
        tags: lead.tags,
        assignedToId: input.assignedToId ?? lead.assignedToId,
        ...(input.expectedCloseDate ? { expectedCloseDate: dayOf(input.expectedCloseDate) } : {}),
      },
    });
    const converted = await tx.lead.update({ where: keyOf(tx, leadId), data: { status: 'CONVERTED' } });
    await record(
      tx,
      { title: `Converted ${lead.name} to a deal`, leadId, contactId: contact.id, dealId: deal.id },
      { kind: 'conversion', stage: 'QUALIFIED', probability: PROBABILITY.QUALIFIED },
    );
    return { lead: converted, contact, deal, created: true };
  });
}

function requireOpen(lead: Lead): void {
  if (lead.status !== 'LOST' && lead.status !== 'UNQUALIFIED') return;
  throw new Refusal(
    'conflict',
    'LEAD_NOT_OPEN',
    `"${lead.name}" is ${lead.status} and cannot be converted.`,
    'Set its status to IN_CONTACT first, if it has come back.',
  );
}

function dealValue(lead: Lead, input: ConversionInput): Prisma.Decimal {
  if (input.value !== undefined) return new Prisma.Decimal(input.value);
  if (lead.budget !== null) return lead.budget;
  const message = 'The lead has no budget, so the deal needs a value.';
  throw new Refusal('invalid', 'DEAL_VALUE_MISSING', message, 'Give the value that the deal may have.', {
    fields: [{ field: 'value', code: 'DEAL_VALUE_MISSING', message }],
  });
}

async function convertedBefore(tx: Db, lead: Lead): Promise<Omit<Conversion, 'created'>> {
  const entry = await tx.activity.findFirst({
    where: { leadId: lead.id, type: 'NOTE', outcome: { startsWith: '{"crm":{"kind":"conversion"' } },
    orderBy: { createdAt: 'asc' },
    include: { deal: true },
  });
  // Imported leads have no entry, but may have a deal.
  const oldest = { createdAt: 'asc' } as const;
  const deal =
    entry?.deal ??
    (await tx.deal.findFirst({ where: { leadId: lead.id, contactId: { not: null } }, orderBy: oldest }));
  // The contact may have been merged since; the deal knows which it is now.
  const contact = deal?.contactId && (await tx.contact.findUnique({ where: keyOf(tx, deal.contactId) }));
  if (deal && contact) return { lead, contact, deal };
  throw new Refusal(
    'conflict',
    'LEAD_CONVERTED',
    `"${lead.name}" was converted elsewhere, and what came of it is not known here.`,
    'Look for its deal, or create one.',
  );
}

/** A contact with the lead's e-mail is completed, never overwritten, and stays as reachable as it was. */
async function contactFor(tx: Db, lead: Lead, contactId: string | undefined, plan: Plan): Promise<Contact> {
  const email = normalEmail(lead.email);
  await lockCount(tx, 'contacts');
  const found = contactId
    ? { id: contactId }
    : email === null
      ? null
      : await tx.contact.findFirst({
          where: { email, archivedAt: null },
          orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
          select: { id: true },
        });
  if (found) {
    await requireLinkable(tx, 'contact', found.id);
    const contact = await tx.contact.findUniqueOrThrow({ where: keyOf(tx, found.id) });
    return tx.contact.update({ where: keyOf(tx, found.id), data: completed(contact, lead) });
  }
  await requireRoomFor(tx, plan, 'contacts');
  return tx.contact.create({
    data: {
      name: lead.name,
      email,
      phone: normalPhone(lead.phone),
      company: lead.company,
      notes: lead.notes,
      tags: lead.tags,
      customFields: lead.customFields as Prisma.InputJsonObject,
      assignedToId: lead.assignedToId,
      lastContactAt: lead.lastContactAt,
    },
  });
}

function completed(contact: Contact, lead: Lead): Prisma.ContactUncheckedUpdateInput {
  const later = Math.max(contact.lastContactAt?.getTime() ?? 0, lead.lastContactAt?.getTime() ?? 0);
  return {
    email: contact.email ?? normalEmail(lead.email),
    phone: contact.phone ?? normalPhone(lead.phone),
    company: contact.company ?? lead.company,
    assignedToId: contact.assignedToId ?? lead.assignedToId,
    tags: union(contact.tags, lead.tags),
    lastContactAt: later === 0 ? null : new Date(later),
  };
}
