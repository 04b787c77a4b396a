import { type Db, inTransaction } from '../../db.ts';
import type { Project } from '../../generated/prisma/client.ts';
import type { ProjectStatus } from '../../generated/prisma/enums.ts';
import { lockProject } from './project-lock.ts';
import { projectChanges } from './project-rules.ts';

/**
 * Moves a project on in its life. Completed sets the day of completion (today in the organization's time zone unless given)
 * and needs all tasks closed; reopening takes the day away.
 *
 * Twice: the second changes nothing. At once: one after the other, under the project's lock. Half: one transaction.
 * @param input `openTasks` closes what is open on the way to COMPLETED or CANCELLED, as done or cancelled
 * @throws Refusal `PROJECT_UNKNOWN`, `STATUS_STEP`, `OPEN_TASKS`, `PROJECT_ARCHIVED`, `PROJECT_NOT_STARTED`
 */
export function setProjectStatus(
  db: Db,
  input: {
    readonly projectId: string;
    readonly status: ProjectStatus;
    readonly openTasks?: 'DONE' | 'CANCELLED' | undefined;
    readonly now?: Date;
  },
): Promise<Project> {
  return inTransaction(db, async (tx) => {
    await lockProject(tx, input.projectId);
    const before = await tx.project.findFirstOrThrow({ where: { id: input.projectId } });
    if (before.status === input.status) return before;
    const data = await projectChanges(tx, before, { status: input.status }, input);
    return tx.project.update({ where: keyOf(tx, input.projectId), data });
  });
}

/**
 * Puts a project away, or takes it back. Archived it is kept as it is and takes no new work. The moment of the first
 * archiving stays; twice changes nothing.
 * @throws Refusal `PROJECT_UNKNOWN`
 */
export function setProjectArchived(
  db: Db,
  { projectId, archived }: { readonly projectId: string; readonly archived: boolean },
): Promise<Project> {
  return inTransaction(db, async (tx) => {
    const { archivedAt } = await lockProject(tx, projectId);
    const where = keyOf(tx, projectId);
    if ((archivedAt !== null) === archived) return tx.project.findUniqueOrThrow({ where });
    return tx.project.update({ where, data: { archivedAt: archived ? new Date() : null } });
  });
}

const keyOf = (db: Db, id: string) => ({
  organizationId_id: { organizationId: db.$tenant.organizationId, id },
});
