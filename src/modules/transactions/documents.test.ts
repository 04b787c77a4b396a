import { describe, expect, it } from 'vitest';
import { addDocument, moveDocument } from './documents.ts';
import { readSignatureData } from './signature-data.ts';
import { decline, sign } from './signing.ts';
import { create, remove, update } from './testing/data-api.ts';
import { files, fixture } from './testing/fixture.ts';
import { addVersion } from './versions.ts';

const { ours, theirs, as, key, loop, document, sentRequest, moveThrough } = await fixture();
const db = as(ours);
const refusal = (code: string) => expect.objectContaining({ code });
const version = (documentId: string, more = {}) =>
  addVersion(db, { documentId, storageKey: key(ours), ...more }, files);
const found = (id: string) => db.document.findFirst({ where: { id } });

describe('a document', () => {
  it('is the uploaded file, as version 1 and draft', async () => {
    const { id } = await loop(db);
    const storageKey = key(ours);
    const made = await addDocument(db, { loopId: id, storageKey, category: 'contract' }, files);
    expect(made).toMatchObject({ version: 1, status: 'DRAFT', storageKey, fileSize: 1_000n });
    expect(await db.documentVersion.findMany({ where: { documentId: made.id } })).toMatchObject([
      { versionNumber: 1, storageKey, createdById: ours.owner },
    ]);
    await expect(addDocument(db, { loopId: id, storageKey }, files)).rejects.toThrow(refusal('FILE_IN_USE'));
  });

  it('is not made of a file that does not exist, nor past its route', async () => {
    const { id } = await loop(db);
    await expect(addDocument(db, { loopId: id, storageKey: key(ours) })).rejects.toThrow(
      refusal('FILE_UNKNOWN'),
    );
    await expect(create(db, 'Document', { loopId: id })).rejects.toThrow(refusal('WRITE_REFUSED'));
    const made = await document(db, id);
    for (const field of ['version', 'storageKey', 'status', 'fileSize', 'loopId'])
      await expect(update(db, 'Document', made.id, { [field]: 1 })).rejects.toThrow(refusal('FIELD_CLOSED'));
    expect(await update(db, 'Document', made.id, { filename: 'B.pdf' })).toMatchObject({ filename: 'B.pdf' });
  });

  it('of another organization is missing', async () => {
    const made = await document(db, (await loop(db)).id);
    const other = as(theirs);
    const attempts = [
      () => moveDocument(other, { documentId: made.id, status: 'PENDING' }),
      () => addVersion(other, { documentId: made.id, storageKey: key(theirs) }, files),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ kind: 'missing' });
    expect(await found(made.id)).toMatchObject({ version: 1, status: 'DRAFT' });
  });

  it('is deleted as a draft alone, with its versions', async () => {
    const { id } = await loop(db);
    const [one, other] = [await document(db, id), await document(db, id)];
    await version(one.id);
    await remove(db, 'Document', one.id);
    expect(await db.documentVersion.count({ where: { documentId: one.id } })).toBe(0);
    await moveDocument(db, { documentId: other.id, status: 'PENDING' });
    await expect(remove(db, 'Document', other.id)).rejects.toThrow(refusal('DOCUMENT_NOT_DRAFT'));
  });

  it('becomes SIGNED by signatures alone', async () => {
    const made = await document(db, (await loop(db)).id);
    await expect(moveDocument(db, { documentId: made.id, status: 'SIGNED' })).rejects.toThrow(
      refusal('STATUS_NOT_ALLOWED'),
    );
  });

  it('is not added to a cancelled transaction', async () => {
    const { id } = await loop(db);
    await moveThrough(db, id, 'CANCELLED');
    await expect(document(db, id)).rejects.toThrow(refusal('LOOP_ENDED'));
  });
});

describe('a version', () => {
  it('takes the next number and puts the document back to draft', async () => {
    const made = await document(db, (await loop(db)).id);
    await moveDocument(db, { documentId: made.id, status: 'PENDING' });
    const next = await version(made.id);
    expect(next.versionNumber).toBe(2);
    expect(await found(made.id)).toMatchObject({
      version: 2,
      status: 'DRAFT',
      storageKey: next.storageKey,
    });
  });

  it('at once with others gets numbers without gap or repetition', async () => {
    const made = await document(db, (await loop(db)).id);
    const versions = await Promise.all(Array.from({ length: 6 }, () => version(made.id)));
    expect(versions.map((v) => v.versionNumber).toSorted()).toEqual([2, 3, 4, 5, 6, 7]);
    const last = versions.find((v) => v.versionNumber === 7)!;
    expect(await found(made.id)).toMatchObject({ version: 7, storageKey: last.storageKey });
  });

  it('of the same file at once is one', async () => {
    const made = await document(db, (await loop(db)).id);
    const storageKey = key(ours);
    const add = () => addVersion(db, { documentId: made.id, storageKey }, files);
    const results = await Promise.allSettled([add(), add()]);
    expect(results.map((r) => r.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await found(made.id)).toMatchObject({ version: 2 });
  });

  it('does not come under the pen, unless it supersedes the request; the signature given stays', async () => {
    const { paper, first, second, request } = await sentRequest(db);
    await sign(db, { signatureId: first.id, signerId: first.signerId, typedName: 'A' }, files);
    await expect(version(paper.id)).rejects.toThrow(refusal('VERSION_IN_SIGNING'));
    await version(paper.id, { supersede: true });
    const signatures = await db.documentSignature.findMany({ where: { requestId: request.id } });
    const of = (id: string) => signatures.find((s) => s.id === id)!;
    expect(of(second.id).status).toBe('EXPIRED');
    expect(of(first.id).status).toBe('SIGNED');
    expect(readSignatureData(of(first.id).signatureData)!.document).toMatchObject({
      version: 1,
      storageKey: paper.storageKey,
    });
    // The signature is on version 1; nothing holds version 2.
    expect((await version(paper.id)).versionNumber).toBe(3);
  });

  it('follows a refusal to sign by supersede', async () => {
    const { paper, first, second } = await sentRequest(db);
    await sign(db, { signatureId: first.id, signerId: first.signerId, typedName: 'A' }, files);
    await decline(db, { signatureId: second.id, signerId: second.signerId, reason: 'Price' });
    await expect(version(paper.id)).rejects.toThrow(refusal('VERSION_IN_SIGNING'));
    expect((await version(paper.id, { supersede: true })).versionNumber).toBe(2);
  });

  it('is never added to a document signed by all', async () => {
    const { paper, first, second } = await sentRequest(db);
    for (const s of [first, second])
      await sign(db, { signatureId: s.id, signerId: s.signerId, typedName: 'A' }, files);
    await expect(version(paper.id, { supersede: true })).rejects.toThrow(refusal('DOCUMENT_SIGNED'));
  });

  it('and a signature at once: the signature names the version that was there', async () => {
    for (let round = 0; round < 5; round++) {
      const { paper, first, request } = await sentRequest(db);
      const [signed] = await Promise.allSettled([
        sign(db, { signatureId: first.id, signerId: first.signerId, typedName: 'A' }, files),
        version(paper.id, { supersede: true }),
      ]);
      const row = (await db.documentSignature.findFirst({ where: { id: first.id } }))!;
      expect(row.status).toBe(signed.status === 'fulfilled' ? 'SIGNED' : 'EXPIRED');
      if (row.signatureData) expect(readSignatureData(row.signatureData)!.document.version).toBe(1);
      expect(await db.signatureRequest.findFirst({ where: { id: request.id } })).toMatchObject({
        status: 'EXPIRED',
      });
    }
  });
});
