import { type Db, inTransaction } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { Activity } from '../../generated/prisma/client.ts';
import type { ActivityType } from '../../generated/prisma/enums.ts';
import type { ModelRules, Values } from '../../http/index.ts';
import { refuseRecorded } from './chronicle.ts';
import { mayScore, rescoreLead } from './lead-scoring.ts';
import { requireActor } from './members.ts';
import { keyOf, lockRow, missing, requireLinks } from './rows.ts';

/** Kinds that reach somebody: when completed they are the last contact, when planned they need leave to contact. */
const CONTACTS: ReadonlySet<ActivityType> = new Set(['CALL', 'EMAIL', 'MEETING', 'SHOWING']);
const OUTREACH: ReadonlySet<ActivityType> = new Set(['CALL', 'EMAIL', 'FOLLOW_UP']);
const ON = ['leadId', 'contactId', 'dealId', 'listingId'] as const;
const CLOCKS_DIFFER = 5 * 60_000;

/** An activity stands on the timeline of something, is signed by its author, and moves scores and last contacts. */
export const activityRules: ModelRules = {
  model: 'Activity',
  closed: { createdById: 'The author is the person who writes.' },
  create: async (db, values) => {
    requireSubject(values);
    refuseRecorded(values.outcome);
    requirePast(values.completedAt);
    await requireLinks(db, values);
    await requireLeave(db, values);
    return { ...values, createdById: requireActor(db) };
  },
  update: async (db, before, changes) => {
    refuseRecorded(before.outcome);
    refuseRecorded(changes.outcome);
    const after = { ...before, ...changes };
    requireSubject(after);
    requirePast(changes.completedAt);
    // The leads and the contact it was and is with are written below; they are locked before it.
    const leads = [before.leadId, changes.leadId].filter((id) => typeof id === 'string');
    for (const id of [...new Set(leads)].sort()) await lockRow(db, 'lead', id);
    if (typeof before.contactId === 'string') await lockRow(db, 'contact', before.contactId);
    await requireLinks(db, relinked(before, changes));
    if (['contactId', 'dealId', 'type', 'completedAt'].some((field) => field in changes))
      await requireLeave(db, after);
    return changes;
  },
  remove: async (db, before) => {
    refuseRecorded(before.outcome);
    if (before.leadId && (await mayScore(db)))
      await rescoreLead(db, before.leadId as string, before.id as string);
  },
  written: async (db, after, before) => {
    await touchContacts(db, after, before);
    const leads = new Set([after.leadId, before?.leadId].filter((id) => typeof id === 'string'));
    if (leads.size === 0 || !(await mayScore(db))) return;
    for (const id of [...leads].sort()) await rescoreLead(db, id);
  },
};

function relinked(before: Values, changes: Values): Values {
  return Object.fromEntries(
    ON.flatMap((f) => (changes[f] && changes[f] !== before[f] ? [[f, changes[f]]] : [])),
  );
}

function requireSubject(values: Values): void {
  if (ON.some((field) => values[field])) return;
  const message = 'An activity needs a lead, contact, deal or listing on whose timeline it stands.';
  throw new Refusal('invalid', 'SUBJECT_MISSING', message, `Give one of ${ON.join(', ')}.`, {
    fields: ON.map((field) => ({ field, code: 'SUBJECT_MISSING', message: 'one of these is needed' })),
  });
}

function requirePast(completedAt: unknown): void {
  if (!completedAt || new Date(completedAt as string).getTime() <= Date.now() + CLOCKS_DIFFER) return;
  const message = 'What is completed lies in the past.';
  throw new Refusal('invalid', 'COMPLETED_IN_FUTURE', message, 'Leave completedAt out until it is done.', {
    fields: [{ field: 'completedAt', code: 'COMPLETED_IN_FUTURE', message }],
  });
}

/** Who may not be contacted is not planned to be, nor by way of a deal; that they called, and what was said, may be written down. */
async function requireLeave(db: Db, { contactId, dealId, type, completedAt }: Values): Promise<void> {
  if (completedAt || !OUTREACH.has(type as ActivityType)) return;
  const subjects = [
    ...(typeof contactId === 'string' ? [{ id: contactId }] : []),
    ...(typeof dealId === 'string' ? [{ deals: { some: { id: dealId } } }] : []),
  ];
  if (subjects.length === 0) return;
  const contact = await db.contact.findFirst({
    where: { status: 'DO_NOT_CONTACT', OR: subjects },
    select: { name: true },
  });
  if (!contact) return;
  throw new Refusal(
    'conflict',
    'DO_NOT_CONTACT',
    `${contact.name} asked not to be contacted.`,
    'Write down what happened with completedAt, or change the status when they agree again.',
  );
}

/** The later of what was there and what was completed; so order and repetition do not matter. */
async function touchContacts(db: Db, after: Values, before: Values | undefined): Promise<void> {
  const same = before?.completedAt && Number(before.completedAt) === Number(after.completedAt);
  if (!after.completedAt || same || !CONTACTS.has(after.type as ActivityType)) return;
  const at = new Date(after.completedAt as string);
  if (after.leadId) {
    await db.$executeRaw`
      UPDATE leads SET last_contact_at = greatest(last_contact_at, ${at}::timestamptz), updated_at = now()
      WHERE id = ${after.leadId}::uuid AND archived_at IS NULL
        AND last_contact_at IS DISTINCT FROM greatest(last_contact_at, ${at}::timestamptz)`;
  }
  if (after.contactId) {
    await db.$executeRaw`
      UPDATE contacts SET last_contact_at = greatest(last_contact_at, ${at}::timestamptz), updated_at = now()
      WHERE id = ${after.contactId}::uuid AND archived_at IS NULL
        AND last_contact_at IS DISTINCT FROM greatest(last_contact_at, ${at}::timestamptz)`;
  }
}

export interface Completion {
  readonly outcome?: string | undefined;
  readonly durationMinutes?: number | undefined;
  /** Now unless told. */
  readonly completedAt?: Date | undefined;
}

/**
 * Says that an activity was done, with what follows for last contact and score. Twice, or at once: the first counts, the
 * second changes nothing.
 * @throws Refusal `NOT_FOUND`, `ACTIVITY_RECORDED`, `COMPLETED_IN_FUTURE`
 */
export function completeActivity(db: Db, activityId: string, input: Completion = {}): Promise<Activity> {
  return inTransaction(db, async (tx) => {
    const read = await tx.activity.findUnique({
      where: keyOf(tx, activityId),
      select: { leadId: true, contactId: true },
    });
    if (!read) throw missing('activity');
    if (read.leadId) await lockRow(tx, 'lead', read.leadId);
    if (read.contactId) await lockRow(tx, 'contact', read.contactId);
    if (!(await lockRow(tx, 'activity', activityId))) throw missing('activity');
    const before = await tx.activity.findUniqueOrThrow({ where: keyOf(tx, activityId) });
    if (before.completedAt) return before;
    refuseRecorded(before.outcome);
    refuseRecorded(input.outcome);
    const completedAt = input.completedAt ?? new Date();
    requirePast(completedAt);
    const { outcome, durationMinutes } = input;
    const after = await tx.activity.update({
      where: keyOf(tx, activityId),
      data: {
        completedAt,
        ...(outcome === undefined ? {} : { outcome }),
        ...(durationMinutes === undefined ? {} : { durationMinutes }),
      },
    });
    await activityRules.written!(tx, after, before);
    return after;
  });
}
