import { Refusal } from '../../errors.ts';
import type { ModelRules } from '../../http/index.ts';
import { record } from './audit.ts';
import { actor, lockLoop, requireOpen } from './loop-lock.ts';

export const loopRules: ModelRules = {
  model: 'TransactionLoop',
  closed: {
    status: 'POST /loops/{loopId}/status moves it.',
    actualClosing: 'POST /loops/{loopId}/status with CLOSED sets it.',
    progress: 'It is counted from tasks, signatures and documents.',
    createdById: 'It is the caller.',
  },
  create: async (tx, values) => ({ ...values, createdById: actor(tx) }),
  update: async (tx, before, changes) => {
    requireOpen(await lockLoop(tx, String(before.id)));
    return changes;
  },
  remove: async (tx, before) => {
    const loop = await lockLoop(tx, String(before.id));
    if (loop.status !== 'DRAFT')
      throw new Refusal(
        'conflict',
        'LOOP_NOT_DRAFT',
        `The transaction "${loop.propertyAddress}" is ${loop.status}.`,
        'Cancel or archive it by POST /loops/{loopId}/status; only a draft is deleted.',
      );
    const signed = await tx.documentSignature.count({ where: { loopId: loop.id, status: 'SIGNED' } });
    if (signed > 0)
      throw new Refusal(
        'conflict',
        'LOOP_SIGNED',
        'Documents of this transaction are signed.',
        'Cancel it by POST /loops/{loopId}/status, so that the evidence stays.',
      );
    await record(tx, {
      action: 'DELETED',
      entityType: 'transaction_loop',
      entityId: loop.id,
      before: { ...loop },
    });
  },
  written: (tx, after, before) =>
    record(tx, {
      action: before ? 'UPDATED' : 'CREATED',
      entityType: 'transaction_loop',
      entityId: String(after.id),
      before,
      after,
    }),
};
