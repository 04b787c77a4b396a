import type { Db } from '../../db.ts';
import type { Priority, TaskStatus } from '../../generated/prisma/enums.ts';
import { projectUnknown } from './project-lock.ts';
import { TASK_STATUSES } from './status.ts';

export interface Card {
  readonly id: string;
  readonly title: string;
  readonly status: TaskStatus;
  readonly priority: Priority;
  readonly assignedToId: string | null;
  /** `2026-03-29` */
  readonly dueDate: string | null;
  /** Decimal as text. */
  readonly estimatedHours: string | null;
  readonly tags: readonly string[];
  readonly position: number;
  /** Direct subtasks that are not cancelled, and how many of them are done. */
  readonly subtasks: { readonly total: number; readonly done: number };
}

export interface Board {
  readonly projectId: string;
  readonly columns: readonly {
    readonly status: TaskStatus;
    /** All top-level tasks of this status; there may be more than cards. */
    readonly total: number;
    readonly cards: readonly Card[];
  }[];
}

type CardRow = Omit<Card, 'subtasks'> & { parts: number; partsDone: number; total: number };

/**
 * The board of a project: its top-level tasks in a column per status, each in the order of their positions.
 * @param input `perColumn` bounds the cards of each column
 * @throws Refusal `PROJECT_UNKNOWN`
 */
export async function projectBoard(
  db: Db,
  { projectId, perColumn = 100 }: { readonly projectId: string; readonly perColumn?: number },
): Promise<Board> {
  const project = await db.project.findFirst({ where: { id: projectId }, select: { id: true } });
  if (!project) throw projectUnknown();
  const rows = await db.$queryRaw<CardRow[]>`
    SELECT card.id, card.title, card.status::text AS status, card.priority::text AS priority,
      card.assigned_to_id AS "assignedToId", card.due_date::text AS "dueDate",
      card.estimated_hours::text AS "estimatedHours", card.tags, card.position, card.total,
      part.total AS parts, part.done AS "partsDone"
    FROM (
      SELECT tasks.*, count(*) OVER (PARTITION BY status)::integer AS total,
        row_number() OVER (PARTITION BY status ORDER BY position, id) AS place
      FROM tasks WHERE project_id = ${project.id}::uuid AND parent_task_id IS NULL
    ) AS card CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE status <> 'CANCELLED')::integer AS total,
        count(*) FILTER (WHERE status = 'DONE')::integer AS done
      FROM tasks WHERE project_id = card.project_id AND parent_task_id = card.id
    ) AS part
    WHERE card.place <= ${perColumn}::integer
    ORDER BY card.position, card.id`;
  return {
    projectId: project.id,
    columns: TASK_STATUSES.map((status) => {
      const here = rows.filter((row) => row.status === status);
      return { status, total: here[0]?.total ?? 0, cards: here.map(cardOf) };
    }),
  };
}

const cardOf = ({ parts, partsDone, total: _, ...card }: CardRow): Card => ({
  ...card,
  subtasks: { total: parts, done: partsDone },
});
