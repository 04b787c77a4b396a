import { Refusal } from '../../errors.ts';
import type { ModelRules } from '../../http/index.ts';
import { record } from './audit.ts';
import { actor, lockLoop, missing, requireOpen } from './loop-lock.ts';
import { stepsOf } from './workflow-steps.ts';

const START = 'POST /loops/{loopId}/workflows starts a template in a transaction.';

/** The data API writes templates; a workflow that runs follows its tasks and can be renamed, archived and cancelled. */
export const workflowRules: ModelRules = {
  model: 'Workflow',
  closed: { isTemplate: START, loopId: START, createdById: 'It is the caller.' },
  create: async (tx, values) => ({
    ...values,
    isTemplate: true,
    steps: templateSteps(values.steps),
    createdById: actor(tx),
  }),
  update: async (tx, before, changes) => {
    if (before.loopId === null || before.loopId === undefined)
      return changes.steps === undefined ? changes : { ...changes, steps: templateSteps(changes.steps) };
    requireOpen(await lockLoop(tx, String(before.loopId)));
    const workflow = await tx.workflow.findFirst({ where: { id: String(before.id) } });
    if (!workflow) throw missing('workflow');
    const { status = workflow.status } = changes;
    const cancelled = status === 'CANCELLED' && workflow.status === 'ACTIVE';
    if (changes.steps !== undefined || (status !== workflow.status && !cancelled))
      throw new Refusal(
        'conflict',
        'WORKFLOW_FOLLOWS_TASKS',
        `The steps of "${workflow.name}" are tasks.`,
        'Change the tasks; of the workflow itself ACTIVE may become CANCELLED.',
      );
    return changes;
  },
  remove: async (_tx, before) => {
    if (before.loopId === null || before.loopId === undefined) return;
    throw new Refusal(
      'conflict',
      'WORKFLOW_RUNS',
      `"${String(before.name)}" runs in a transaction.`,
      'Set its status to CANCELLED.',
    );
  },
  written: (tx, after, before) =>
    record(tx, {
      action: !before ? 'CREATED' : before.status !== after.status ? 'STATUS_CHANGED' : 'UPDATED',
      entityType: 'workflow',
      entityId: String(after.id),
      before,
      after,
    }),
};

/** A template has nothing done and stands for no tasks. */
function templateSteps(value: unknown) {
  return stepsOf(value).map(({ done_at, skipped_at, task_id, ...step }) => step);
}
