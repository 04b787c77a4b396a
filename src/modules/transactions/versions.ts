import { type Db, inTransaction } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { DocumentVersion } from '../../generated/prisma/client.ts';
import { record } from './audit.ts';
import { factsOf, isAwaited, keepVersion, lockedDocument, unusedFile } from './documents.ts';
import { keyOf, requireOpen } from './loop-lock.ts';
import { refreshProgress } from './progress.ts';
import { signedVersion } from './signature-data.ts';
import { type RequireFile, requireFile } from './stored-file.ts';
import { endOpenRequests } from './voiding.ts';

export interface NewVersion {
  readonly documentId: string;
  readonly storageKey: string;
  /** Ends requests that are out for the present version, and the signatures missing in them. */
  readonly supersede?: boolean | undefined;
}

/**
 * Adds the next version to a document, which then is that file and a DRAFT to be reviewed anew. Versions before stay as
 * they are. Nobody has a version changed under the pen: once a request is out for the present one or a signature stands on
 * it, only `supersede` puts it aside, as after a refusal to sign. A document that is SIGNED by all is final.
 *
 * Twice: refused, the file is in use. At once: N+1 and N+2, by the lock on the transaction and the unique key on number and
 * document. Half: one transaction.
 * @throws Refusal `NOT_FOUND`, `LOOP_ENDED`, `FILE_UNKNOWN`, `FILE_IN_USE`, `DOCUMENT_ARCHIVED`, `DOCUMENT_SIGNED`,
 * `VERSION_IN_SIGNING`
 */
export function addVersion(
  db: Db,
  input: NewVersion,
  files: RequireFile = requireFile,
): Promise<DocumentVersion> {
  return inTransaction(db, async (tx) => {
    const { loop, record: before } = await lockedDocument(tx, input.documentId);
    requireOpen(loop, { afterClosing: true });
    if (before.status === 'ARCHIVED')
      throw new Refusal(
        'conflict',
        'DOCUMENT_ARCHIVED',
        `"${before.filename}" is archived.`,
        'Add a new document.',
      );
    if (before.status === 'SIGNED')
      throw new Refusal(
        'conflict',
        'DOCUMENT_SIGNED',
        `"${before.filename}" is signed by all.`,
        'Add an amendment as a document of its own.',
      );
    const awaited = await isAwaited(tx, before.id);
    if (!input.supersede && (awaited || (await isSignedNow(tx, before))))
      throw new Refusal(
        'conflict',
        'VERSION_IN_SIGNING',
        `Version ${before.version} of "${before.filename}" is signed by some or out for signature.`,
        'Send "supersede": true to end those requests and ask again for the new version; signatures given are kept.',
      );
    const file = await unusedFile(tx, input.storageKey, files);
    if (awaited) {
      const reason = `Version ${before.version + 1} of "${before.filename}" takes the place of version ${before.version}.`;
      await endOpenRequests(tx, { loopId: loop.id, documentId: before.id }, reason);
    }
    const after = await tx.document.update({
      where: keyOf(tx, before.id),
      data: { ...factsOf(file), version: before.version + 1, status: 'DRAFT' },
    });
    const version = await keepVersion(tx, after, file);
    await record(tx, { action: 'UPDATED', entityType: 'document', entityId: after.id, before, after });
    await refreshProgress(tx, loop.id);
    return version;
  });
}

/** Whether somebody's signature stands on the present version, also of a request that ended since. */
async function isSignedNow(tx: Db, document: { id: string; version: number }): Promise<boolean> {
  const signed = await tx.documentSignature.findMany({
    where: { documentId: document.id, status: 'SIGNED' },
    select: { signatureData: true },
  });
  return signed.some((s) => (signedVersion(s.signatureData) ?? document.version) === document.version);
}
