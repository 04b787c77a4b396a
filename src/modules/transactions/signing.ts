import { type Db, inTransaction } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { DocumentSignature, SignatureRequest } from '../../generated/prisma/client.ts';
import { originOf, record } from './audit.ts';
import { actor, keyOf, lockedWithLoop, requireOpen } from './loop-lock.ts';
import { membersByEmail, tell } from './notices.ts';
import { requireSigner } from './parties.ts';
import { refreshProgress } from './progress.ts';
import { writeSignatureData } from './signature-data.ts';
import { askNext, requireAwaited } from './signature-requests.ts';
import { isComplete, turnOf } from './signing-order.ts';
import { type RequireFile, requireFile } from './stored-file.ts';
import { endRequest } from './voiding.ts';

/** Which signature is meant, and who is there. */
export interface Turn {
  readonly signatureId: string;
  /** The party who is there, identified by the member; must be the one that the signature names. */
  readonly signerId: string;
  /** False for a member who may sign for themselves, but not be the witness of another; true unless told. */
  readonly mayWitness?: boolean;
}

export interface Signing extends Turn {
  readonly typedName?: string | undefined;
  /** A PNG as data URL. */
  readonly image?: string | undefined;
}

/**
 * Opens a document for its signer: SENT becomes VIEWED, of the signature and, the first time, of the request.
 * A second time changes nothing.
 * @throws Refusal as {@link sign}
 */
export function viewSignature(db: Db, input: Turn) {
  return inTransaction(db, async (tx): Promise<DocumentSignature> => {
    const { signature, request } = await ready(tx, input);
    if (signature.status === 'VIEWED') return signature;
    const after = await tx.documentSignature.update({
      where: keyOf(tx, signature.id),
      data: { status: 'VIEWED' },
    });
    if (request.status === 'SENT')
      await tx.signatureRequest.update({ where: keyOf(tx, request.id), data: { status: 'VIEWED' } });
    await record(tx, {
      action: 'VIEWED',
      entityType: 'document_signature',
      entityId: signature.id,
      before: signature,
      after,
    });
    return after;
  });
}

/**
 * Signs one document, for good: name or image, address, program, way of identification, moment, and which version with
 * which digest was signed. The last signature of a request completes it and makes its documents SIGNED; before that,
 * those whose turn comes are asked. Parties with an account sign themselves; others in the presence of a member.
 *
 * Twice: refused, `ALREADY_SIGNED`. At once with another signature, a refusal to sign, or the end of the request: one after
 * the other by the lock on the transaction, and the later meets what the earlier left. Half: one transaction.
 * @throws Refusal `NOT_FOUND`, `LOOP_ENDED`, `REQUEST_ENDED`, `REQUEST_NOT_SENT`, `REQUEST_EXPIRED`, `SIGNER_DIFFERS`,
 * `SIGNER_HAS_ACCOUNT`, `WITNESS_NEEDED`, `ALREADY_SIGNED`, `NOT_YOUR_TURN`, `SIGNATURE_EMPTY`, `PARTY_GONE`, `PARTY_CANNOT_SIGN`, `FILE_UNKNOWN`
 */
export function sign(db: Db, input: Signing, files: RequireFile = requireFile): Promise<DocumentSignature> {
  return inTransaction(db, async (tx) => {
    const { signature, request, authMethod } = await ready(tx, input);
    const mark = requireMark(input);
    const { document } = signature;
    const file = await files(tx, document.storageKey);
    const signed = {
      id: document.id,
      version: document.version,
      storageKey: file.key,
      sha256: file.sha256,
      size: String(file.size),
    };
    const witness = authMethod === 'in_person' ? { witness: actor(tx) } : {};
    const { ipAddress, userAgent } = originOf(tx);
    const after = await tx.documentSignature.update({
      where: keyOf(tx, signature.id),
      data: {
        status: 'SIGNED',
        signedAt: new Date(),
        signatureData: writeSignatureData({ ...mark, document: signed, ...witness }),
        ipAddress: ipAddress ?? null,
        userAgent: userAgent ?? null,
        authMethod,
      },
    });
    await record(tx, {
      action: 'SIGNED',
      entityType: 'document_signature',
      entityId: signature.id,
      before: { status: signature.status },
      after: { status: after.status },
      note: { document: signed, signer: signature.signer.name, authMethod },
    });
    await proceed(tx, request);
    await refreshProgress(tx, request.loopId);
    return after;
  });
}

/**
 * Refuses to sign. The request becomes DECLINED; what is missing in it is void, what was signed stays.
 * Twice: refused, the request has ended. At once with a signature: see {@link sign}.
 * @throws Refusal as {@link sign}
 */
export function decline(db: Db, input: Turn & { readonly reason: string }) {
  return inTransaction(db, async (tx): Promise<DocumentSignature> => {
    const { signature, request } = await ready(tx, input);
    const after = await tx.documentSignature.update({
      where: keyOf(tx, signature.id),
      data: { status: 'DECLINED', declineReason: input.reason },
    });
    await record(tx, {
      action: 'DECLINED',
      entityType: 'document_signature',
      entityId: signature.id,
      before: signature,
      after,
    });
    await endRequest(tx, request, 'DECLINED', 'DECLINED', input.reason);
    await tell(tx, [request.requestedById], {
      loopId: request.loopId,
      title: `Declined: ${request.title}`,
      message: `${signature.signer.name} does not sign "${signature.document.filename}": ${input.reason}`,
      key: `signature-request:${request.id}:declined`,
      kind: 'WARNING',
    });
    await refreshProgress(tx, request.loopId);
    return after;
  });
}

