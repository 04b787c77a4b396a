import { Refusal } from '../../errors.ts';
import type { ModelRules } from '../../http/index.ts';
import { record, recordDeletion } from './audit.ts';
import { requireOpen } from './loop-lock.ts';
import { refreshProgress } from './progress.ts';
import { lockedRequest, requireAwaited, requireFuture } from './signature-requests.ts';

export const requestRules: ModelRules = {
  model: 'SignatureRequest',
  closed: {
    loopId: 'POST /loops/{loopId}/signature-requests makes a request.',
    status:
      'POST /signature-requests/{requestId}/send sends it, /cancel calls it back; signatures do the rest.',
    signingOrder: 'It is chosen with the signers; delete the request and make another.',
    completedAt: 'The last signature sets it.',
    requestedById: 'It is the caller.',
  },
  refuses: { create: 'POST /loops/{loopId}/signature-requests names documents and signers.' },
  update: async (tx, before, changes) => {
    const { loop, record: request } = await lockedRequest(tx, String(before.id));
    requireOpen(loop);
    requireAwaited(request);
    const reworded =
      (changes.title !== undefined && changes.title !== request.title) ||
      (changes.message !== undefined && changes.message !== request.message);
    if (reworded && request.status !== 'PENDING')
      throw new Refusal(
        'conflict',
        'REQUEST_SENT',
        'The signers have read this request.',
        'Only expiresAt changes after sending; else cancel it and make another.',
      );
    if (changes.expiresAt !== undefined && changes.expiresAt !== null)
      requireFuture(new Date(changes.expiresAt as string | Date));
    return changes;
  },
  remove: async (tx, before) => {
    const { loop, record: request } = await lockedRequest(tx, String(before.id));
    if (request.status !== 'PENDING')
      throw new Refusal(
        'conflict',
        'REQUEST_SENT',
        `The request "${request.title}" is ${request.status}.`,
        'POST /signature-requests/{requestId}/cancel calls it back.',
      );
    await recordDeletion(tx, loop.id, 'signature_request', request);
    await refreshProgress(tx, loop.id, request.id);
  },
  written: (tx, after, before) =>
    record(tx, {
      action: before ? 'UPDATED' : 'CREATED',
      entityType: 'signature_request',
      entityId: String(after.id),
      before,
      after,
    }),
};
