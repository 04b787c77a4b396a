import { expect, it } from 'vitest';
import { expireRequests, remindSigners } from './expiry.ts';
import { sign } from './signing.ts';
import { files, fixture } from './testing/fixture.ts';

const DAY = 86_400_000;

it('ends requests whose time is over, once, also when two runs meet, and in this organization alone', async () => {
  const { ours, theirs, as, sentRequest } = await fixture();
  const db = as(ours);
  const soon = new Date(Date.now() + DAY);
  const due = await sentRequest(db, { expiresAt: soon });
  const later = await sentRequest(db, { expiresAt: new Date(Date.now() + 9 * DAY) });
  const endless = await sentRequest(db);
  const foreign = await sentRequest(as(theirs), { expiresAt: soon });
  await sign(db, { signatureId: due.first.id, signerId: due.first.signerId, typedName: 'A' }, files);
  const now = new Date(Date.now() + 2 * DAY);
  const counts = await Promise.all([expireRequests(db, now), expireRequests(db, now)]);
  expect(counts[0] + counts[1]).toBe(1);
  expect(await expireRequests(db, now)).toBe(0);
  const status = async (r: typeof due, by = db) =>
    (await by.signatureRequest.findFirst({ where: { id: r.request.id } }))!.status;
  expect(await status(due)).toBe('EXPIRED');
  expect([await status(later), await status(endless)]).toEqual(['SENT', 'SENT']);
  expect(await status(foreign, as(theirs))).toBe('SENT');
  const signatures = await db.documentSignature.findMany({ where: { requestId: due.request.id } });
  expect(signatures.map((s) => s.status).toSorted()).toEqual(['EXPIRED', 'SIGNED']);
  const entries = { entityId: due.request.id, action: 'EXPIRED' };
  expect(await db.transactionAuditLog.count({ where: entries })).toBe(1);
  expect(
    await db.notification.count({ where: { dedupeKey: `signature-request:${due.request.id}:expired` } }),
  ).toBe(1);
});

it('stops between two requests when it is told to', async () => {
  const { ours, as, sentRequest } = await fixture();
  const db = as(ours);
  await sentRequest(db, { expiresAt: new Date(Date.now() + DAY) });
  expect(await expireRequests(db, new Date(Date.now() + 2 * DAY), AbortSignal.abort())).toBe(0);
});

it('reminds once a day of what is soon over or long out', async () => {
  const { ours, as, sentRequest } = await fixture();
  const db = as(ours);
  const soon = await sentRequest(db, { expiresAt: new Date(Date.now() + DAY) });
  await sentRequest(db, { expiresAt: new Date(Date.now() + 20 * DAY) });
  const now = new Date();
  expect(await remindSigners(db, now)).toBe(1);
  await remindSigners(db, now);
  const reminders = await db.notification.findMany({ where: { dedupeKey: { contains: ':reminder:' } } });
  expect(reminders).toMatchObject([{ userId: ours.owner, entityId: soon.loopId }]);
  expect(reminders[0]!.message).toContain(soon.parties[0]!.name);
  expect(await remindSigners(db, new Date(Date.now() + 5 * DAY))).toBe(1);
});

it('by the schedule, for no person, is logged in the name of the requester; others cannot write that', async () => {
  const { ours, theirs, as, database, sentRequest, system } = await fixture();
  const db = as(ours);
  const { request } = await sentRequest(db);
  await database.platform.query(
    `UPDATE signature_requests SET created_at = now() - interval '2 days', expires_at = now() - interval '1 day'
     WHERE id = $1`,
    [request.id],
  );
  const log = (by: typeof db) =>
    by.$queryRaw<{ written: boolean }[]>`SELECT app.log_request_expiry(${request.id}::uuid) AS written`;
  expect(await log(system(ours))).toEqual([{ written: false }]);
  expect(await expireRequests(system(theirs), new Date())).toBe(0);
  expect(await expireRequests(system(ours), new Date())).toBe(1);
  const where = { entityId: request.id, action: 'EXPIRED' };
  expect(await db.transactionAuditLog.findMany({ where })).toMatchObject([
    { userId: ours.owner, newValues: { status: 'EXPIRED', by: 'schedule' } },
  ]);
  await expect(log(db)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await log(system(theirs))).toEqual([{ written: false }]);
  expect(await log(system(ours))).toEqual([{ written: false }]);
});
