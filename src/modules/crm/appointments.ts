import { type Db, inTransaction } from '../../db.ts';
import type { Appointment, Prisma } from '../../generated/prisma/client.ts';
import type { AppointmentStatus } from '../../generated/prisma/enums.ts';
import type { ModelRules, Values } from '../../http/index.ts';
import { type Interval, requireFree, requireSpan } from './calendar.ts';
import { requireAssignee } from './members.ts';
import { APPOINTMENT_MOVES, requireMove } from './moves.ts';
import { scheduleReminders } from './reminders.ts';
import { keyOf, lockRow, missing, requireLinks } from './rows.ts';

const LINKS = ['customerId', 'leadId', 'dealId', 'listingId'] as const;
const FREES: ReadonlySet<unknown> = new Set(['CANCELLED', 'NO_SHOW']);

/** A member is in one place at a time, and is reminded; see {@link bookAppointment} for the exception. */
export const appointmentRules: ModelRules = {
  model: 'Appointment',
  closed: { remindersSent: 'The reminders write down what they sent.' },
  create: (db, values) => arranged(db, values, false),
  update: (db, before, changes) => rearranged(db, before, changes, false),
  written: async (db, after, before) => {
    const same =
      before && Number(new Date(before.startTime as Date)) === Number(new Date(after.startTime as Date));
    if (!same || revived(before, after)) await scheduleReminders(db, after as unknown as Appointment);
  },
};

const revived = (before: Values | undefined, after: Values) =>
  before !== undefined && FREES.has(before.status) && !FREES.has(after.status);

const spanOf = (values: Values): Interval => ({
  start: new Date(values.startTime as string),
  end: new Date(values.endTime as string),
});

/** Checks a new appointment; holds the assignee's calendar until the transaction ends. */
async function arranged(db: Db, values: Values, allowOverlap: boolean): Promise<Values> {
  const span = spanOf(values);
  requireSpan(span);
  await requireAssignee(db, values.assignedToId);
  await requireLinks(db, values);
  if (!allowOverlap && !FREES.has(values.status)) await requireFree(db, values.assignedToId as string, span);
  return values;
}

/** Checks a change. The time is looked at again where it, the assignee, or what frees it changes. */
async function rearranged(db: Db, before: Values, changes: Values, allowOverlap: boolean): Promise<Values> {
  const id = before.id as string;
  await requireLinks(
    db,
    Object.fromEntries(
      LINKS.flatMap((f) => (changes[f] && changes[f] !== before[f] ? [[f, changes[f]]] : [])),
    ),
  );
  if (!(await lockRow(db, 'appointment', id))) throw missing('appointment');
  const now = await db.appointment.findUniqueOrThrow({ where: keyOf(db, id) });
  const after: Values = { ...now, ...changes };
  const span = spanOf(after);
  requireMove('appointment', APPOINTMENT_MOVES, now.status, after.status as AppointmentStatus);
  requireSpan(span);
  if (after.assignedToId !== now.assignedToId) await requireAssignee(db, after.assignedToId);
  const moved = Number(span.start) !== Number(now.startTime) || Number(span.end) !== Number(now.endTime);
  const taken = moved || after.assignedToId !== now.assignedToId || revived({ status: now.status }, after);
  if (taken && !allowOverlap && !FREES.has(after.status)) {
    await requireFree(db, after.assignedToId as string, span, id);
  }
  return Number(span.start) === Number(now.startTime) ? changes : { ...changes, remindersSent: [] };
}

type Fields = Omit<Prisma.AppointmentUncheckedCreateInput, 'id' | 'organizationId' | 'remindersSent'>;

/** The fields of an appointment, and whether it may lie beside another of its assignee. */
export type Booking = { readonly [F in keyof Fields]: Fields[F] | undefined } & {
  readonly allowOverlap?: boolean | undefined;
};

/**
 * Puts an appointment into a member's calendar and its reminders into the queue. Twice: the second finds the time taken.
 * At once: the second waits for the first, then is refused. One transaction.
 * @throws Refusal `APPOINTMENT_OVERLAP` unless `allowOverlap`, `TIME_ORDER`, `APPOINTMENT_TOO_LONG`,
 *   `ASSIGNEE_NOT_A_MEMBER`, `REFERENCE_MISSING`, `RECORD_ARCHIVED`
 */
export function bookAppointment(db: Db, { allowOverlap = false, ...values }: Booking): Promise<Appointment> {
  return inTransaction(db, async (tx) => {
    await arranged(tx, values as Values, allowOverlap);
    const appointment = await tx.appointment.create({
      data: values as Prisma.AppointmentUncheckedCreateInput,
    });
    await scheduleReminders(tx, appointment);
    return appointment;
  });
}

export interface Rearrangement {
  readonly startTime?: Date | undefined;
  readonly endTime?: Date | undefined;
  readonly assignedToId?: string | undefined;
  readonly allowOverlap?: boolean | undefined;
}

/**
 * Moves an appointment to another time or member. With a start alone it keeps its length. It is reminded of anew. Twice:
 * the second changes nothing. Concurrency and refusals as {@link bookAppointment}.
 * @throws Refusal also `NOT_FOUND`
 */
export function moveAppointment(db: Db, appointmentId: string, move: Rearrangement): Promise<Appointment> {
  return inTransaction(db, async (tx) => {
    if (!(await lockRow(tx, 'appointment', appointmentId))) throw missing('appointment');
    const before = await tx.appointment.findUniqueOrThrow({ where: keyOf(tx, appointmentId) });
    const startTime = move.startTime ?? before.startTime;
    const length = before.endTime.getTime() - before.startTime.getTime();
    const endTime = move.endTime ?? new Date(startTime.getTime() + length);
    const assignedToId = move.assignedToId ?? before.assignedToId;
    const wanted = { startTime, endTime, assignedToId };
    const changes = await rearranged(tx, { ...before }, wanted, move.allowOverlap ?? false);
    const after = await tx.appointment.update({ where: keyOf(tx, appointmentId), data: changes });
    await appointmentRules.written!(tx, { ...after }, { ...before });
    return after;
  });
}
