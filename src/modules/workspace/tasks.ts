import { type Db, inTransaction } from '../../db.ts';
import type { Prisma, Task } from '../../generated/prisma/client.ts';
import type { Priority, TaskStatus } from '../../generated/prisma/enums.ts';
import { taskRules } from './task-rules.ts';
import { taskUnknown } from './task-tree.ts';

export interface NewTask {
  readonly projectId: string;
  readonly parentTaskId?: string | null;
  readonly title: string;
  readonly description?: string | null;
  readonly status?: TaskStatus;
  readonly priority?: Priority;
  readonly assignedToId?: string | null;
  /** A calendar day, at midnight UTC. */
  readonly dueDate?: Date | null;
  /** Hours with two decimals. */
  readonly estimatedHours?: Prisma.Decimal | string | null;
  readonly tags?: string[];
}

/**
 * Makes a task, the last among its siblings, by the rules that the data API applies. Each call makes one; two at once get
 * two places.
 * @throws Refusal `PROJECT_UNKNOWN`, `PROJECT_CLOSED`, `TASK_UNKNOWN`, `PARENT_ELSEWHERE`, `PARENT_CLOSED`, `TASK_TOO_DEEP`,
 *   `NOT_A_MEMBER`
 */
export function createTask(db: Db, input: NewTask): Promise<Task> {
  return inTransaction(db, async (tx) => {
    const data = await taskRules.create!(tx, { ...input });
    const made = await tx.task.create({ data: data as Prisma.TaskUncheckedCreateInput });
    await taskRules.written!(tx, made as never, undefined);
    return made;
  });
}

/**
 * Changes fields of a task by the rules that the data API applies: its status, who does it. Twice changes nothing more.
 * @throws Refusal `TASK_UNKNOWN`, `STATUS_STEP`, `SUBTASKS_OPEN`, `PARENT_CLOSED`, `PROJECT_CLOSED`, `NOT_A_MEMBER`
 */
export function changeTask(
  db: Db,
  { taskId, ...changes }: { readonly taskId: string } & Partial<Omit<NewTask, 'projectId' | 'parentTaskId'>>,
): Promise<Task> {
  return inTransaction(db, async (tx) => {
    const before = await tx.task.findFirst({ where: { id: taskId } });
    if (!before) throw taskUnknown();
    const data = await taskRules.update!(tx, before as never, changes);
    const after = await tx.task.update({ where: keyOf(tx, taskId), data });
    await taskRules.written!(tx, after as never, before as never);
    return after;
  });
}

/**
 * Gives a task to a member, or to nobody, and tells them. Giving it again to the same person tells nothing.
 * @throws Refusal as {@link changeTask}
 */
export function assignTask(
  db: Db,
  { taskId, assignedToId }: { readonly taskId: string; readonly assignedToId: string | null },
): Promise<Task> {
  return changeTask(db, { taskId, assignedToId });
}

/**
 * Deletes a task that has no subtasks and closes the gap in the order. Twice: the second finds none.
 * @throws Refusal `TASK_UNKNOWN`, `TASK_HAS_SUBTASKS`
 */
export function deleteTask(db: Db, taskId: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = await tx.task.findFirst({ where: { id: taskId } });
    if (!before) throw taskUnknown();
    await taskRules.remove!(tx, before as never);
    await tx.task.delete({ where: keyOf(tx, taskId) });
  });
}

const keyOf = (db: Db, id: string) => ({
  organizationId_id: { organizationId: db.$tenant.organizationId, id },
});
