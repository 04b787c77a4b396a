import { describe, expect, it } from 'vitest';
import { type OrgRole, PERMISSIONS, permissionsOf } from '../../auth/permissions.ts';
import type { Principal } from '../../auth/principal.ts';
import type { Db } from '../../db.ts';
import { isAnswer } from '../../http/index.ts';
import { transactions } from './index.ts';
import { create } from './testing/data-api.ts';
import { fixture } from './testing/fixture.ts';

const { ours, as, loop, sentRequest, document, moveThrough } = await fixture();
const db = as(ours);

/** Calls a route as the composition does: what its schemas make of the input, then the handler. */
async function call(
  operationId: string,
  input: { params?: object; query?: object; body?: object; via?: 'session' | 'key'; role?: OrgRole; by?: Db },
): Promise<{ status: number; body: Record<string, unknown> }> {
  const found = transactions.routes.find((r) => r.operationId === operationId)!;
  const answered = await found.handler({
    db: input.by ?? db,
    who: { via: input.via ?? 'session', permissions: permissionsOf(input.role ?? 'MEMBER') } as Principal,
    origin: {},
    params: found.params?.parse(input.params ?? {}),
    query: found.query?.parse(input.query ?? {}),
    body: found.body?.parse(input.body ?? {}),
    signal: new AbortController().signal,
    afterwards: (work: () => void) => work(),
  });
  return isAnswer(answered)
    ? { status: answered.status, body: answered.body as Record<string, unknown> }
    : {
        status: Number(Object.keys(found.answers).toSorted().at(-1)),
        body: answered as Record<string, unknown>,
      };
}

describe('the routes of transactions', () => {
  it('have an id each, a known permission, and name their parameters', () => {
    const ids = transactions.routes.map((r) => r.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const r of transactions.routes) {
      expect(PERMISSIONS).toHaveProperty([r.permission]);
      const named = [...r.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
      expect(Object.keys((r.params as unknown as { shape: object }).shape)).toEqual(named);
    }
  });

  it('move a transaction, and refuse unknown input', async () => {
    const { id: loopId } = await loop(db);
    expect((await call('moveLoop', { params: { loopId }, body: { status: 'ACTIVE' } })).body).toMatchObject({
      status: 'ACTIVE',
    });
    await moveThrough(db, loopId, 'UNDER_CONTRACT', 'CLOSING');
    const closed = await call('moveLoop', {
      params: { loopId },
      body: { status: 'CLOSED', actualClosing: '2026-02-28' },
    });
    expect(closed.body).toMatchObject({ actualClosing: new Date('2026-02-28T00:00:00Z') });
    for (const body of [
      { status: 'SOLD' },
      { status: 'ACTIVE', tenant: 1 },
      { status: 'CLOSED', actualClosing: '2026-02-30' },
    ])
      await expect(call('moveLoop', { params: { loopId }, body })).rejects.toThrow();
    await expect(call('moveLoop', { params: { loopId: 'x' }, body: { status: 'ACTIVE' } })).rejects.toThrow();
  });

  it('lead from an invitation to a signature', async () => {
    const { id: loopId } = await loop(db);
    const paper = await document(db, loopId);
    const invited = await call('inviteParty', {
      params: { loopId },
      body: { name: 'Ada', email: 'ada@example.com', role: 'BUYER', permissions: ['SIGN'] },
    });
    const { body: request } = await call('createSignatureRequest', {
      params: { loopId },
      body: {
        title: 'Please sign',
        expiresAt: new Date(Date.now() + 60_000_000).toISOString(),
        documentIds: [paper.id],
        signers: [{ partyId: invited.body.id }],
      },
    });
    const requestId = request.id;
    await call('sendSignatureRequest', { params: { requestId } });
    const [signature] = request.signatures as { id: string }[];
    const params = { signatureId: signature!.id };
    const body = { signerId: invited.body.id };
    expect((await call('viewSignature', { params, body })).body).toMatchObject({ status: 'VIEWED' });
    await expect(
      call('signDocument', { params, body: { ...body, typedName: 'Ada' }, via: 'key' }),
    ).rejects.toMatchObject({ code: 'KEY_CANNOT_SIGN' });
    await expect(
      call('signDocument', { params, body: { ...body, typedName: 'Ada' }, role: 'VIEWER' }),
    ).rejects.toMatchObject({ code: 'WITNESS_NEEDED' });
    const page = await call('getLoopOverview', { params: { loopId } });
    expect(page.body).toMatchObject({ signatureRequests: [{ id: requestId, status: 'VIEWED' }] });
    const log = await call('listLoopAudit', { params: { loopId }, query: { limit: '2' } });
    expect(log.body.data).toHaveLength(2);
    expect(log.body.nextCursor).toEqual(expect.any(String));
  });

  it('answer 201 to the first start of a workflow and 200 to the next', async () => {
    const { id: loopId } = await loop(db);
    const { id: templateId } = await create(db, 'Workflow', {
      name: 'Sale',
      steps: [{ key: 'a', name: 'A', order: 1 }],
    });
    const start = () => call('startWorkflow', { params: { loopId }, body: { templateId } });
    const [first, second] = [await start(), await start()];
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body.id).toBe(first.body.id);
  });

  it('decline and cancel with a reason', async () => {
    const { second, request } = await sentRequest(db);
    const params = { signatureId: second.id };
    const body = { signerId: second.signerId, reason: ' ' };
    await expect(call('declineSignature', { params, body })).rejects.toThrow();
    await call('cancelSignatureRequest', { params: { requestId: request.id }, body: { reason: 'Price' } });
    await expect(call('declineSignature', { params, body: { ...body, reason: 'No' } })).rejects.toMatchObject(
      { code: 'REQUEST_ENDED' },
    );
  });
});
