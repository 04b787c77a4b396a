import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { ProjectStatus } from '../../generated/prisma/enums.ts';
import type { ModelRules, Values } from '../../http/index.ts';
import { asDate, dayIn, organizationZone } from './calendar.ts';
import { actingPerson, requireLiveMember } from './people.ts';
import { progressOf } from './progress.ts';
import { lockProject } from './project-lock.ts';
import { PROJECT_STEPS } from './status.ts';
import { requireStep } from './transitions.ts';

export interface StatusChoice {
  readonly openTasks?: 'DONE' | 'CANCELLED' | undefined;
  readonly now?: Date;
}

/** The values to write for changes of a project, with what follows from its status. See `setProjectStatus`. */
export async function projectChanges(
  db: Db,
  before: Values,
  changes: Values,
  { openTasks, now = new Date() }: StatusChoice = {},
): Promise<Values> {
  const locked = await lockProject(db, before.id);
  if (locked.archivedAt)
    throw new Refusal(
      'conflict',
      'PROJECT_ARCHIVED',
      'The project is archived and stays as it is.',
      'Take it out of the archive with POST /projects/{projectId}/unarchive.',
    );
  if (changes.projectManagerId && changes.projectManagerId !== before.projectManagerId)
    await requireLiveMember(db, changes.projectManagerId, 'projectManagerId');

  const status = (changes.status ?? locked.status) as ProjectStatus;
  requireStep('project', PROJECT_STEPS, locked.status, status);
  if (status !== 'COMPLETED') {
    refuseCompletionDate(changes);
    if (status === locked.status) return changes;
    if (status === 'CANCELLED' && openTasks) await closeTasks(db, locked.id, openTasks);
    return { ...changes, completionDate: null, progressPercentage: (await progressOf(db, locked.id)) ?? 0 };
  }
  if (locked.status === 'COMPLETED') {
    if (changes.completionDate === null) refuseEmptyCompletion();
    return changes;
  }
  if (openTasks) await closeTasks(db, locked.id, openTasks);
  await requireNoOpenTasks(db, locked.id);
  const given = changes.completionDate as Date | string | null | undefined;
  const completionDate = given ? new Date(given) : asDate(dayIn(await organizationZone(db), now));
  requireStarted((changes.startDate ?? before.startDate) as Date | string | null, completionDate);
  return { ...changes, completionDate, progressPercentage: 100 };
}

async function projectValues(db: Db, values: Values): Promise<Values> {
  const projectManagerId = values.projectManagerId ?? actingPerson(db);
  await requireLiveMember(db, projectManagerId, 'projectManagerId');
  if (values.status !== 'COMPLETED') {
    refuseCompletionDate(values);
    return { ...values, projectManagerId };
  }
  const completionDate = values.completionDate ?? asDate(dayIn(await organizationZone(db), new Date()));
  return { ...values, projectManagerId, completionDate, progressPercentage: 100 };
}

async function closeTasks(db: Db, projectId: string, status: 'DONE' | 'CANCELLED'): Promise<void> {
  await db.task.updateMany({
    where: { projectId, status: { in: ['TODO', 'IN_PROGRESS', 'REVIEW'] } },
    data: { status },
  });
}

async function requireNoOpenTasks(db: Db, projectId: string): Promise<void> {
  const open = await db.task.count({
    where: { projectId, status: { in: ['TODO', 'IN_PROGRESS', 'REVIEW'] } },
  });
  if (open === 0) return;
  throw new Refusal(
    'conflict',
    'OPEN_TASKS',
    `The project has ${open} open ${open === 1 ? 'task' : 'tasks'}.`,
    'Close them first, or let POST /projects/{projectId}/status close them with "openTasks": "DONE" or "CANCELLED".',
  );
}

function requireStarted(start: Date | string | null, completion: Date): void {
  if (!start || new Date(start) <= completion) return;
  throw new Refusal(
    'conflict',
    'PROJECT_NOT_STARTED',
    'The project starts after the day on which it would be completed.',
    'Correct its start date first.',
  );
}

function refuseCompletionDate(values: Values): void {
  if (values.completionDate === undefined || values.completionDate === null) return;
  const message = 'Only a completed project has a day of completion.';
  throw new Refusal('invalid', 'NOT_COMPLETED', message, 'Complete the project, or leave the day out.', {
    fields: [{ field: 'completionDate', code: 'NOT_COMPLETED', message }],
  });
}

function refuseEmptyCompletion(): never {
  const message = 'A completed project keeps its day of completion.';
  throw new Refusal('invalid', 'COMPLETED', message, 'Reopen the project, or give another day.', {
    fields: [{ field: 'completionDate', code: 'COMPLETED', message }],
  });
}

export const projectRules: ModelRules = {
  model: 'Project',
  closed: {
    progressPercentage: 'It follows from the tasks and their estimated hours.',
    archivedAt: 'Use POST /projects/{projectId}/archive and /unarchive.',
  },
  fills: ['projectManagerId'],
  create: projectValues,
  update: (db, before, changes) => projectChanges(db, before, changes),
  // The database would delete the tasks along with it, and nothing would say which they were.
  remove: async (db, before) => {
    await lockProject(db, before.id);
    const tasks = await db.task.count({ where: { projectId: String(before.id) } });
    if (tasks === 0) return;
    throw new Refusal(
      'conflict',
      'PROJECT_HAS_TASKS',
      `The project has ${tasks} ${tasks === 1 ? 'task' : 'tasks'}.`,
      'Archive the project instead, or move or delete its tasks first.',
    );
  },
};
