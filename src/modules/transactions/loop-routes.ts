import { LoopStatus, PartyRole } from '../../generated/prisma/client.ts';
import { type AnyRoute, answer, recordOf, route, z } from '../../http/index.ts';
import { loopHistory } from './history.ts';
import { moveLoop } from './loops.ts';
import { loopOverview } from './overview.ts';
import { inviteParty, joinParty, PARTY_PERMISSIONS, removeParty } from './parties.ts';
import { startWorkflow } from './workflows.ts';

export const ofLoop = z.object({ loopId: z.uuid() });
/** A calendar day; UTC midnight within. */
const day = z.iso.date().transform((text) => new Date(`${text}T00:00:00Z`));

const ENDED = { LOOP_ENDED: 'The transaction is closed, cancelled or archived.' };

export const loopRoutes: readonly AnyRoute[] = [
  route({
    method: 'post',
    path: '/loops/{loopId}/status',
    operationId: 'moveLoop',
    summary: 'Move a transaction to another status',
    description:
      'CLOSED wants a closing day, no open task (those of LOW priority are optional) and no open signature request; an admin may force it with a reason.',
    permission: 'transactions:write',
    params: ofLoop,
    body: z.strictObject({
      status: z.enum(LoopStatus),
      actualClosing: day.optional(),
      force: z.boolean().optional(),
      reason: z.string().min(1).max(1_000).optional(),
    }),
    answers: { 200: { description: 'The transaction', schema: recordOf('TransactionLoop') } },
    refusals: {
      STATUS_NOT_ALLOWED: 'This status does not follow the present one.',
      LOOP_NOT_READY: 'Tasks or signature requests are open.',
      FORCE_NEEDS_ADMIN: 'Only an admin closes by force.',
      REASON_MISSING: 'Force wants a reason.',
      CLOSING_DAY_MISSING: 'A transaction closes on a day.',
      CLOSING_DAY_AHEAD: 'The closing day is still to come.',
    },
    handler: ({ db, params, body }) => moveLoop(db, { ...params, ...body }),
  }),
  route({
    method: 'get',
    path: '/loops/{loopId}/overview',
    operationId: 'getLoopOverview',
    summary: 'Everything about a transaction on one page',
    permission: 'transactions:read',
    params: ofLoop,
    answers: {
      200: {
        description: 'Parties, documents, requests with signatures, tasks, workflows and the next deadlines',
        schema: z.object({
          loop: recordOf('TransactionLoop'),
          parties: z.array(recordOf('LoopParty')),
          documents: z.array(recordOf('Document')),
          signatureRequests: z.array(z.looseObject({ id: z.uuid() })),
          tasks: z.array(recordOf('TransactionTask')),
          workflows: z.array(recordOf('Workflow')),
          workload: z.object({ total: z.int(), done: z.int() }),
          deadlines: z.array(
            z.object({
              kind: z.enum(['task', 'signature', 'closing']),
              id: z.uuid(),
              title: z.string(),
              due: z.string().describe('A day as YYYY-MM-DD; of a signature request the moment.'),
              overdue: z.boolean(),
            }),
          ),
        }),
      },
    },
    handler: ({ db, params }) => loopOverview(db, params.loopId),
  }),
  route({
    method: 'get',
    path: '/loops/{loopId}/audit',
    operationId: 'listLoopAudit',
    summary: 'The log of a transaction and of everything in it, newest first',
    permission: 'transactions:read',
    params: ofLoop,
    query: z.object({
      cursor: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answers: {
      200: {
        description: 'A page of entries',
        schema: z.object({
          data: z.array(recordOf('TransactionAuditLog')),
          nextCursor: z.uuid().nullable(),
        }),
      },
    },
    handler: ({ db, params, query }) => loopHistory(db, { ...params, ...query }),
  }),
  route({
    method: 'post',
    path: '/loops/{loopId}/parties',
    operationId: 'inviteParty',
    summary: 'Invite a party',
    description: 'One who was removed from this role comes back. No mail is sent.',
    permission: 'transactions:write',
    params: ofLoop,
    body: z.strictObject({
      name: z.string().trim().min(1).max(255),
      email: z.email().max(320),
      phone: z.string().max(50).nullish(),
      role: z.enum(PartyRole),
      permissions: z.array(z.enum(PARTY_PERMISSIONS)).default(['VIEW']),
    }),
    answers: { 201: { description: 'The party', schema: recordOf('LoopParty') } },
    refusals: { ...ENDED, PARTY_THERE: 'The address has this role in the transaction already.' },
    handler: ({ db, params, body }) => inviteParty(db, { ...params, ...body }),
  }),
  route({
    method: 'post',
    path: '/parties/{partyId}/join',
    operationId: 'joinParty',
    summary: 'Note that a party has joined',
    permission: 'transactions:write',
    params: z.object({ partyId: z.uuid() }),
    answers: { 200: { description: 'The party', schema: recordOf('LoopParty') } },
    refusals: { ...ENDED, PARTY_GONE: 'The party was removed.' },
    handler: ({ db, params }) => joinParty(db, params),
  }),
  route({
    method: 'post',
    path: '/parties/{partyId}/remove',
    operationId: 'removeParty',
    summary: 'Remove a party',
    description: 'One who has signed stays as INACTIVE, others become REMOVED.',
    permission: 'transactions:write',
    params: z.object({ partyId: z.uuid() }),
    answers: { 200: { description: 'The party', schema: recordOf('LoopParty') } },
    refusals: { PARTY_MUST_SIGN: 'A signature of the party is awaited.' },
    handler: ({ db, params }) => removeParty(db, params),
  }),
  route({
    method: 'post',
    path: '/loops/{loopId}/workflows',
    operationId: 'startWorkflow',
    summary: 'Start a workflow template in a transaction',
    description: 'Makes a task of each step. 200 gives the workflow that an earlier call has started.',
    permission: 'transactions:write',
    params: ofLoop,
    body: z.strictObject({ templateId: z.uuid(), startsOn: day.optional() }),
    answers: {
      201: { description: 'The workflow', schema: recordOf('Workflow') },
      200: { description: 'The workflow, started before', schema: recordOf('Workflow') },
    },
    refusals: { ...ENDED, TEMPLATE_NEEDED: 'The workflow is no template, or archived.' },
    handler: async ({ db, params, body }) => {
      const { workflow, started } = await startWorkflow(db, { ...params, ...body });
      return started ? workflow : answer(200, workflow);
    },
  }),
];
