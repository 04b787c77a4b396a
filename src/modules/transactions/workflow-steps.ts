import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import { PartyRole } from '../../generated/prisma/client.ts';
import { record } from './audit.ts';
import { keyOf } from './loop-lock.ts';

/** A step of a workflow, as `workflows.steps` holds it; the last three of one that runs in a transaction. */
const step = z.strictObject({
  key: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,99}$/),
  name: z.string().min(1).max(255),
  type: z.string().min(1).max(50).default('task'),
  order: z.int().min(0).max(10_000),
  /** The first active party in this role gets the task. */
  assignee_role: z.enum(PartyRole).nullish(),
  /** Days from the start of the workflow. */
  due_offset_days: z.int().min(-3_650).max(3_650).nullish(),
  done_at: z.string().nullish(),
  skipped_at: z.string().nullish(),
  task_id: z.uuid().nullish(),
});
const steps = z
  .array(step)
  .min(1)
  .max(200)
  .refine((all) => new Set(all.map((s) => s.key)).size === all.length, 'has a key twice');

export type Step = z.output<typeof step>;

/** Steps in their order. @throws Refusal `STEPS_INVALID` naming what is at fault */
export function stepsOf(value: unknown): Step[] {
  const parsed = steps.safeParse(value);
  if (parsed.success) return parsed.data.toSorted((a, b) => a.order - b.order);
  throw new Refusal(
    'invalid',
    'STEPS_INVALID',
    'The steps of a workflow are not as they should be.',
    'A step has key (unique), name and order, and may have type, assignee_role and due_offset_days.',
    {
      fields: parsed.error.issues.map((issue) => ({
        field: ['steps', ...issue.path].join('.'),
        code: 'STEPS_INVALID',
        message: issue.message,
      })),
    },
  );
}

/** An id that follows from what it stands for (RFC 9562, version 8), so that the same start twice meets the primary key. */
export function derivedId(...parts: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/**
 * Carries the status of a task to the step that it stands for: DONE and CANCELLED finish it, anything else reopens it; a
 * workflow without an unfinished step is COMPLETED. The caller has locked the transaction. A task that is no step: nothing.
 */
export async function followTask(tx: Db, taskId: string): Promise<void> {
  const task = await tx.transactionTask.findFirst({ where: { id: taskId } });
  if (!task) return;
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM workflows
    WHERE loop_id = ${task.loopId}::uuid AND steps @> ${JSON.stringify([{ task_id: taskId }])}::jsonb`;
  const workflow = found && (await tx.workflow.findFirst({ where: { id: found.id } }));
  if (!workflow || workflow.status === 'CANCELLED') return;
  const now = new Date().toISOString();
  const after = stepsOf(workflow.steps).map((s) =>
    s.task_id === taskId
      ? {
          ...s,
          done_at: task.status === 'DONE' ? (task.completedAt?.toISOString() ?? now) : null,
          skipped_at: task.status === 'CANCELLED' ? now : null,
        }
      : s,
  );
  const status = after.every((s) => s.done_at || s.skipped_at) ? 'COMPLETED' : 'ACTIVE';
  const updated = await tx.workflow.update({
    where: keyOf(tx, workflow.id),
    data: { steps: after as object[], status },
  });
  await record(tx, {
    action: status !== workflow.status ? 'STATUS_CHANGED' : 'STEP_CHANGED',
    entityType: 'workflow',
    entityId: workflow.id,
    before: workflow,
    after: updated,
  });
}
