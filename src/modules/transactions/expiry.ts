import { type Db, inTransaction } from '../../db.ts';
import { membersByEmail, tell } from './notices.ts';
import { refreshProgress } from './progress.ts';
import { lockedRequest } from './signature-requests.ts';
import { turnOf } from './signing-order.ts';
import { AWAITED, endRequest } from './voiding.ts';

const DAY = 86_400_000;
const AT_ONCE = 500;

/**
 * Ends the requests whose time is over, each in a transaction of its own: what was done stays when the work is stopped,
 * and a second run, also at the same time, finds nothing left to do.
 * @returns how many were ended
 */
export async function expireRequests(db: Db, now: Date, signal?: AbortSignal): Promise<number> {
  const due = await db.signatureRequest.findMany({
    where: { status: { in: [...AWAITED] }, expiresAt: { lte: now } },
    select: { id: true },
    orderBy: { expiresAt: 'asc' },
    take: AT_ONCE,
  });
  let ended = 0;
  for (const { id } of due) {
    if (signal?.aborted) break;
    ended += await inTransaction(db, (tx) => expireOne(tx, id, now));
  }
  return ended;
}

async function expireOne(tx: Db, requestId: string, now: Date): Promise<number> {
  const { record: request } = await lockedRequest(tx, requestId);
  // Signed, cancelled or given more time while this waited for the lock.
  if (!AWAITED.includes(request.status) || !request.expiresAt || request.expiresAt > now) return 0;
  await endRequest(tx, request, 'EXPIRED', 'EXPIRED');
  // The schedule acts for no person, whose entry the log would take.
  if (!tx.$tenant.userId) await tx.$queryRaw`SELECT app.log_request_expiry(${requestId}::uuid)`;
  await refreshProgress(tx, request.loopId);
  await tell(tx, [request.requestedById], {
    loopId: request.loopId,
    title: `Expired: ${request.title}`,
    message: 'Not everybody signed in time. Make a new request where signatures are still needed.',
    key: `signature-request:${request.id}:expired`,
    kind: 'WARNING',
  });
  return 1;
}

/**
 * Reminds of requests that are out: the members among those whose turn it is, and the requester, when fewer than three days
 * are left or when it went out three days ago or longer. Once a day each, however often it runs.
 * @returns how many requests were reminded of
 */
export async function remindSigners(db: Db, now: Date): Promise<number> {
  const soon = new Date(now.getTime() + 3 * DAY);
  const longAgo = new Date(now.getTime() - 3 * DAY);
  const requests = await db.signatureRequest.findMany({
    where: {
      status: { in: ['SENT', 'VIEWED'] },
      AND: [
        { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
        { OR: [{ expiresAt: { lte: soon } }, { createdAt: { lte: longAgo } }] },
      ],
    },
    include: { signatures: { include: { signer: { select: { email: true, name: true } } } } },
    orderBy: { id: 'asc' },
    take: AT_ONCE,
  });
  for (const request of requests) {
    const waiting = turnOf(request.signingOrder, request.signatures).map((s) => s.signer);
    const names = [...new Set(waiting.map((s) => s.name))].join(', ');
    const members = await membersByEmail(db, [...new Set(waiting.map((s) => s.email))]);
    await tell(db, [...members.values(), request.requestedById], {
      loopId: request.loopId,
      title: `Reminder: ${request.title}`,
      message: `Signatures are missing of ${names}.`,
      key: `signature-request:${request.id}:reminder:${now.toISOString().slice(0, 10)}`,
    });
  }
  return requests.length;
}
