import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { TaskStatus } from '../../generated/prisma/client.ts';
import type { Values } from '../../http/index.ts';
import { record, recordDeletion } from './audit.ts';
import { actor, lockedWithLoop, lockLoop, missing, requireOpen } from './loop-lock.ts';
import { requireActive } from './parties.ts';
import { refreshProgress } from './progress.ts';
import { requireMove, TASK_MOVES } from './statuses.ts';
import { followTask } from './workflow-steps.ts';

// Tasks are written through the data API; these are its rules for them. Each runs in the transaction of the write.

/**
 * The values of a new task: of the caller, and DONE since now where it is created so. The lock lets either the task or the
 * closing of its transaction come first, and refuses the other.
 * @throws Refusal `NOT_FOUND`, `LOOP_ENDED`, `PARTY_GONE`
 */
export async function newTask(tx: Db, values: Values): Promise<Values> {
  const loopId = String(values.loopId);
  requireOpen(await lockLoop(tx, loopId));
  await requireAssignee(tx, loopId, values.assignedToId);
  return {
    ...values,
    createdById: actor(tx),
    completedAt: values.status === 'DONE' ? new Date() : null,
  };
}

/** The changes, with the moment of completion that follows from the status. @throws Refusal as {@link newTask}, `STATUS_NOT_ALLOWED`, `LOOP_FIXED` */
export async function changedTask(tx: Db, before: Values, changes: Values): Promise<Values> {
  const { loop, record: task } = await lockedWithLoop(tx, 'task', () =>
    tx.transactionTask.findFirst({ where: { id: String(before.id) } }),
  );
  requireOpen(loop);
  requireSameLoop(task, changes);
  await requireAssignee(tx, loop.id, changes.assignedToId);
  const status = changes.status as TaskStatus | undefined;
  if (status === undefined || status === task.status) return changes;
  requireMove(TASK_MOVES, 'task', task.status, status);
  return { ...changes, completedAt: status === 'DONE' ? new Date() : null };
}

/** After a task was written: log, the step it stands for, progress. */
export async function taskWritten(tx: Db, after: Values, before: Values | undefined): Promise<void> {
  const moved = before !== undefined && before.status !== after.status;
  await record(tx, {
    action: before === undefined ? 'CREATED' : moved ? 'STATUS_CHANGED' : 'UPDATED',
    entityType: 'transaction_task',
    entityId: String(after.id),
    before,
    after,
  });
  if (moved) await followTask(tx, String(after.id));
  await refreshProgress(tx, String(after.loopId));
}

/** Before a task is deleted. One that is a step of a workflow is cancelled instead. @throws Refusal `LOOP_ENDED`, `TASK_IS_STEP` */
export async function removeTask(tx: Db, before: Values): Promise<void> {
  const { loop, record: task } = await lockedWithLoop(tx, 'task', () =>
    tx.transactionTask.findFirst({ where: { id: String(before.id) } }),
  );
  requireOpen(loop);
  const [step] = await tx.$queryRaw<{ name: string }[]>`
    SELECT name FROM workflows
    WHERE loop_id = ${loop.id}::uuid AND steps @> ${JSON.stringify([{ task_id: task.id }])}::jsonb`;
  if (step)
    throw new Refusal(
      'conflict',
      'TASK_IS_STEP',
      `"${task.title}" is a step of "${step.name}".`,
      'Set its status to CANCELLED instead.',
    );
  await recordDeletion(tx, loop.id, 'transaction_task', task);
  await refreshProgress(tx, loop.id, task.id);
}

async function requireAssignee(tx: Db, loopId: string, assignedToId: unknown): Promise<void> {
  if (assignedToId === null || assignedToId === undefined) return;
  const party = await tx.loopParty.findFirst({ where: { loopId, id: String(assignedToId) } });
  if (!party) throw missing('party of this transaction');
  requireActive(party);
}

/** @throws Refusal `LOOP_FIXED` */
export function requireSameLoop(record: { loopId: string }, changes: Values): void {
  if (changes.loopId === undefined || changes.loopId === record.loopId) return;
  throw new Refusal(
    'conflict',
    'LOOP_FIXED',
    'What belongs to one transaction cannot be moved to another.',
    'Create it there.',
    { fields: [{ field: 'loopId', code: 'LOOP_FIXED', message: 'cannot be changed' }] },
  );
}
