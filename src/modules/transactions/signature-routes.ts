import type { Principal } from '../../auth/principal.ts';
import { Refusal } from '../../errors.ts';
import { SigningOrder } from '../../generated/prisma/client.ts';
import { type AnyRoute, recordOf, route, z } from '../../http/index.ts';
import { cancelRequest, createRequest, sendRequest } from './signature-requests.ts';
import { decline, sign, viewSignature } from './signing.ts';

const ofRequest = z.object({ requestId: z.uuid() });
const ofSignature = z.object({ signatureId: z.uuid() });
const request = z.looseObject({ id: z.uuid(), signatures: z.array(recordOf('DocumentSignature')) });
const signerId = z.uuid().describe('The party who is there.');
const signature = { 200: { description: 'The signature', schema: recordOf('DocumentSignature') } };

const asking = { permission: 'signatures:request', feature: 'signatureRequests' } as const;
const SIGNERS = {
  LOOP_ENDED: 'The transaction is closed, cancelled or archived.',
  DOCUMENT_NOT_SIGNABLE: 'A document is signed or archived.',
  PARTY_GONE: 'A party was removed.',
  PARTY_CANNOT_SIGN: 'A party lacks the permission SIGN.',
  EXPIRY_PAST: 'expiresAt is past.',
};
const TURN = {
  LOOP_ENDED: 'The transaction is closed, cancelled or archived.',
  REQUEST_ENDED: 'The request is signed, declined or over.',
  REQUEST_NOT_SENT: 'The request is not sent yet.',
  REQUEST_EXPIRED: 'The time to sign is over.',
  SIGNER_DIFFERS: 'The signature is another party’s to give.',
  SIGNER_HAS_ACCOUNT: 'The signer is another member, who signs in and signs.',
  ALREADY_SIGNED: 'It is signed already.',
  NOT_YOUR_TURN: 'Others sign before.',
  WITNESS_NEEDED: 'The caller may sign for themselves, but not be a witness.',
  KEY_CANNOT_SIGN: 'A program cannot sign.',
};

export const signatureRoutes: readonly AnyRoute[] = [
  route({
    method: 'post',
    path: '/loops/{loopId}/signature-requests',
    operationId: 'createSignatureRequest',
    summary: 'Prepare a request that parties sign documents',
    ...asking,
    params: z.object({ loopId: z.uuid() }),
    body: z.strictObject({
      title: z.string().trim().min(1).max(255),
      message: z.string().max(4_000).nullish(),
      signingOrder: z.enum(SigningOrder).default('PARALLEL'),
      expiresAt: z.iso
        .datetime({ offset: true })
        .transform((text) => new Date(text))
        .nullish(),
      documentIds: z.array(z.uuid()).min(1).max(50),
      signers: z
        .array(z.strictObject({ partyId: z.uuid(), position: z.int().min(1).max(99).optional() }))
        .min(1)
        .max(50),
    }),
    answers: { 201: { description: 'The request with its signatures', schema: request } },
    refusals: { ...SIGNERS, SIGNER_TWICE: 'A signer is named twice.' },
    handler: ({ db, params, body }) => createRequest(db, { ...params, ...body }),
  }),
  route({
    method: 'post',
    path: '/signature-requests/{requestId}/send',
    operationId: 'sendSignatureRequest',
    summary: 'Send a request: those whose turn it is are asked',
    ...asking,
    params: ofRequest,
    answers: { 200: { description: 'The request with its signatures', schema: request } },
    refusals: { ...SIGNERS, REQUEST_ENDED: 'The request is signed, declined or over.' },
    handler: ({ db, params }) => sendRequest(db, params),
  }),
  route({
    method: 'post',
    path: '/signature-requests/{requestId}/cancel',
    operationId: 'cancelSignatureRequest',
    summary: 'Call a request back',
    description: 'It and what is missing in it become EXPIRED; signatures given stay.',
    permission: 'signatures:request',
    params: ofRequest,
    body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
    answers: { 200: { description: 'The request with its signatures', schema: request } },
    refusals: { REQUEST_ENDED: 'The request is signed or declined.' },
    handler: ({ db, params, body }) => cancelRequest(db, { ...params, ...body }),
  }),
  route({
    method: 'post',
    path: '/signatures/{signatureId}/view',
    operationId: 'viewSignature',
    summary: 'Open a document for its signer',
    permission: 'transactions:read',
    params: ofSignature,
    body: z.strictObject({ signerId }),
    answers: signature,
    refusals: TURN,
    handler: async ({ db, who, params, body }) =>
      viewSignature(db, { ...params, ...body, ...personally(who) }),
  }),
  route({
    method: 'post',
    path: '/signatures/{signatureId}/sign',
    operationId: 'signDocument',
    summary: 'Sign a document, for good',
    description:
      'A member signs for themselves; a party without account signs in the presence of the member who calls, who is the witness.',
    permission: 'transactions:read',
    params: ofSignature,
    body: z.strictObject({
      signerId,
      typedName: z.string().trim().min(1).max(255).optional(),
      image: z.string().max(400_000).optional().describe('A PNG as data URL.'),
    }),
    answers: signature,
    refusals: { ...TURN, SIGNATURE_EMPTY: 'Neither a name nor an image was given.' },
    handler: async ({ db, who, params, body }) => sign(db, { ...params, ...body, ...personally(who) }),
  }),
  route({
    method: 'post',
    path: '/signatures/{signatureId}/decline',
    operationId: 'declineSignature',
    summary: 'Refuse to sign; the request ends',
    permission: 'transactions:read',
    params: ofSignature,
    body: z.strictObject({ signerId, reason: z.string().trim().min(1).max(500) }),
    answers: signature,
    refusals: TURN,
    handler: async ({ db, who, params, body }) => decline(db, { ...params, ...body, ...personally(who) }),
  }),
];

/**
 * Whoever may see a transaction may sign for themselves, or a viewer could not; a witness must be able to write.
 * @throws Refusal `KEY_CANNOT_SIGN`
 */
function personally(who: Pick<Principal, 'via' | 'permissions'>): { mayWitness: boolean } {
  if (who.via === 'session') return { mayWitness: who.permissions.has('transactions:write') };
  throw new Refusal(
    'forbidden',
    'KEY_CANNOT_SIGN',
    'A program cannot sign.',
    'Sign in as a member who is with the signer.',
  );
}
