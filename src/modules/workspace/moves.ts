import { type Db, inTransaction } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { Task } from '../../generated/prisma/client.ts';
import { refreshProgress } from './progress.ts';
import { lockProjects, requireOpenProject } from './project-lock.ts';
import { isOpen } from './status.ts';
import { parentElsewhere } from './task-rules.ts';
import { depthOf, findTask, requireDepth, requireOpenParent, subtreeOf, type TreeTask } from './task-tree.ts';

export interface Move {
  readonly taskId: string;
  readonly projectId?: string | undefined;
  /** Null for the top level. Left out: as `before` or `after` have it, or as it is in the same project. */
  readonly parentTaskId?: string | null | undefined;
  /** The sibling that will come next. Without `before` and `after` the task becomes the last. */
  readonly before?: string | undefined;
  /** The sibling that will come right before. */
  readonly after?: string | undefined;
}

/**
 * Moves a task with everything below it: to another place, parent or project.
 *
 * Locks the projects it leaves and enters, in the order of their ids, and looks at the tree only then. So of two moves at
 * once that together would make a cycle the second is refused, and no move loses or doubles a place: siblings are
 * numbered anew, 0, 1, 2 …, without gaps. Renumbering does not touch `updatedAt`, or a move would make everybody's copy of
 * the siblings stale. Twice: the same place again. Half: one transaction.
 * @throws Refusal `TWO_NEIGHBOURS`, `TASK_UNKNOWN`, `PROJECT_UNKNOWN`, `PARENT_ELSEWHERE`, `NEIGHBOUR_ELSEWHERE`, `TASK_CYCLE`,
 *   `TASK_TOO_DEEP`, `PROJECT_CLOSED`, `PARENT_CLOSED`, `TASK_MOVED`
 */
export async function moveTask(db: Db, move: Move): Promise<Task> {
  if (move.before !== undefined && move.after !== undefined)
    throw fault(
      'invalid',
      'TWO_NEIGHBOURS',
      'before',
      'Give "before" or "after", not both.',
      'One suffices.',
    );
  return inTransaction(db, async (tx) => {
    const seen = await readMove(tx, move);
    const projects = await lockProjects(tx, [seen.task.projectId, seen.projectId]);
    const { task, parentId, projectId } = await readMove(tx, move);
    if (!projects.has(task.projectId) || !projects.has(projectId)) throw movedMeanwhile();

    const subtree = await subtreeOf(tx, task.id);
    const open = subtree.some((part) => isOpen(part.status));
    if (open && projectId !== task.projectId) requireOpenProject(projects.get(projectId)!);
    if (parentId) await requireParent(tx, parentId, projectId, task, subtree);

    const order = await siblings(tx, projectId, parentId, task.id);
    order.splice(placeIn(order, move, task.id), 0, task.id);
    await tx.$executeRaw`
      UPDATE tasks SET project_id = ${projectId}::uuid, updated_at = now(),
        parent_task_id = CASE WHEN id = ${task.id}::uuid THEN ${parentId}::uuid ELSE parent_task_id END
      WHERE id = ANY (${subtree.map((part) => part.id)}::uuid[])`;
    await renumber(tx, order);
    if (task.projectId !== projectId || task.parentTaskId !== parentId)
      await renumber(tx, await siblings(tx, task.projectId, task.parentTaskId));
    for (const id of [...projects.keys()].sort()) await refreshProgress(tx, id);
    return tx.task.findFirstOrThrow({ where: { id: task.id } });
  });
}

/** Task and destination as they are now; what the move leaves open follows from the neighbour, parent, or present place. */
async function readMove(db: Db, move: Move) {
  const task = await findTask(db, move.taskId);
  const neighbour = move.before ?? move.after;
  const beside = neighbour === undefined ? undefined : await findTask(db, neighbour);
  const parent = move.parentTaskId ? await findTask(db, move.parentTaskId) : undefined;
  const projectId = (
    move.projectId ??
    beside?.projectId ??
    parent?.projectId ??
    task.projectId
  ).toLowerCase();
  const stays = projectId === task.projectId ? task.parentTaskId : null;
  const parentId =
    move.parentTaskId === undefined ? (beside ? beside.parentTaskId : stays) : (parent?.id ?? null);
  return { task, projectId, parentId };
}

async function requireParent(
  db: Db,
  parentId: string,
  projectId: string,
  task: TreeTask,
  subtree: Awaited<ReturnType<typeof subtreeOf>>,
): Promise<void> {
  if (subtree.some((part) => part.id === parentId))
    throw fault(
      'conflict',
      'TASK_CYCLE',
      'parentTaskId',
      'A task cannot become a part of itself or of its own subtasks.',
      'Choose a parent outside of it.',
    );
  const parent = await findTask(db, parentId);
  if (parent.projectId !== projectId) throw parentElsewhere();
  if (isOpen(task.status) && parentId !== task.parentTaskId) requireOpenParent(parent);
  requireDepth((await depthOf(db, parentId)) + Math.max(...subtree.map((part) => part.depth)));
}

async function siblings(db: Db, projectId: string, parentTaskId: string | null, without?: string) {
  const rows = await db.task.findMany({
    where: { projectId, parentTaskId },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { id: true },
  });
  return rows.map((row) => row.id).filter((id) => id !== without);
}

function placeIn(order: readonly string[], { before, after }: Move, taskId: string): number {
  const neighbour = before ?? after;
  if (neighbour === undefined) return order.length;
  const place = order.indexOf(neighbour.toLowerCase());
  if (place >= 0) return before === undefined ? place + 1 : place;
  const itself = neighbour.toLowerCase() === taskId;
  throw fault(
    'invalid',
    'NEIGHBOUR_ELSEWHERE',
    before === undefined ? 'after' : 'before',
    itself ? 'A task cannot be its own neighbour.' : 'The neighbour is not where the task is moved to.',
    'Name a sibling at the destination, or leave out "projectId" and "parentTaskId".',
  );
}

async function renumber(db: Db, order: readonly string[]): Promise<void> {
  await db.$executeRaw`
    UPDATE tasks SET position = place.n - 1
    FROM unnest(${order}::uuid[]) WITH ORDINALITY AS place (id, n)
    WHERE tasks.id = place.id AND tasks.position <> place.n - 1`;
}

const movedMeanwhile = () =>
  new Refusal(
    'conflict',
    'TASK_MOVED',
    'Somebody moved the task, or what it was to be moved to, to another project at the same time.',
    'Load the board again and repeat the move if it still makes sense.',
  );

const fault = (kind: 'invalid' | 'conflict', code: string, field: string, message: string, hint: string) =>
  new Refusal(kind, code, message, hint, { fields: [{ field, code, message }] });
