import { type Db, inTransaction } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { DocumentSignature, SignatureRequest, SigningOrder } from '../../generated/prisma/client.ts';
import { record } from './audit.ts';
import { actor, keyOf, lockedWithLoop, lockLoop, missing, requireOpen } from './loop-lock.ts';
import { membersByEmail, tell } from './notices.ts';
import { requireSigner } from './parties.ts';
import { refreshProgress } from './progress.ts';
import { turnOf } from './signing-order.ts';
import { AWAITED, endRequest } from './voiding.ts';

export interface NewRequest {
  readonly loopId: string;
  readonly title: string;
  readonly message?: string | null | undefined;
  readonly signingOrder: SigningOrder;
  readonly expiresAt?: Date | null | undefined;
  readonly documentIds: readonly string[];
  /** Position 1 to 99 of a SEQUENTIAL request: the place in this list unless told; equal ones sign together. */
  readonly signers: readonly { readonly partyId: string; readonly position?: number | undefined }[];
}

export type RequestWithSignatures = SignatureRequest & { signatures: DocumentSignature[] };

/**
 * Prepares a request that each signer signs each document. Nobody is told before it is sent.
 *
 * Twice: two requests, which the user sees and may delete; an idempotency key prevents it. Half: one transaction.
 * @throws Refusal `NOT_FOUND`, `LOOP_ENDED`, `EXPIRY_PAST`, `SIGNER_TWICE`, `DOCUMENT_NOT_SIGNABLE`, `PARTY_GONE`, `PARTY_CANNOT_SIGN`
 */
export function createRequest(db: Db, input: NewRequest): Promise<RequestWithSignatures> {
  return inTransaction(db, async (tx) => {
    const { loopId, signers } = input;
    requireOpen(await lockLoop(tx, loopId));
    requireFuture(input.expiresAt);
    const documentIds = [...new Set(input.documentIds)];
    if (new Set(signers.map((s) => s.partyId)).size < signers.length)
      throw new Refusal(
        'invalid',
        'SIGNER_TWICE',
        'A signer is named twice.',
        'Name each once; a request asks each for every document.',
        { fields: [{ field: 'signers', code: 'SIGNER_TWICE', message: 'names somebody twice' }] },
      );
    await requireSignable(tx, loopId, documentIds);
    const parties = await tx.loopParty.findMany({
      where: { loopId, id: { in: signers.map((s) => s.partyId) } },
    });
    if (parties.length < signers.length) throw missing('party of this transaction');
    parties.forEach(requireSigner);
    const request = await tx.signatureRequest.create({
      data: {
        loopId,
        title: input.title,
        message: input.message ?? null,
        signingOrder: input.signingOrder,
        expiresAt: input.expiresAt ?? null,
        requestedById: actor(tx),
      },
    });
    const rows = signers.flatMap(({ partyId, position }, index) =>
      documentIds.map((documentId) => ({
        loopId,
        requestId: request.id,
        documentId,
        signerId: partyId,
        signingPosition: input.signingOrder === 'PARALLEL' ? 1 : (position ?? index + 1),
      })),
    );
    await tx.documentSignature.createMany({ data: rows });
    await record(tx, {
      action: 'CREATED',
      entityType: 'signature_request',
      entityId: request.id,
      after: request,
      note: { documentIds, signerIds: signers.map((s) => s.partyId) },
    });
    await refreshProgress(tx, loopId);
    return withSignatures(tx, request.id);
  });
}

/**
 * Sends a request: those whose turn it is are asked, and members among them and the requester are told. A second time
 * changes nothing.
 * @throws Refusal `NOT_FOUND`, `LOOP_ENDED`, `REQUEST_ENDED`, `EXPIRY_PAST`, `DOCUMENT_NOT_SIGNABLE`, `PARTY_GONE`, `PARTY_CANNOT_SIGN`
 */
export function sendRequest(db: Db, { requestId }: { requestId: string }): Promise<RequestWithSignatures> {
  return inTransaction(db, async (tx) => {
    const { loop, record: request } = await lockedRequest(tx, requestId);
    if (request.status === 'SENT' || request.status === 'VIEWED') return withSignatures(tx, requestId);
    requireOpen(loop);
    requireAwaited(request);
    requireFuture(request.expiresAt);
    const signatures = await tx.documentSignature.findMany({
      where: { requestId },
      include: { signer: true },
    });
    signatures.forEach((s) => {
      requireSigner(s.signer);
    });
    await requireSignable(tx, loop.id, [...new Set(signatures.map((s) => s.documentId))]);
    const after = await tx.signatureRequest.update({ where: keyOf(tx, requestId), data: { status: 'SENT' } });
    await record(tx, {
      action: 'SENT',
      entityType: 'signature_request',
      entityId: requestId,
      before: request,
      after,
    });
    await askNext(tx, after);
    return withSignatures(tx, requestId);
  });
}

