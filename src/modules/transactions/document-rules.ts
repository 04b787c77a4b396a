import type { ModelRules } from '../../http/index.ts';
import { record, recordDeletion } from './audit.ts';
import { lockedDocument, requireDeletable } from './documents.ts';
import { requireOpen } from './loop-lock.ts';
import { refreshProgress } from './progress.ts';

const OF_FILE = 'It is of the file; POST /documents/{documentId}/versions replaces that.';

export const documentRules: ModelRules = {
  model: 'Document',
  closed: {
    loopId: 'POST /loops/{loopId}/documents adds a document to a transaction.',
    status: 'POST /documents/{documentId}/status moves it; SIGNED follows from signatures.',
    version: OF_FILE,
    storageKey: OF_FILE,
    fileSize: OF_FILE,
    mimeType: OF_FILE,
    originalName: OF_FILE,
    uploadedById: 'It is the caller.',
  },
  refuses: { create: 'POST /loops/{loopId}/documents adds an uploaded file.' },
  update: async (tx, before, changes) => {
    const { loop } = await lockedDocument(tx, String(before.id));
    requireOpen(loop, { afterClosing: true });
    return changes;
  },
  remove: async (tx, before) => {
    const { loop, record: document } = await lockedDocument(tx, String(before.id));
    requireOpen(loop, { afterClosing: true });
    await requireDeletable(tx, document);
    await recordDeletion(tx, loop.id, 'document', document);
    await refreshProgress(tx, loop.id, document.id);
  },
  written: async (tx, after, before) => {
    await record(tx, {
      action: before ? 'UPDATED' : 'CREATED',
      entityType: 'document',
      entityId: String(after.id),
      before,
      after,
    });
    await refreshProgress(tx, String(after.loopId));
  },
};
