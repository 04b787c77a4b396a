import { type Db, inTransaction } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { Workflow } from '../../generated/prisma/client.ts';
import { record } from './audit.ts';
import { actor, lockLoop, missing, requireOpen } from './loop-lock.ts';
import { refreshProgress } from './progress.ts';
import { derivedId, stepsOf } from './workflow-steps.ts';

export interface WorkflowStart {
  readonly loopId: string;
  readonly templateId: string;
  /** UTC midnight of the day that due days are counted from; today unless told. */
  readonly startsOn?: Date | undefined;
}

const DAY = 86_400_000;

/**
 * Starts a template in a transaction: a workflow of its own, and a task for each step.
 *
 * Twice or at once: the second finds the first's workflow and gives that, for its id follows from transaction and template.
 * Half: one transaction.
 * @returns the workflow, and whether it was started by this call
 * @throws Refusal `NOT_FOUND`, `LOOP_ENDED`, `TEMPLATE_NEEDED`, `STEPS_INVALID`
 */
export function startWorkflow(
  db: Db,
  { loopId, templateId, startsOn }: WorkflowStart,
): Promise<{ workflow: Workflow; started: boolean }> {
  return inTransaction(db, async (tx) => {
    const loop = await lockLoop(tx, loopId);
    const id = derivedId('workflow', loopId, templateId);
    const there = await tx.workflow.findFirst({ where: { id } });
    if (there) return { workflow: there, started: false };
    requireOpen(loop);
    const template = await tx.workflow.findFirst({ where: { id: templateId } });
    if (!template) throw missing('workflow template');
    if (!template.isTemplate || template.archivedAt)
      throw new Refusal(
        'conflict',
        'TEMPLATE_NEEDED',
        `"${template.name}" is ${template.isTemplate ? 'archived' : 'no template'}.`,
        'Choose a template.',
      );
    const parties = await tx.loopParty.findMany({
      where: { loopId, status: 'ACTIVE' },
      orderBy: { id: 'asc' },
    });
    const start = startsOn ?? new Date(Math.floor(Date.now() / DAY) * DAY);
    const steps = stepsOf(template.steps).map((step) => ({
      ...step,
      done_at: null,
      skipped_at: null,
      task_id: derivedId('task', id, step.key),
    }));
    const createdById = actor(tx);
    await tx.transactionTask.createMany({
      data: steps.map((step) => ({
        id: step.task_id,
        loopId,
        title: step.name,
        dueDate:
          typeof step.due_offset_days === 'number'
            ? new Date(start.getTime() + step.due_offset_days * DAY)
            : null,
        assignedToId: parties.find((p) => p.role === step.assignee_role)?.id ?? null,
        createdById,
      })),
    });
    const workflow = await tx.workflow.create({
      data: { id, loopId, name: template.name, description: template.description, steps, createdById },
    });
    await record(tx, {
      action: 'STARTED',
      entityType: 'workflow',
      entityId: id,
      after: workflow,
      note: { templateId },
    });
    for (const step of steps)
      await record(tx, {
        action: 'CREATED',
        entityType: 'transaction_task',
        entityId: step.task_id,
        note: { title: step.name, workflowId: id },
      });
    await refreshProgress(tx, loopId);
    return { workflow, started: true };
  });
}
