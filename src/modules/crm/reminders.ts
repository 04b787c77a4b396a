import { type Db, inTransaction } from '../../db.ts';
import type { Appointment } from '../../generated/prisma/client.ts';
import { enqueue } from '../../queue/index.ts';
import { timeText } from './calendar.ts';
import { settingsOf } from './organization.ts';
import { keyOf, lockRow } from './rows.ts';

export const REMIND = 'crm.remind';

/** What a reminder was put into the queue for. */
export interface Reminder {
  readonly appointmentId: string;
  /** The start then, ISO 8601: an appointment that was moved since has reminders of its own. */
  readonly startTime: string;
  readonly minutesBefore: number;
}

/** Minutes before the start, from `settings.reminder_minutes` of the organization; an hour where it says nothing. */
export function reminderMinutes(settings: Readonly<Record<string, unknown>>): number[] {
  const given = settings.reminder_minutes;
  if (!Array.isArray(given)) return [60];
  const minutes = given.filter((m) => Number.isInteger(m) && m > 0 && m <= 40_320);
  return [...new Set(minutes as number[])].slice(0, 5);
}

/**
 * Puts the reminders of an appointment into the queue, in the transaction that writes it. What would lie in the past is
 * left out. The same start twice gives one run of each.
 */
export async function scheduleReminders(db: Db, appointment: Appointment, now = new Date()): Promise<number> {
  if (appointment.status !== 'SCHEDULED' && appointment.status !== 'CONFIRMED') return 0;
  const { raw } = await settingsOf(db);
  const start = new Date(appointment.startTime);
  const startTime = start.toISOString();
  let scheduled = 0;
  for (const minutesBefore of reminderMinutes(raw)) {
    const runAt = new Date(start.getTime() - minutesBefore * 60_000);
    if (runAt <= now) continue;
    const reminder: Reminder = { appointmentId: appointment.id, startTime, minutesBefore };
    await enqueue(db, REMIND, reminder, {
      runAt,
      dedupeKey: `${REMIND}:${appointment.id}:${startTime}:${minutesBefore}`,
    });
    scheduled += 1;
  }
  return scheduled;
}

export type Reminded = { readonly sent: boolean; readonly because?: 'gone' | 'moved' | 'over' | 'sent' };

/**
 * Reminds the assignee, as the appointment is now. One transaction: notification and entry are written together, so a
 * repetition finds the entry, and one at the same moment waits for it. What was cancelled, moved, deleted or has begun
 * reminds nobody.
 */
export function remind(
  db: Db,
  { appointmentId, startTime, minutesBefore }: Reminder,
  now = new Date(),
): Promise<Reminded> {
  return inTransaction(db, async (tx) => {
    if (!(await lockRow(tx, 'appointment', appointmentId))) return { sent: false, because: 'gone' };
    const appointment = await tx.appointment.findUniqueOrThrow({ where: keyOf(tx, appointmentId) });
    const { status, title, location, assignedToId } = appointment;
    if (appointment.startTime.toISOString() !== startTime) return { sent: false, because: 'moved' };
    if (status !== 'SCHEDULED' && status !== 'CONFIRMED') return { sent: false, because: 'over' };
    if (appointment.startTime <= now) return { sent: false, because: 'over' };
    const sent = appointment.remindersSent as { minutes_before?: number }[];
    if (sent.some((entry) => entry.minutes_before === minutesBefore)) return { sent: false, because: 'sent' };
    const { timezone } = await settingsOf(tx);
    const time = timeText({ start: appointment.startTime, end: appointment.endTime }, timezone);
    const message = location ? `${time}, ${location}` : time;
    const key = `${REMIND}:${appointmentId}:${startTime}:${minutesBefore}`;
    await tx.$queryRaw`SELECT app.notify(${assignedToId}::uuid, 'INFO', ${title}, ${message}, NULL, 'appointment',
      ${appointmentId}::uuid, NULL, ${key})::text`;
    await tx.appointment.update({
      where: keyOf(tx, appointmentId),
      data: {
        remindersSent: [
          ...sent,
          { channel: 'IN_APP', minutes_before: minutesBefore, sent_at: now.toISOString() },
        ],
      },
    });
    return { sent: true };
  });
}
