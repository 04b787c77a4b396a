import { type Db, inTransaction } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { DocumentStatus, Document as LoopDocument } from '../../generated/prisma/client.ts';
import { record } from './audit.ts';
import { actor, keyOf, lockedWithLoop, lockLoop, requireOpen } from './loop-lock.ts';
import { refreshProgress } from './progress.ts';
import { DOCUMENT_MOVES, requireMove } from './statuses.ts';
import { type RequireFile, requireFile, type StoredFile } from './stored-file.ts';
import { AWAITED, endOpenRequests } from './voiding.ts';

export interface NewDocument {
  readonly loopId: string;
  /** Of a file that was uploaded. */
  readonly storageKey: string;
  /** The file's own name unless told. */
  readonly filename?: string | undefined;
  readonly category?: string | null | undefined;
}

/**
 * Adds an uploaded file to a transaction, as a DRAFT with version 1. Also after closing, for what arrives then.
 *
 * Twice: refused, `FILE_IN_USE`, for a file is a version of one document. At once: the same, by the lock or, in two
 * transactions, by the unique key. Half: one transaction.
 * @throws Refusal `NOT_FOUND`, `LOOP_ENDED`, `FILE_UNKNOWN`, `FILE_IN_USE`
 */
export function addDocument(db: Db, input: NewDocument, files: RequireFile = requireFile) {
  return inTransaction(db, async (tx): Promise<LoopDocument> => {
    requireOpen(await lockLoop(tx, input.loopId), { afterClosing: true });
    const file = await unusedFile(tx, input.storageKey, files);
    const after = await tx.document.create({
      data: {
        loopId: input.loopId,
        filename: input.filename ?? file.name,
        category: input.category ?? null,
        uploadedById: actor(tx),
        ...factsOf(file),
      },
    });
    await keepVersion(tx, after, file);
    await record(tx, { action: 'CREATED', entityType: 'document', entityId: after.id, after });
    await refreshProgress(tx, input.loopId);
    return after;
  });
}

/**
 * Moves a document to another status. Open signature requests on it end when it is archived.
 * A second time changes nothing.
 * @throws Refusal `NOT_FOUND`, `LOOP_ENDED`, `STATUS_NOT_ALLOWED`
 */
export function moveDocument(
  db: Db,
  input: { documentId: string; status: DocumentStatus },
): Promise<LoopDocument> {
  return inTransaction(db, async (tx) => {
    const { loop, record: before } = await lockedDocument(tx, input.documentId);
    if (before.status === input.status) return before;
    requireOpen(loop, { afterClosing: true });
    requireMove(DOCUMENT_MOVES, 'document', before.status, input.status);
    if (input.status === 'ARCHIVED')
      await endOpenRequests(
        tx,
        { loopId: loop.id, documentId: before.id },
        `"${before.filename}" was archived.`,
      );
    const after = await tx.document.update({ where: keyOf(tx, before.id), data: { status: input.status } });
    await record(tx, {
      action: 'STATUS_CHANGED',
      entityType: 'document',
      entityId: after.id,
      before,
      after,
    });
    await refreshProgress(tx, loop.id);
    return after;
  });
}

/**
 * What must hold before a document is deleted, with its versions. The files themselves are the storage's to remove.
 * @throws Refusal `DOCUMENT_NOT_DRAFT`, `DOCUMENT_SIGNED`
 */
export async function requireDeletable(tx: Db, document: LoopDocument): Promise<void> {
  if (document.status !== 'DRAFT')
    throw new Refusal(
      'conflict',
      'DOCUMENT_NOT_DRAFT',
      `"${document.filename}" is ${document.status}.`,
      'Archive it instead; only a draft is deleted.',
    );
  const signatures = await tx.documentSignature.count({ where: { documentId: document.id } });
  if (signatures > 0)
    throw new Refusal(
      'conflict',
      'DOCUMENT_SIGNED',
      `Signatures on "${document.filename}" were requested.`,
      'Archive it instead.',
    );
}

/** A document, read after its transaction was locked. @throws Refusal `NOT_FOUND` */
export function lockedDocument(tx: Db, id: string) {
  return lockedWithLoop(tx, 'document', () => tx.document.findFirst({ where: { id } }));
}

/** @throws Refusal `FILE_UNKNOWN`, `FILE_IN_USE` */
export async function unusedFile(tx: Db, storageKey: string, files: RequireFile): Promise<StoredFile> {
  const file = await files(tx, storageKey);
  const used = await tx.documentVersion.findFirst({ where: { storageKey }, select: { id: true } });
  if (!used) return file;
  throw new Refusal(
    'conflict',
    'FILE_IN_USE',
    `The file "${file.name}" is a version of a document already.`,
    'Upload it again to use it twice.',
  );
}

/** What a document says about the file of its current version. */
export function factsOf(file: StoredFile) {
  return {
    originalName: file.name.slice(0, 255),
    mimeType: file.mimeType,
    fileSize: file.size,
    storageKey: file.key,
  };
}

/** Appends the version that the document names as its current one. */
export async function keepVersion(tx: Db, document: LoopDocument, file: StoredFile) {
  const version = await tx.documentVersion.create({
    data: {
      documentId: document.id,
      versionNumber: document.version,
      storageKey: file.key,
      fileSize: file.size,
      createdById: actor(tx),
    },
  });
  await record(tx, {
    action: 'VERSION_ADDED',
    entityType: 'document',
    entityId: document.id,
    after: version,
    note: { sha256: file.sha256 },
  });
  return version;
}

/** Whether a request that is out to the signers, or was begun to be signed, holds the document. */
export async function isAwaited(tx: Db, documentId: string): Promise<boolean> {
  const out = await tx.documentSignature.findFirst({
    where: {
      documentId,
      request: { status: { in: AWAITED.filter((s) => s !== 'PENDING') } },
    },
    select: { id: true },
  });
  return out !== null;
}
