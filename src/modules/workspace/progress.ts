import type { Db } from '../../db.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { lockProject } from './project-lock.ts';

/**
 * The progress of a project in percent: the share of its tasks that is done, by estimated hours. Cancelled tasks do not
 * count, nor do tasks whose subtasks count for them. A task without an estimate weighs as much as the average estimated
 * one. Rounded down, so that 100 means everything. Null without any task that counts.
 */
export async function progressOf(db: Db, projectId: string): Promise<number | null> {
  const [row] = await db.$queryRaw<{ progress: number | null }[]>`SELECT (${share(projectId)}) AS progress`;
  return row!.progress;
}

/**
 * Writes the progress that follows from the tasks, under the project's lock; the count comes after the lock, so that of
 * two writers at once the second counts what the first did. Twice gives the same.
 * @param without a task that is about to be deleted
 */
export async function refreshProgress(db: Db, projectId: string, without?: string): Promise<void> {
  await lockProject(db, projectId);
  await db.$executeRaw`
    WITH counted AS MATERIALIZED (SELECT (${share(projectId, without)}) AS progress)
    UPDATE projects SET progress_percentage = now.progress, updated_at = now()
    FROM (
      SELECT id, coalesce(counted.progress, CASE WHEN status = 'COMPLETED' THEN 100 ELSE 0 END)::smallint AS progress
      FROM projects CROSS JOIN counted WHERE id = ${projectId}::uuid
    ) AS now
    WHERE projects.id = now.id AND progress_percentage <> now.progress`;
}

/**
 * Materialized, and NOT IN instead of an anti-join: that is hashed whatever the planner believes about the size of the
 * project, where a loop would read its tasks once for each.
 */
const share = (projectId: string, without?: string) => Prisma.sql`
  WITH live AS MATERIALIZED (
    SELECT id, parent_task_id, status = 'DONE' AS done, estimated_hours FROM tasks
    WHERE project_id = ${projectId}::uuid AND status <> 'CANCELLED' AND id IS DISTINCT FROM ${without ?? null}::uuid
  ), leaf AS MATERIALIZED (
    SELECT done, estimated_hours FROM live
    WHERE id NOT IN (SELECT parent_task_id FROM live WHERE parent_task_id IS NOT NULL)
  ), average AS MATERIALIZED (
    SELECT avg(estimated_hours) AS hours FROM leaf
  ), weighed AS (
    -- Estimates of zero hours everywhere leave nothing to weigh by.
    SELECT done, CASE WHEN average.hours > 0 THEN coalesce(estimated_hours, average.hours) ELSE 1 END AS weight
    FROM leaf CROSS JOIN average
  )
  SELECT floor(100 * coalesce(sum(weight) FILTER (WHERE done), 0) / nullif(sum(weight), 0))::integer FROM weighed`;
