import { DocumentStatus } from '../../generated/prisma/client.ts';
import { type AnyRoute, recordOf, route, z } from '../../http/index.ts';
import { addDocument, moveDocument } from './documents.ts';
import { addVersion } from './versions.ts';

const storageKey = z.string().min(1).max(500).describe('Of a file that was uploaded.');
const ofDocument = z.object({ documentId: z.uuid() });
const FILES = {
  LOOP_ENDED: 'The transaction is cancelled or archived.',
  FILE_UNKNOWN: 'There is no such file.',
  FILE_IN_USE: 'The file is a version of a document already.',
};

export const documentRoutes: readonly AnyRoute[] = [
  route({
    method: 'post',
    path: '/loops/{loopId}/documents',
    operationId: 'addDocument',
    summary: 'Add an uploaded file to a transaction',
    permission: 'transactions:write',
    params: z.object({ loopId: z.uuid() }),
    body: z.strictObject({
      storageKey,
      filename: z.string().trim().min(1).max(255).optional(),
      category: z.string().max(100).nullish(),
    }),
    answers: { 201: { description: 'The document, a draft', schema: recordOf('Document') } },
    refusals: FILES,
    handler: ({ db, params, body }) => addDocument(db, { ...params, ...body }),
  }),
  route({
    method: 'post',
    path: '/documents/{documentId}/versions',
    operationId: 'addDocumentVersion',
    summary: 'Add the next version of a document',
    description:
      'Once a request is out for the present version, or a signature stands on it, "supersede" ends those requests; signatures given are kept.',
    permission: 'transactions:write',
    params: ofDocument,
    body: z.strictObject({ storageKey, supersede: z.boolean().default(false) }),
    answers: { 201: { description: 'The version', schema: recordOf('DocumentVersion') } },
    refusals: {
      ...FILES,
      DOCUMENT_ARCHIVED: 'The document is archived.',
      DOCUMENT_SIGNED: 'The document is signed by all.',
      VERSION_IN_SIGNING: 'The present version is out for signature or signed by some.',
    },
    handler: ({ db, params, body }) => addVersion(db, { ...params, ...body }),
  }),
  route({
    method: 'post',
    path: '/documents/{documentId}/status',
    operationId: 'moveDocument',
    summary: 'Move a document to another status',
    description: 'Archiving ends open signature requests on it. SIGNED follows from signatures.',
    permission: 'transactions:write',
    params: ofDocument,
    body: z.strictObject({ status: z.enum(DocumentStatus) }),
    answers: { 200: { description: 'The document', schema: recordOf('Document') } },
    refusals: {
      LOOP_ENDED: 'The transaction is cancelled or archived.',
      STATUS_NOT_ALLOWED: 'This status does not follow the present one.',
    },
    handler: ({ db, params, body }) => moveDocument(db, { ...params, ...body }),
  }),
];
