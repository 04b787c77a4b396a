import type { ModelRules } from '../../http/index.ts';
import { documentRules } from './document-rules.ts';
import { loopRules } from './loop-rules.ts';
import { partyRules } from './party-rules.ts';
import { requestRules } from './request-rules.ts';
import { changedTask, newTask, removeTask, taskWritten } from './tasks.ts';
import { workflowRules } from './workflow-rules.ts';

const CALLER = 'It is the caller.';

/** What the data API keeps to when it writes the models of this module. */
export const rules: readonly ModelRules[] = [
  loopRules,
  partyRules,
  documentRules,
  requestRules,
  workflowRules,
  {
    model: 'TransactionTask',
    closed: { completedAt: 'It follows from the status DONE.', createdById: CALLER },
    create: newTask,
    update: changedTask,
    remove: removeTask,
    written: taskWritten,
  },
  {
    model: 'DocumentVersion',
    refuses: {
      create: 'POST /documents/{documentId}/versions adds one.',
      update: 'A version stays as it is; POST /documents/{documentId}/versions adds the next.',
      delete: 'A version stays; it goes with its document while that is a draft.',
    },
  },
  {
    model: 'DocumentSignature',
    refuses: {
      create: 'POST /loops/{loopId}/signature-requests asks for signatures.',
      update: 'POST /signatures/{signatureId}/sign signs, /decline refuses, /view opens.',
      delete: 'A signature is evidence. POST /signature-requests/{requestId}/cancel calls a request back.',
    },
  },
  {
    model: 'TransactionAuditLog',
    refuses: {
      create: 'Entries are written with the change that they tell of.',
      update: 'The log stays as it is.',
      delete: 'The log stays as it is.',
    },
  },
];
