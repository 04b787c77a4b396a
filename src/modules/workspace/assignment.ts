import type { Db } from '../../db.ts';
import type { Values } from '../../http/index.ts';
import { notify } from './notifications.ts';

/**
 * Tells the assignee of a task, unless they gave it to themselves. The key names the write, so that a task which comes
 * back to somebody is told again and one write never twice.
 */
export async function notifyAssignee(db: Db, task: Values): Promise<void> {
  const to = String(task.assignedToId);
  if (to === db.$tenant.userId) return;
  await notify(db, {
    to,
    title: 'A task was assigned to you',
    message: String(task.title),
    actionUrl: `/tasks/${task.id}`,
    entity: { type: 'task', id: String(task.id) },
    dedupeKey: `task-assigned:${task.id}:${new Date(task.updatedAt as Date).getTime()}`,
  });
}
