import { describe, expect, it } from 'vitest';
import { readSignatureData } from './signature-data.ts';
import { cancelRequest, createRequest, sendRequest } from './signature-requests.ts';
import { decline, sign, viewSignature } from './signing.ts';
import { create, remove, update } from './testing/data-api.ts';
import { files, fixture } from './testing/fixture.ts';

const { ours, theirs, as, database, loop, document, party, sentRequest, member, moveThrough } =
  await fixture();
const db = as(ours);
const refusal = (code: string) => expect.objectContaining({ code });
const signing = (s: { id: string; signerId: string }) => ({
  signatureId: s.id,
  signerId: s.signerId,
  typedName: 'Ada Lovelace',
});
const signIt = (s: { id: string; signerId: string }, by = db) => sign(by, signing(s), files);
const refuseIt = (s: { id: string; signerId: string }) =>
  decline(db, { signatureId: s.id, signerId: s.signerId, reason: 'Too dear' });
const requestOf = (id: string) =>
  db.signatureRequest.findFirst({ where: { id }, include: { signatures: true } });

/** Lets the time of a request be over, which no rule of the application would. */
const lapse = (id: string) =>
  database.platform.query(
    `UPDATE signature_requests SET created_at = now() - interval '2 days', expires_at = now() - interval '1 day'
     WHERE id = $1`,
    [id],
  );

describe('a signature', () => {
  it('keeps mark, moment, witness, origin, and which file was signed', async () => {
    const { first, paper } = await sentRequest(db);
    const after = await signIt(first);
    expect(after).toMatchObject({ status: 'SIGNED', authMethod: 'in_person' });
    const file = await files(db, paper.storageKey);
    expect(readSignatureData(after.signatureData)).toEqual({
      typedName: 'Ada Lovelace',
      witness: ours.owner,
      document: { id: paper.id, version: 1, storageKey: file.key, sha256: file.sha256, size: '1000' },
    });
    const [entry] = await db.transactionAuditLog.findMany({
      where: { entityId: first.id, action: 'SIGNED' },
    });
    expect(entry!.newValues).toMatchObject({ document: { sha256: file.sha256, version: 1 } });
    expect(JSON.stringify(entry)).not.toContain('Ada Lovelace');
  });

  it('takes address and program from the bound client', async () => {
    const { first } = await sentRequest(db);
    const origin = { ipAddress: '192.0.2.7', userAgent: 'x'.repeat(2_000) };
    const from = Object.create(db, { $tenant: { value: { ...db.$tenant, origin } } }) as typeof db;
    // A transaction of a bound client knows its origin as the client does.
    Object.defineProperty(from, '$transaction', {
      value: (work: (tx: object) => unknown, options: object) =>
        db.$transaction(
          (tx) => work(Object.create(tx, { $tenant: { value: from.$tenant } })) as Promise<unknown>,
          options,
        ),
    });
    expect(await signIt(first, from)).toMatchObject({
      ipAddress: '192.0.2.7',
      userAgent: 'x'.repeat(1_000),
    });
  });

  it('is given once, also at once', async () => {
    const { first, request } = await sentRequest(db);
    const results = await Promise.allSettled([signIt(first), signIt(first), signIt(first)]);
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
    for (const r of results)
      if (r.status === 'rejected') expect(r.reason).toMatchObject({ code: 'ALREADY_SIGNED' });
    expect((await requestOf(request.id))!.status).toBe('SENT');
  });

  it('is not given by another signer, another organization, nor for a member by a colleague', async () => {
    const { first, second } = await sentRequest(db);
    await expect(sign(db, { ...signing(first), signerId: second.signerId }, files)).rejects.toThrow(
      refusal('SIGNER_DIFFERS'),
    );
    await expect(signIt(first, as(theirs))).rejects.toMatchObject({ kind: 'missing' });
    const { email } = (await db.loopParty.findFirst({ where: { id: first.signerId } }))!;
    const agent = await member(ours);
    await database.platform.query('UPDATE users SET email = $1 WHERE id = $2', [email, agent]);
    await expect(signIt(first)).rejects.toThrow(refusal('SIGNER_HAS_ACCOUNT'));
    const agents = sign(as(ours, agent, 'VIEWER'), { ...signing(first), mayWitness: false }, files);
    expect(await agents).toMatchObject({ authMethod: 'session' });
    await expect(sign(db, { ...signing(second), mayWitness: false }, files)).rejects.toThrow(
      refusal('WITNESS_NEEDED'),
    );
  });

  it('is a name or a picture', async () => {
    const { first } = await sentRequest(db);
    const empty = { signatureId: first.id, signerId: first.signerId };
    for (const mark of [{}, { typedName: '  ' }, { image: 'data:text/html;base64,AAAA' }])
      await expect(sign(db, { ...empty, ...mark }, files)).rejects.toThrow(refusal('SIGNATURE_EMPTY'));
    await sign(db, { ...empty, image: 'data:image/png;base64,iVBORw0KGgo=' }, files);
  });

  it('is not given on a file that the storage does not know', async () => {
    const { first } = await sentRequest(db);
    await expect(sign(db, signing(first))).rejects.toThrow(refusal('FILE_UNKNOWN'));
    expect((await db.documentSignature.findFirst({ where: { id: first.id } }))!.status).toBe('SENT');
  });

  it('is closed to the data API', async () => {
    const { first } = await sentRequest(db);
    await expect(update(db, 'DocumentSignature', first.id, { status: 'SIGNED' })).rejects.toThrow(
      refusal('WRITE_REFUSED'),
    );
  });
});

