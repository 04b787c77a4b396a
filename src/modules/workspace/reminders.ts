import type { Db } from '../../db.ts';
import { asDate, dayIn, organizationZone } from './calendar.ts';
import { notify } from './notifications.ts';

/**
 * Reminds everybody of their open tasks that are due today or tomorrow, by the calendar of the organization. A task reminds
 * once for each person and due date, however often this runs, and again when it is given a new date. Stopped half way,
 * the next run goes on: each reminder is a write of its own.
 * @returns how many were reminded now
 */
export async function remindOfDueTasks(
  db: Db,
  { now = new Date(), signal }: { readonly now?: Date; readonly signal?: AbortSignal } = {},
): Promise<number> {
  const zone = await organizationZone(db);
  const [today, tomorrow] = [dayIn(zone, now), dayIn(zone, now, 1)];
  const due = await db.task.findMany({
    where: {
      assignedToId: { not: null },
      status: { in: ['TODO', 'IN_PROGRESS', 'REVIEW'] },
      dueDate: { gte: asDate(today), lte: asDate(tomorrow) },
      project: { archivedAt: null, status: { notIn: ['COMPLETED', 'CANCELLED'] } },
    },
    select: { id: true, title: true, dueDate: true, assignedToId: true },
    orderBy: { id: 'asc' },
  });
  let reminded = 0;
  for (const task of due) {
    signal?.throwIfAborted();
    const day = task.dueDate!.toISOString().slice(0, 10);
    const id = await notify(db, {
      to: task.assignedToId!,
      kind: 'WARNING',
      title: day === today ? 'A task is due today' : 'A task is due tomorrow',
      message: task.title,
      actionUrl: `/tasks/${task.id}`,
      entity: { type: 'task', id: task.id },
      payload: { due_date: day },
      dedupeKey: `task-due:${task.id}:${day}`,
    });
    if (id) reminded += 1;
  }
  return reminded;
}
