import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { ProjectStatus } from '../../generated/prisma/enums.ts';

export interface LockedProject {
  readonly id: string;
  readonly status: ProjectStatus;
  readonly archivedAt: Date | null;
}

/**
 * Locks projects until the transaction ends, in the order of their ids. Whoever changes the tree, the order, or the state
 * of tasks holds the lock of their project first; so two such changes of one project happen one after the other, and
 * the second sees what the first left. Writers of other fields and new references to the project do not wait.
 * @throws Refusal `PROJECT_UNKNOWN`
 */
export async function lockProjects(db: Db, ids: readonly string[]): Promise<Map<string, LockedProject>> {
  const wanted = [...new Set(ids)].sort();
  const rows = await db.$queryRaw<LockedProject[]>`
    SELECT id, status::text AS status, archived_at AS "archivedAt" FROM projects
    WHERE id = ANY (${wanted}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  const found = new Map(rows.map((row) => [row.id, row]));
  if (wanted.some((id) => !found.has(id))) throw projectUnknown();
  return found;
}

/** Locks one project; see {@link lockProjects}. */
export async function lockProject(db: Db, id: unknown): Promise<LockedProject> {
  const text = String(id).toLowerCase();
  return (await lockProjects(db, [text])).get(text)!;
}

/**
 * Refuses new or reopened work where the project is over or put away.
 * @throws Refusal `PROJECT_CLOSED`
 */
export function requireOpenProject({ status, archivedAt }: LockedProject): void {
  if (!archivedAt && status !== 'COMPLETED' && status !== 'CANCELLED') return;
  throw new Refusal(
    'conflict',
    'PROJECT_CLOSED',
    `The project is ${archivedAt ? 'archived' : status} and takes no open tasks.`,
    archivedAt ? 'Take it out of the archive first.' : 'Reopen the project first.',
  );
}

export const projectUnknown = () =>
  new Refusal('missing', 'PROJECT_UNKNOWN', 'There is no such project.', 'Check its id; it may be deleted.');
