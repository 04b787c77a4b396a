import { describe, expect, it } from 'vitest';
import { moveLoop } from './loops.ts';
import { LOOP_MOVES } from './statuses.ts';
import { create, remove, update } from './testing/data-api.ts';
import { fixture } from './testing/fixture.ts';

const { ours, theirs, as, loop, moveThrough, member, document, sentRequest, party } = await fixture();
const db = as(ours);
const yesterday = new Date(Math.floor(Date.now() / 86_400_000 - 1) * 86_400_000);
const refusal = (code: string) => expect.objectContaining({ code });

async function closing() {
  const { id } = await loop(db);
  await moveThrough(db, id, 'ACTIVE', 'UNDER_CONTRACT', 'CLOSING');
  return id;
}
const task = (loopId: string, values = {}) =>
  create(db, 'TransactionTask', { loopId, title: 'Check the title', ...values });
const statusOf = async (id: string) => (await db.transactionLoop.findFirst({ where: { id } }))!.status;

describe('a transaction', () => {
  it('is created by the caller, as a draft, with an entry in the log', async () => {
    const made = await loop(db);
    expect(made).toMatchObject({ createdById: ours.owner, status: 'DRAFT', progress: 0 });
    const entries = await db.transactionAuditLog.findMany({ where: { entityId: made.id } });
    expect(entries).toMatchObject([
      { action: 'CREATED', entityType: 'transaction_loop', userId: ours.owner },
    ]);
  });

  it.each(['status', 'progress', 'actualClosing', 'createdById'])(
    'has %s closed to the data API',
    async (f) => {
      const { id } = await loop(db);
      await expect(update(db, 'TransactionLoop', id, { [f]: null })).rejects.toThrow(refusal('FIELD_CLOSED'));
    },
  );

  it('goes only where the table lets it', async () => {
    for (const to of Object.keys(LOOP_MOVES) as (keyof typeof LOOP_MOVES)[]) {
      const { id } = await loop(db);
      const moved = moveLoop(db, { loopId: id, status: to });
      if (to === 'DRAFT' || LOOP_MOVES.DRAFT.includes(to)) expect((await moved).status).toBe(to);
      else await expect(moved).rejects.toThrow(refusal('STATUS_NOT_ALLOWED'));
    }
  });

  it('says the move twice and logs it once', async () => {
    const { id } = await loop(db);
    await moveThrough(db, id, 'ACTIVE', 'ACTIVE');
    const entries = await db.transactionAuditLog.findMany({
      where: { entityId: id, action: 'STATUS_CHANGED' },
    });
    expect(entries).toMatchObject([{ oldValues: { status: 'DRAFT' }, newValues: { status: 'ACTIVE' } }]);
  });

  it('of another organization is missing', async () => {
    const { id } = await loop(db);
    await expect(moveLoop(as(theirs), { loopId: id, status: 'ACTIVE' })).rejects.toMatchObject({
      kind: 'missing',
      code: 'NOT_FOUND',
    });
    await expect(create(as(theirs), 'TransactionTask', { loopId: id, title: 'Mine?' })).rejects.toMatchObject(
      { kind: 'missing' },
    );
  });

  it('is not edited any more when it has ended', async () => {
    const { id } = await loop(db);
    await moveThrough(db, id, 'CANCELLED');
    await expect(update(db, 'TransactionLoop', id, { listingPrice: '1.00' })).rejects.toThrow(
      refusal('LOOP_ENDED'),
    );
  });

  it('is deleted as a draft, with what is in it and a trace in the log', async () => {
    const { id } = await loop(db);
    await task(id);
    await document(db, id);
    await remove(db, 'TransactionLoop', id);
    expect(await db.transactionTask.count({ where: { loopId: id } })).toBe(0);
    expect(await db.documentVersion.count({ where: { document: { loopId: id } } })).toBe(0);
    expect(await db.transactionAuditLog.count({ where: { entityId: id, action: 'DELETED' } })).toBe(1);
    const active = await loop(db);
    await moveThrough(db, active.id, 'ACTIVE');
    await expect(remove(db, 'TransactionLoop', active.id)).rejects.toThrow(refusal('LOOP_NOT_DRAFT'));
  });
});

