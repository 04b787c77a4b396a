import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { TaskStatus } from '../../generated/prisma/enums.ts';
import type { ModelRules, Values } from '../../http/index.ts';
import { notifyAssignee } from './assignment.ts';
import { actingPerson, requireLiveMember } from './people.ts';
import { refreshProgress } from './progress.ts';
import { lockProject, requireOpenProject } from './project-lock.ts';
import { isOpen, TASK_STEPS } from './status.ts';
import { depthOf, findTask, requireDepth, requireOpenParent, subtreeOf } from './task-tree.ts';
import { requireStep } from './transitions.ts';

/** A new task is the last among its siblings. Two at once get two places: they wait for the lock of the project. */
async function taskValues(db: Db, values: Values): Promise<Values> {
  const project = await lockProject(db, values.projectId);
  const status = (values.status ?? 'TODO') as TaskStatus;
  if (isOpen(status)) requireOpenProject(project);
  if (values.parentTaskId) {
    const parent = await findTask(db, String(values.parentTaskId));
    if (parent.projectId !== project.id) throw parentElsewhere();
    if (isOpen(status)) requireOpenParent(parent);
    requireDepth((await depthOf(db, parent.id)) + 1);
  }
  if (values.assignedToId) await requireLiveMember(db, values.assignedToId, 'assignedToId');
  const last = await db.task.findFirst({
    where: { projectId: project.id, parentTaskId: (values.parentTaskId as string | null) ?? null },
    orderBy: { position: 'desc' },
    select: { position: true },
  });
  return { ...values, createdById: actingPerson(db), position: (last?.position ?? -1) + 1 };
}

async function taskChanges(db: Db, before: Values, changes: Values): Promise<Values> {
  for (const field of ['projectId', 'parentTaskId'] as const)
    if (changes[field] !== undefined && changes[field] !== before[field]) throw moveNeeded(field);
  if (changes.assignedToId && changes.assignedToId !== before.assignedToId)
    await requireLiveMember(db, changes.assignedToId, 'assignedToId');
  if (changes.status !== undefined) await changeStatus(db, String(before.id), changes.status as TaskStatus);
  return changes;
}

/** What a new status needs and brings, judged by the state under the project's lock. */
async function changeStatus(db: Db, id: string, status: TaskStatus): Promise<void> {
  const project = await lockProject(db, (await findTask(db, id)).projectId);
  const task = await findTask(db, id);
  requireStep('task', TASK_STEPS, task.status, status);
  if (task.status === status) return;
  if (isOpen(status)) {
    if (isOpen(task.status)) return;
    requireOpenProject(project);
    if (task.parentTaskId) requireOpenParent(await findTask(db, task.parentTaskId));
    return;
  }
  const open = (await subtreeOf(db, id)).filter((part) => part.id !== id && isOpen(part.status));
  if (open.length === 0) return;
  if (status === 'DONE') throw subtasksOpen(open.length);
  await db.task.updateMany({
    where: { id: { in: open.map((part) => part.id) } },
    data: { status: 'CANCELLED' },
  });
}

async function taskWritten(db: Db, after: Values, before: Values | undefined): Promise<void> {
  const counts = (['status', 'estimatedHours'] as const).some(
    (field) => String(after[field]) !== String(before?.[field]),
  );
  if (!before || counts) await refreshProgress(db, String(after.projectId));
  if (after.assignedToId && after.assignedToId !== before?.assignedToId) await notifyAssignee(db, after);
}

/** The database would delete subtasks along with it, and nothing would say which they were. */
async function removeTask(db: Db, before: Values): Promise<void> {
  const id = String(before.id);
  const { projectId } = await findTask(db, id);
  await lockProject(db, projectId);
  const subtasks = await db.task.count({ where: { projectId, parentTaskId: id } });
  if (subtasks > 0)
    throw new Refusal(
      'conflict',
      'TASK_HAS_SUBTASKS',
      `The task has ${subtasks} ${subtasks === 1 ? 'subtask' : 'subtasks'}.`,
      'Cancel the task instead, or move or delete its subtasks first.',
    );
  await db.$executeRaw`
    UPDATE tasks AS sibling SET position = sibling.position - 1 FROM tasks AS gone
    WHERE gone.id = ${id}::uuid AND sibling.project_id = gone.project_id AND sibling.position > gone.position
      AND sibling.parent_task_id IS NOT DISTINCT FROM gone.parent_task_id`;
  await refreshProgress(db, projectId, id);
}

function moveNeeded(field: string): Refusal {
  const message = 'A task changes its place with POST /tasks/{taskId}/move.';
  return new Refusal('invalid', 'MOVE_NEEDED', message, 'It takes the subtasks along and keeps the order.', {
    fields: [{ field, code: 'MOVE_NEEDED', message }],
  });
}

export function parentElsewhere(): Refusal {
  const message = 'The parent task is in another project.';
  return new Refusal('invalid', 'PARENT_ELSEWHERE', message, 'Choose a parent in the same project.', {
    fields: [{ field: 'parentTaskId', code: 'PARENT_ELSEWHERE', message }],
  });
}

const subtasksOpen = (open: number) =>
  new Refusal(
    'conflict',
    'SUBTASKS_OPEN',
    `The task has ${open} open ${open === 1 ? 'subtask' : 'subtasks'}.`,
    'Finish or cancel them first.',
  );

export const taskRules: ModelRules = {
  model: 'Task',
  closed: {
    createdById: 'It is the person who makes the task.',
    position: 'Use POST /tasks/{taskId}/move with "before" or "after"; a new task is the last.',
  },
  sequential: true, // The place of each follows from the one before it.
  create: taskValues,
  update: taskChanges,
  remove: removeTask,
  written: taskWritten,
};