/** Everything that must hold before a party looks at, signs or declines a document. */
async function ready(tx: Db, { signatureId, signerId, mayWitness = true }: Turn) {
  const { loop, record: signature } = await lockedWithLoop(tx, 'signature', () =>
    tx.documentSignature.findFirst({
      where: { id: signatureId },
      include: { signer: true, document: true, request: { include: { signatures: true } } },
    }),
  );
  const { request, signer } = signature;
  requireOpen(loop);
  if (signature.status === 'SIGNED')
    throw refuse('ALREADY_SIGNED', `${signer.name} has signed this already.`, 'A signature is final.');
  requireAwaited(request);
  if (request.status === 'PENDING')
    throw refuse('REQUEST_NOT_SENT', `The request "${request.title}" is not sent yet.`, 'Send it first.');
  if (request.expiresAt && request.expiresAt.getTime() <= Date.now())
    throw refuse(
      'REQUEST_EXPIRED',
      `The time to sign "${request.title}" is over.`,
      'Ask for a new signature request.',
    );
  if (signerId !== signature.signerId)
    throw new Refusal(
      'forbidden',
      'SIGNER_DIFFERS',
      `This is for ${signer.name} to sign.`,
      'Choose the signature of the party who is there.',
    );
  requireSigner(signer);
  if (!turnOf(request.signingOrder, request.signatures).some((s) => s.id === signatureId))
    throw refuse('NOT_YOUR_TURN', `Others sign before ${signer.name}.`, 'Wait until they have signed.');
  return { loop, signature, request, authMethod: await authMethodOf(tx, signer, mayWitness) };
}

/** A party with an account signs in and signs; for another, the member who acts is the witness. */
async function authMethodOf(tx: Db, signer: { name: string; email: string }, mayWitness: boolean) {
  const member = (await membersByEmail(tx, [signer.email])).get(signer.email.toLowerCase());
  if (member === undefined && mayWitness) return 'in_person';
  if (member === actor(tx)) return 'session';
  if (member === undefined)
    throw new Refusal(
      'forbidden',
      'WITNESS_NEEDED',
      `${signer.name} signs in the presence of a member who may write transactions.`,
      'Ask such a member, or an admin for the permission "transactions:write".',
    );
  throw new Refusal(
    'forbidden',
    'SIGNER_HAS_ACCOUNT',
    `${signer.name} is a member and signs with an own account.`,
    'Let the signer sign in.',
  );
}

async function proceed(tx: Db, request: SignatureRequest): Promise<void> {
  const all = await tx.documentSignature.findMany({ where: { requestId: request.id } });
  if (!isComplete(all)) return askNext(tx, request);
  const after = await tx.signatureRequest.update({
    where: keyOf(tx, request.id),
    data: { status: 'SIGNED', completedAt: new Date() },
  });
  await record(tx, {
    action: 'COMPLETED',
    entityType: 'signature_request',
    entityId: request.id,
    before: { status: request.status, completedAt: null },
    after: { status: after.status, completedAt: after.completedAt },
  });
  const documents = await tx.document.findMany({
    where: { id: { in: [...new Set(all.map((s) => s.documentId))] }, status: { not: 'SIGNED' } },
    orderBy: { id: 'asc' },
  });
  for (const document of documents) {
    await tx.document.update({ where: keyOf(tx, document.id), data: { status: 'SIGNED' } });
    await record(tx, {
      action: 'STATUS_CHANGED',
      entityType: 'document',
      entityId: document.id,
      before: { status: document.status },
      after: { status: 'SIGNED' },
    });
  }
  await tell(tx, [request.requestedById], {
    loopId: request.loopId,
    title: `Signed by all: ${request.title}`,
    message: `${all.length} signatures on ${new Set(all.map((s) => s.documentId)).size} documents are complete.`,
    key: `signature-request:${request.id}:signed`,
    kind: 'SUCCESS',
  });
}

const IMAGE = /^data:image\/png;base64,[A-Za-z0-9+/]+={0,2}$/;

function requireMark({ typedName, image }: Signing) {
  const name = typedName?.trim();
  if (
    (name || image) &&
    (name?.length ?? 0) <= 255 &&
    (!image || (image.length <= 400_000 && IMAGE.test(image)))
  )
    return { ...(name ? { typedName: name } : {}), ...(image ? { image } : {}) };
  throw new Refusal(
    'invalid',
    'SIGNATURE_EMPTY',
    'A signature is a typed name, a drawn image, or both.',
    'Give "typedName" of at most 255 characters or "image" as data URL of a PNG.',
    { fields: [{ field: 'typedName', code: 'SIGNATURE_EMPTY', message: 'or image is needed' }] },
  );
}

const refuse = (code: string, message: string, hint: string) => new Refusal('conflict', code, message, hint);