describe('a request', () => {
  it('is complete with the last signature, also when the last two come at once', async () => {
    for (let round = 0; round < 4; round++) {
      const { first, second, request, paper, loopId } = await sentRequest(db);
      await Promise.all([signIt(first), signIt(second)]);
      const after = (await requestOf(request.id))!;
      expect(after).toMatchObject({ status: 'SIGNED', completedAt: expect.any(Date) });
      expect((await db.document.findFirst({ where: { id: paper.id } }))!.status).toBe('SIGNED');
      expect((await db.transactionLoop.findFirst({ where: { id: loopId } }))!.progress).toBe(100);
      const where = { entityId: request.id, action: 'COMPLETED' };
      expect(await db.transactionAuditLog.count({ where })).toBe(1);
    }
  });

  it('declined and signed at once: the refusal stands, the rest is void', async () => {
    for (let round = 0; round < 5; round++) {
      const { first, second, request, paper } = await sentRequest(db);
      const [signed] = await Promise.allSettled([signIt(first), refuseIt(second)]);
      const after = (await requestOf(request.id))!;
      expect(after).toMatchObject({ status: 'DECLINED', completedAt: null });
      const of = (id: string) => after.signatures.find((s) => s.id === id)!;
      expect(of(second.id)).toMatchObject({ status: 'DECLINED', declineReason: 'Too dear' });
      expect(of(first.id).status).toBe(signed.status === 'fulfilled' ? 'SIGNED' : 'EXPIRED');
      expect((await db.document.findFirst({ where: { id: paper.id } }))!.status).toBe('DRAFT');
    }
  });

  it('declined and signed by the same signer at once is one of the two', async () => {
    const { first } = await sentRequest(db);
    const results = await Promise.allSettled([signIt(first), refuseIt(first)]);
    expect(results.map((r) => r.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const { status } = (await db.documentSignature.findFirst({ where: { id: first.id } }))!;
    expect(status).toBe(results[0].status === 'fulfilled' ? 'SIGNED' : 'DECLINED');
  });

  it('asks in order, and tells the requester', async () => {
    const { first, second, request } = await sentRequest(db, { signingOrder: 'SEQUENTIAL' });
    expect([first.status, second.status]).toEqual(['SENT', 'PENDING']);
    await expect(signIt(second)).rejects.toThrow(refusal('NOT_YOUR_TURN'));
    await expect(refuseIt(second)).rejects.toThrow(refusal('NOT_YOUR_TURN'));
    await signIt(first);
    expect((await db.documentSignature.findFirst({ where: { id: second.id } }))!.status).toBe('SENT');
    await signIt(second);
    const notices = await db.notification.findMany({
      where: { dedupeKey: { startsWith: `signature-request:${request.id}` } },
    });
    expect(notices.map((n) => n.dedupeKey!.split(':').slice(2).join(':')).toSorted()).toEqual([
      'out:1',
      'out:2',
      'signed',
    ]);
  });

  it('is viewed when its first signer looks', async () => {
    const { first, second, request } = await sentRequest(db);
    const look = (s: typeof first) => viewSignature(db, { signatureId: s.id, signerId: s.signerId });
    expect((await look(first)).status).toBe('VIEWED');
    await look(first);
    await look(second);
    expect((await requestOf(request.id))!.status).toBe('VIEWED');
    const where = { entityId: first.id, action: 'VIEWED' };
    expect(await db.transactionAuditLog.count({ where })).toBe(1);
  });

  it('is signed neither before it is sent nor after its time nor when it was cancelled', async () => {
    const { loopId, parties, paper, first, request } = await sentRequest(db);
    const draft = await createRequest(db, {
      loopId,
      title: 'Draft',
      signingOrder: 'PARALLEL',
      documentIds: [paper.id],
      signers: [{ partyId: parties[0]!.id }],
    });
    await expect(signIt(draft.signatures[0]!)).rejects.toThrow(refusal('REQUEST_NOT_SENT'));
    await cancelRequest(db, { requestId: draft.id, reason: 'Not needed' });
    await expect(signIt(draft.signatures[0]!)).rejects.toThrow(refusal('REQUEST_ENDED'));
    await expect(sendRequest(db, { requestId: draft.id })).rejects.toThrow(refusal('REQUEST_ENDED'));
    await lapse(request.id);
    await expect(signIt(first)).rejects.toThrow(refusal('REQUEST_EXPIRED'));
  });

  it('is made of documents and signers of its own transaction who may sign', async () => {
    const { id } = await loop(db);
    const elsewhere = await sentRequest(db);
    const paper = await document(db, id);
    const signer = await party(db, id);
    const base = {
      loopId: id,
      title: 'Sign',
      signingOrder: 'PARALLEL' as const,
      documentIds: [paper.id],
      signers: [{ partyId: signer.id }],
    };
    const ask = (more: object, by = db) => createRequest(by, { ...base, ...more });
    await expect(ask({ documentIds: [elsewhere.paper.id] })).rejects.toMatchObject({ kind: 'missing' });
    await expect(ask({ signers: [{ partyId: elsewhere.parties[0]!.id }] })).rejects.toMatchObject({
      kind: 'missing',
    });
    await expect(ask({}, as(theirs))).rejects.toMatchObject({ kind: 'missing' });
    await expect(ask({ signers: [...base.signers, ...base.signers] })).rejects.toThrow(
      refusal('SIGNER_TWICE'),
    );
    await expect(ask({ expiresAt: new Date(0) })).rejects.toThrow(refusal('EXPIRY_PAST'));
    const viewer = await party(db, id, { permissions: ['VIEW'] });
    await expect(ask({ signers: [{ partyId: viewer.id }] })).rejects.toThrow(refusal('PARTY_CANNOT_SIGN'));
    expect(await db.signatureRequest.count({ where: { loopId: id } })).toBe(0);
  });

  it('is changed by the data API before it is sent, and then in its time alone', async () => {
    const { request } = await sentRequest(db);
    await expect(update(db, 'SignatureRequest', request.id, { title: 'Else' })).rejects.toThrow(
      refusal('REQUEST_SENT'),
    );
    await expect(update(db, 'SignatureRequest', request.id, { status: 'SIGNED' })).rejects.toThrow(
      refusal('FIELD_CLOSED'),
    );
    await expect(remove(db, 'SignatureRequest', request.id)).rejects.toThrow(refusal('REQUEST_SENT'));
    await expect(update(db, 'SignatureRequest', request.id, { expiresAt: new Date(0) })).rejects.toThrow(
      refusal('EXPIRY_PAST'),
    );
    const expiresAt = new Date(Date.now() + 86_400_000);
    expect(await update(db, 'SignatureRequest', request.id, { expiresAt })).toMatchObject({ expiresAt });
    await expect(create(db, 'SignatureRequest', {})).rejects.toThrow(refusal('WRITE_REFUSED'));
  });

  it('is deleted before it is sent, with what it asked for, and is told by the log', async () => {
    const { loopId, parties, paper } = await sentRequest(db);
    const { id } = await createRequest(db, {
      loopId,
      title: 'Second thoughts',
      signingOrder: 'PARALLEL',
      documentIds: [paper.id],
      signers: [{ partyId: parties[0]!.id }],
    });
    await remove(db, 'SignatureRequest', id);
    expect(await db.documentSignature.count({ where: { requestId: id } })).toBe(0);
    const where = { entityId: loopId, action: 'PART_DELETED' };
    expect(await db.transactionAuditLog.findMany({ where })).toMatchObject([
      { oldValues: { entityId: id, title: 'Second thoughts' } },
    ]);
  });

  it('goes with a draft of a transaction, unless somebody has signed', async () => {
    const unsigned = await sentRequest(db);
    await remove(db, 'TransactionLoop', unsigned.loopId);
    expect(await requestOf(unsigned.request.id)).toBeNull();
    const signed = await sentRequest(db);
    await signIt(signed.first);
    await expect(remove(db, 'TransactionLoop', signed.loopId)).rejects.toThrow(refusal('LOOP_SIGNED'));
  });

  it('ends with its transaction', async () => {
    const { loopId, first, request } = await sentRequest(db);
    await moveThrough(db, loopId, 'CANCELLED');
    await expect(signIt(first)).rejects.toThrow(refusal('LOOP_ENDED'));
    expect((await requestOf(request.id))!.status).toBe('EXPIRED');
  });
});
