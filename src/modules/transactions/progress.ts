import type { Db } from '../../db.ts';
import type { LoopStatus } from '../../generated/prisma/client.ts';

/** What there is to do in a transaction, and how much of it is done. */
export interface Workload {
  readonly total: number;
  readonly done: number;
}

/** Whole percent, rounded down, so that 100 says that nothing is left. A closed transaction is at 100, an empty one at 0. */
export function progressOf({ total, done }: Workload, status: LoopStatus): number {
  if (status === 'CLOSED') return 100;
  return total === 0 ? 0 : Math.floor((100 * done) / total);
}

/**
 * Counts tasks that are not cancelled (done: DONE), signatures that are not void (done: SIGNED) and documents that are not
 * archived (done: REVIEWED or SIGNED), each as one.
 * @param leaving a task, document or request that is about to be deleted and counts no more
 */
export async function workloadOf(db: Db, loopId: string, leaving: string | null = null): Promise<Workload> {
  const [row] = await db.$queryRaw<[{ total: number; done: number }]>`
    SELECT count(*)::integer AS total, (count(*) FILTER (WHERE work.done))::integer AS done
    FROM (
      SELECT status = 'DONE' AS done FROM transaction_tasks
      WHERE loop_id = ${loopId}::uuid AND status <> 'CANCELLED' AND id IS DISTINCT FROM ${leaving}::uuid
      UNION ALL
      SELECT status = 'SIGNED' FROM document_signatures
      WHERE loop_id = ${loopId}::uuid AND status NOT IN ('DECLINED', 'EXPIRED')
        AND request_id IS DISTINCT FROM ${leaving}::uuid
      UNION ALL
      SELECT status IN ('REVIEWED', 'SIGNED') FROM documents
      WHERE loop_id = ${loopId}::uuid AND status <> 'ARCHIVED' AND id IS DISTINCT FROM ${leaving}::uuid
    ) AS work`;
  return row;
}

/** Brings a transaction's progress up to date. The caller has locked it, so that nothing is counted half. */
export async function refreshProgress(db: Db, loopId: string, leaving?: string): Promise<void> {
  const loop = await db.transactionLoop.findFirst({ where: { id: loopId }, select: { status: true } });
  if (!loop) return;
  const progress = progressOf(await workloadOf(db, loopId, leaving), loop.status);
  await db.transactionLoop.updateMany({
    where: { id: loopId, progress: { not: progress } },
    data: { progress },
  });
}