/** Asks those whose turn it now is and who were not asked yet. The caller has locked the transaction. */
export async function askNext(tx: Db, request: SignatureRequest): Promise<void> {
  const all = await tx.documentSignature.findMany({
    where: { requestId: request.id },
    include: { signer: { select: { email: true } } },
  });
  const asked = turnOf(request.signingOrder, all).filter((s) => s.status === 'PENDING');
  if (asked.length === 0) return;
  await tx.documentSignature.updateMany({
    where: { id: { in: asked.map((s) => s.id) } },
    data: { status: 'SENT' },
  });
  const members = await membersByEmail(tx, [...new Set(asked.map((s) => s.signer.email))]);
  const position = asked[0]!.signingPosition;
  await tell(tx, members.values(), {
    loopId: request.loopId,
    title: `Please sign: ${request.title}`,
    message: request.message || 'Documents of a transaction wait for your signature.',
    key: `signature-request:${request.id}:ask:${position}`,
  });
  await tell(tx, [request.requestedById], {
    loopId: request.loopId,
    title: `Out for signature: ${request.title}`,
    message: `${new Set(asked.map((s) => s.signerId)).size} signers are asked now.`,
    key: `signature-request:${request.id}:out:${position}`,
  });
}

/**
 * Calls a request back: it and the signatures that are missing become EXPIRED, those given stay. A request that was never
 * sent may also be deleted. A second time changes nothing.
 * @throws Refusal `NOT_FOUND`, `REQUEST_ENDED` where it is signed or declined
 */
export function cancelRequest(
  db: Db,
  { requestId, reason }: { requestId: string; reason: string },
): Promise<RequestWithSignatures> {
  return inTransaction(db, async (tx) => {
    const { loop, record: request } = await lockedRequest(tx, requestId);
    if (request.status !== 'EXPIRED') {
      requireAwaited(request);
      await endRequest(tx, request, 'EXPIRED', 'CANCELLED', reason);
      await refreshProgress(tx, loop.id);
    }
    return withSignatures(tx, requestId);
  });
}

export function lockedRequest(tx: Db, id: string) {
  return lockedWithLoop(tx, 'signature request', () => tx.signatureRequest.findFirst({ where: { id } }));
}

/** @throws Refusal `REQUEST_ENDED` */
export function requireAwaited(request: SignatureRequest): void {
  if (AWAITED.includes(request.status)) return;
  throw new Refusal(
    'conflict',
    'REQUEST_ENDED',
    `The request "${request.title}" is ${request.status}.`,
    'Make a new request where signatures are still needed.',
  );
}

/** @throws Refusal `EXPIRY_PAST` */
export function requireFuture(expiresAt: Date | null | undefined): void {
  if (!expiresAt || expiresAt.getTime() > Date.now()) return;
  throw new Refusal(
    'invalid',
    'EXPIRY_PAST',
    'The request would be over before anybody could sign.',
    'Choose a moment to come for expiresAt, or none.',
    { fields: [{ field: 'expiresAt', code: 'EXPIRY_PAST', message: 'is past' }] },
  );
}

async function requireSignable(tx: Db, loopId: string, ids: readonly string[]): Promise<void> {
  const documents = await tx.document.findMany({
    where: { loopId, id: { in: [...ids] } },
    select: { filename: true, status: true },
  });
  if (documents.length < ids.length) throw missing('document of this transaction');
  const over = documents.find((d) => d.status === 'ARCHIVED' || d.status === 'SIGNED');
  if (over)
    throw new Refusal(
      'conflict',
      'DOCUMENT_NOT_SIGNABLE',
      `"${over.filename}" is ${over.status}.`,
      'Ask for signatures on documents that are neither signed nor archived.',
    );
}

async function withSignatures(tx: Db, id: string): Promise<RequestWithSignatures> {
  return tx.signatureRequest.findUniqueOrThrow({
    where: keyOf(tx, id),
    include: { signatures: { orderBy: [{ signingPosition: 'asc' }, { id: 'asc' }] } },
  });
}