describe('closing', () => {
  it('wants a day that is not to come', async () => {
    const id = await closing();
    await expect(moveLoop(db, { loopId: id, status: 'CLOSED' })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'CLOSING_DAY_MISSING',
      fields: [{ field: 'actualClosing' }],
    });
    const ahead = new Date(Date.now() + 3 * 86_400_000);
    await expect(moveLoop(db, { loopId: id, status: 'CLOSED', actualClosing: ahead })).rejects.toThrow(
      refusal('CLOSING_DAY_AHEAD'),
    );
  });

  it('waits for tasks, but not for those of low priority, and ends at 100 percent', async () => {
    const id = await closing();
    const open = await task(id);
    await task(id, { priority: 'LOW' });
    const close = () => moveLoop(db, { loopId: id, status: 'CLOSED', actualClosing: yesterday });
    await expect(close()).rejects.toThrow(refusal('LOOP_NOT_READY'));
    await update(db, 'TransactionTask', open.id, { status: 'DONE' });
    expect(await close()).toMatchObject({ status: 'CLOSED', actualClosing: yesterday, progress: 100 });
  });

  it('waits for signature requests', async () => {
    const { loopId } = await sentRequest(db);
    await moveThrough(db, loopId, 'ACTIVE', 'UNDER_CONTRACT', 'CLOSING');
    await expect(moveLoop(db, { loopId, status: 'CLOSED', actualClosing: yesterday })).rejects.toThrow(
      refusal('LOOP_NOT_READY'),
    );
  });

  it('is forced by an admin alone, with a reason that is logged, and ends requests', async () => {
    const { loopId, request } = await sentRequest(db);
    await moveThrough(db, loopId, 'ACTIVE', 'UNDER_CONTRACT', 'CLOSING');
    await task(loopId);
    const force = { loopId, status: 'CLOSED', actualClosing: yesterday, force: true } as const;
    const plain = as(ours, await member(ours), 'MEMBER');
    await expect(moveLoop(plain, { ...force, reason: 'In a hurry' })).rejects.toThrow(
      refusal('FORCE_NEEDS_ADMIN'),
    );
    await expect(moveLoop(db, force)).rejects.toThrow(refusal('REASON_MISSING'));
    expect(await statusOf(loopId)).toBe('CLOSING');
    await moveLoop(db, { ...force, reason: 'Paper copy signed' });
    expect(await db.signatureRequest.findFirst({ where: { id: request.id } })).toMatchObject({
      status: 'EXPIRED',
    });
    const entry = await db.transactionAuditLog.findFirst({
      where: { entityId: loopId, action: 'STATUS_CHANGED' },
      orderBy: { occurredAt: 'desc' },
    });
    expect(entry!.newValues).toMatchObject({
      status: 'CLOSED',
      forced: true,
      openTasks: 1,
      openRequests: 1,
      reason: 'Paper copy signed',
    });
  });

  it('and a new task at once: one of them is refused, whichever comes first', async () => {
    for (let round = 0; round < 6; round++) {
      const id = await closing();
      const [closed, added] = await Promise.allSettled([
        moveLoop(db, { loopId: id, status: 'CLOSED', actualClosing: yesterday }),
        task(id),
      ]);
      expect([closed.status, added.status].toSorted()).toEqual(['fulfilled', 'rejected']);
      const open = await db.transactionTask.count({ where: { loopId: id, status: 'TODO' } });
      expect(await statusOf(id)).toBe(open === 0 ? 'CLOSED' : 'CLOSING');
    }
  });

  it('twice at once closes once', async () => {
    const id = await closing();
    const close = () => moveLoop(db, { loopId: id, status: 'CLOSED', actualClosing: yesterday });
    await Promise.all([close(), close(), close()]);
    const where = { entityId: id, newValues: { path: ['status'], equals: 'CLOSED' } };
    expect(await db.transactionAuditLog.count({ where })).toBe(1);
  });

  it('lets late documents in, and no new party', async () => {
    const id = await closing();
    await moveLoop(db, { loopId: id, status: 'CLOSED', actualClosing: yesterday });
    await document(db, id);
    await expect(party(db, id)).rejects.toThrow(refusal('LOOP_ENDED'));
    expect((await db.transactionLoop.findFirst({ where: { id } }))!.progress).toBe(100);
  });
});
