import type { Db } from '../../db.ts';
import type { SignatureRequest, SignatureStatus } from '../../generated/prisma/client.ts';
import { record } from './audit.ts';

/** Statuses of requests and signatures for which something is still to come. */
export const AWAITED: readonly SignatureStatus[] = ['PENDING', 'SENT', 'VIEWED'];

/**
 * Ends a request without success: it takes `status`, signatures that are missing become EXPIRED, those that were given
 * stay as evidence. The caller has locked the transaction. The schema has no status of its own for a request that was
 * called back; the log's action and reason tell it from one whose time ran out.
 */
export async function endRequest(
  db: Db,
  request: SignatureRequest,
  status: 'DECLINED' | 'EXPIRED',
  action: string,
  reason?: string,
): Promise<void> {
  await db.documentSignature.updateMany({
    where: { requestId: request.id, status: { in: [...AWAITED] } },
    data: { status: 'EXPIRED' },
  });
  await db.signatureRequest.updateMany({ where: { id: request.id }, data: { status } });
  await record(db, {
    action,
    entityType: 'signature_request',
    entityId: request.id,
    before: { status: request.status },
    after: { status },
    ...(reason ? { note: { reason } } : {}),
  });
}

/** Ends every open request of a transaction, or those of one document, see {@link endRequest}. @returns how many */
export async function endOpenRequests(
  db: Db,
  where: { loopId: string; documentId?: string },
  reason: string,
): Promise<number> {
  const open = await db.signatureRequest.findMany({
    where: {
      loopId: where.loopId,
      status: { in: [...AWAITED] },
      ...(where.documentId ? { signatures: { some: { documentId: where.documentId } } } : {}),
    },
    orderBy: { id: 'asc' },
  });
  for (const request of open) await endRequest(db, request, 'EXPIRED', 'VOIDED', reason);
  return open.length;
}
