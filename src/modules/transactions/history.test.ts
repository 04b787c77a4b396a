import { expect, it } from 'vitest';
import { loopHistory } from './history.ts';
import { deadlinesOf, loopOverview } from './overview.ts';
import { progressOf } from './progress.ts';
import { sign } from './signing.ts';
import { create, remove, update } from './testing/data-api.ts';
import { files, fixture } from './testing/fixture.ts';
import { addVersion } from './versions.ts';

const { ours, theirs, as, key, loop, document, sentRequest } = await fixture();
const db = as(ours);

it('tells everything of a transaction once, newest first, page by page, and nothing of another', async () => {
  await sentRequest(db);
  const { loopId, first, paper } = await sentRequest(db);
  await sign(db, { signatureId: first.id, signerId: first.signerId, typedName: 'A' }, files);
  await addVersion(db, { documentId: paper.id, storageKey: key(ours), supersede: true }, files);
  const whole = await loopHistory(db, { loopId });
  expect(whole.nextCursor).toBeNull();
  expect(whole.data.map((e) => `${e.entityType} ${e.action}`).toSorted()).toEqual(
    [
      'transaction_loop CREATED',
      'document CREATED',
      'document VERSION_ADDED',
      'loop_party INVITED',
      'loop_party INVITED',
      'signature_request CREATED',
      'signature_request SENT',
      'document_signature SIGNED',
      'signature_request VOIDED',
      'document VERSION_ADDED',
      'document UPDATED',
    ].toSorted(),
  );
  expect(whole.data.at(-1)!.entityType).toBe('transaction_loop');
  const pages: string[] = [];
  for (let cursor: string | undefined, n = 0; n < 20; n++) {
    const page = await loopHistory(db, { loopId, limit: 3, cursor });
    pages.push(...page.data.map((e) => e.id));
    if (!page.nextCursor) break;
    cursor = page.nextCursor;
  }
  expect(pages).toEqual(whole.data.map((e) => e.id));
});

it('still tells what was done to a part that is deleted', async () => {
  const { id: loopId } = await loop(db);
  const task = await create(db, 'TransactionTask', { loopId, title: 'Gone soon' });
  await update(db, 'TransactionTask', task.id, { priority: 'HIGH' });
  const paper = await document(db, loopId);
  await remove(db, 'TransactionTask', task.id);
  await remove(db, 'Document', paper.id);
  const { data } = await loopHistory(db, { loopId });
  expect(data.filter((e) => e.entityId === task.id).map((e) => e.action)).toEqual(['UPDATED', 'CREATED']);
  expect(data.filter((e) => e.entityId === paper.id)).toHaveLength(2);
  expect(data.filter((e) => e.action === 'PART_DELETED').map((e) => e.oldValues)).toMatchObject([
    { entityType: 'document', entityId: paper.id },
    { entityType: 'transaction_task', entityId: task.id, title: 'Gone soon', priority: 'HIGH' },
  ]);
});

it('keeps changed fields alone, and no entry where nothing changed', async () => {
  const { id: loopId } = await loop(db);
  await update(db, 'TransactionLoop', loopId, { listingPrice: '460000.00', currency: 'USD' });
  await update(db, 'TransactionLoop', loopId, { currency: 'USD' });
  const { data } = await loopHistory(db, { loopId });
  expect(data.map((e) => e.action)).toEqual(['UPDATED', 'CREATED']);
  expect(data[0]).toMatchObject({
    oldValues: { listingPrice: '450000' },
    newValues: { listingPrice: '460000' },
  });
});

it('cannot be written past its rules, nor changed', async () => {
  await expect(create(db, 'TransactionAuditLog', {})).rejects.toMatchObject({ code: 'WRITE_REFUSED' });
  const { id: loopId } = await loop(db);
  await expect(
    db.transactionAuditLog.updateMany({ where: { entityId: loopId }, data: { action: 'NOTHING' } }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

it('is missing for another organization, and so is the overview', async () => {
  const { loopId } = await sentRequest(db);
  await expect(loopHistory(as(theirs), { loopId })).rejects.toMatchObject({ kind: 'missing' });
  await expect(loopOverview(as(theirs), loopId)).rejects.toMatchObject({ kind: 'missing' });
});

it('shows a transaction on one page, without the marks of signatures', async () => {
  const { loopId, first, second, paper, request, parties } = await sentRequest(db, {
    expiresAt: new Date(Date.now() + 86_400_000),
  });
  await sign(db, { signatureId: first.id, signerId: first.signerId, typedName: 'Secret mark' }, files);
  const page = await loopOverview(db, loopId);
  expect(page).toMatchObject({
    loop: { id: loopId, progress: 33 },
    parties: [{ id: parties[0]!.id }, { id: parties[1]!.id }],
    documents: [{ id: paper.id }],
    signatureRequests: [{ id: request.id }],
    workload: { total: 3, done: 1 },
    deadlines: [{ kind: 'signature', id: request.id, overdue: false }],
  });
  expect(page.signatureRequests[0]!.signatures.map((s) => s.id).toSorted()).toEqual(
    [first.id, second.id].toSorted(),
  );
  const text = JSON.stringify(page, (_k, v) => (typeof v === 'bigint' ? Number(v) : v));
  expect(text).not.toContain('Secret mark');
});

it('orders deadlines by day, the overdue first, ten at most, none of what is done or ended', () => {
  const now = new Date('2026-05-10T12:00:00Z');
  const task = (id: string, day: string, status = 'TODO') => ({
    id,
    title: id,
    status,
    dueDate: new Date(`${day}T00:00:00Z`),
  });
  const base = {
    id: 'loop',
    status: 'ACTIVE',
    propertyAddress: 'Here',
    expectedClosing: new Date('2026-05-12T00:00:00Z'),
    tasks: [task('b', '2026-05-10'), task('a', '2026-05-09'), task('c', '2026-05-01', 'DONE')],
    signatureRequests: [
      { id: 's', title: 's', status: 'SENT', expiresAt: new Date('2026-05-11T09:00:00Z') },
      { id: 'x', title: 'x', status: 'SIGNED', expiresAt: new Date('2026-05-11T09:00:00Z') },
    ],
  };
  expect(deadlinesOf(base, now).map((d) => [d.id, d.overdue])).toEqual([
    ['a', true],
    ['b', false],
    ['s', false],
    ['loop', false],
  ]);
  expect(deadlinesOf({ ...base, status: 'CLOSED' }, now)).toEqual([]);
  const many = Array.from({ length: 30 }, (_, i) => task(String(i), '2026-06-01'));
  expect(deadlinesOf({ ...base, tasks: many }, now)).toHaveLength(10);
});

it('counts progress in whole percent, and 100 when nothing is left', () => {
  expect(progressOf({ total: 0, done: 0 }, 'ACTIVE')).toBe(0);
  expect(progressOf({ total: 200, done: 199 }, 'ACTIVE')).toBe(99);
  expect(progressOf({ total: 3, done: 3 }, 'ACTIVE')).toBe(100);
  expect(progressOf({ total: 3, done: 0 }, 'CLOSED')).toBe(100);
});
