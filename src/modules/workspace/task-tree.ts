import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { TaskStatus } from '../../generated/prisma/enums.ts';

/** Levels of a task tree: task, subtask, and one more. */
export const MAX_DEPTH = 3;

export interface TreeTask {
  readonly id: string;
  readonly projectId: string;
  readonly parentTaskId: string | null;
  readonly status: TaskStatus;
}

/** @throws Refusal `TASK_UNKNOWN` */
export async function findTask(db: Db, id: string): Promise<TreeTask> {
  const found = await db.task.findFirst({
    where: { id },
    select: { id: true, projectId: true, parentTaskId: true, status: true },
  });
  if (!found) throw taskUnknown();
  return found;
}

/** How deep a task lies: 1 for one without a parent. */
export async function depthOf(db: Db, id: string): Promise<number> {
  const [row] = await db.$queryRaw<{ depth: number }[]>`
    WITH RECURSIVE up AS (
      SELECT parent_task_id, 1 AS depth FROM tasks WHERE id = ${id}::uuid
      UNION ALL
      SELECT above.parent_task_id, up.depth + 1 FROM up JOIN tasks AS above ON above.id = up.parent_task_id
      WHERE up.depth < 100
    )
    SELECT max(depth) AS depth FROM up`;
  return row!.depth;
}

export interface SubtreeTask {
  readonly id: string;
  /** 1 for the task itself. */
  readonly depth: number;
  readonly status: TaskStatus;
}

/** A task and everything below it. */
export function subtreeOf(db: Db, id: string): Promise<SubtreeTask[]> {
  return db.$queryRaw`
    WITH RECURSIVE down AS (
      SELECT id, project_id, status, 1 AS depth FROM tasks WHERE id = ${id}::uuid
      UNION ALL
      SELECT part.id, part.project_id, part.status, down.depth + 1
      FROM down JOIN tasks AS part ON part.project_id = down.project_id AND part.parent_task_id = down.id
      WHERE down.depth < 100
    )
    SELECT id, depth, status::text AS status FROM down`;
}

/** @throws Refusal `TASK_TOO_DEEP` */
export function requireDepth(depth: number): void {
  if (depth <= MAX_DEPTH) return;
  throw new Refusal(
    'conflict',
    'TASK_TOO_DEEP',
    `Tasks have ${MAX_DEPTH} levels at most; this would be level ${depth}.`,
    'Choose a parent that is higher up.',
  );
}

/** An open task below one that is over would be forgotten. @throws Refusal `PARENT_CLOSED` */
export function requireOpenParent(parent: Pick<TreeTask, 'status'>): void {
  if (parent.status !== 'DONE' && parent.status !== 'CANCELLED') return;
  throw new Refusal(
    'conflict',
    'PARENT_CLOSED',
    `The parent task is ${parent.status} and takes no open subtasks.`,
    'Reopen the parent first.',
  );
}

export const taskUnknown = () =>
  new Refusal('missing', 'TASK_UNKNOWN', 'There is no such task.', 'Check its id; it may be deleted.');
