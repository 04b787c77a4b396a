import type { Db } from '../../db.ts';
import { lockProject } from './project-lock.ts';

/**
 * The progress of a project in percent: the share of its tasks that is done, by estimated hours. Cancelled tasks do not
 * count, nor do tasks whose subtasks count for them. A task without an estimate weighs as much as the average estimated
 * one. Rounded down, so that 100 means everything. Null without any task that counts.
 */
export async function progressOf(db: Db, projectId: string, without?: string): Promise<number | null> {
  const [row] = await db.$queryRaw<{ progress: number | null }[]>`
    WITH live AS (
      SELECT id, parent_task_id, status = 'DONE' AS done, estimated_hours FROM tasks
      WHERE project_id = ${projectId}::uuid AND status <> 'CANCELLED' AND id IS DISTINCT FROM ${without ?? null}::uuid
    ), leaf AS (
      SELECT done, estimated_hours FROM live
      WHERE NOT EXISTS (SELECT FROM live AS part WHERE part.parent_task_id = live.id)
    ), weighed AS (
      -- Estimates of zero hours everywhere leave nothing to weigh by.
      SELECT done, CASE WHEN (SELECT max(estimated_hours) FROM leaf) > 0
        THEN coalesce(estimated_hours, (SELECT avg(estimated_hours) FROM leaf)) ELSE 1 END AS weight
      FROM leaf
    )
    SELECT floor(100 * coalesce(sum(weight) FILTER (WHERE done), 0) / nullif(sum(weight), 0))::integer AS progress
    FROM weighed`;
  return row!.progress;
}

/**
 * Writes the progress that follows from the tasks, under the project's lock; the count comes after the lock, so that of
 * two writers at once the second counts what the first did. Twice gives the same.
 * @param without a task that is about to be deleted
 */
export async function refreshProgress(db: Db, projectId: string, without?: string): Promise<void> {
  const { status } = await lockProject(db, projectId);
  const progress = (await progressOf(db, projectId, without)) ?? (status === 'COMPLETED' ? 100 : 0);
  await db.$executeRaw`
    UPDATE projects SET progress_percentage = ${progress}::smallint, updated_at = now()
    WHERE id = ${projectId}::uuid AND progress_percentage <> ${progress}::smallint`;
}
