import type { Db } from '../../db.ts';
import type { TransactionAuditLog } from '../../generated/prisma/client.ts';
import { missing } from './loop-lock.ts';

export interface HistoryPage {
  readonly data: TransactionAuditLog[];
  /** Give it as `cursor` to read on; null at the end. */
  readonly nextCursor: string | null;
}

/**
 * The log of a transaction and of everything in it, also of what was deleted since; newest first.
 * @param cursor id of the last entry of the page before
 * @param limit entries, 1 to 200
 * @throws Refusal `NOT_FOUND`
 */
export async function loopHistory(
  db: Db,
  { loopId, cursor, limit = 50 }: { loopId: string; cursor?: string | undefined; limit?: number | undefined },
): Promise<HistoryPage> {
  const loop = await db.transactionLoop.findFirst({ where: { id: loopId }, select: { id: true } });
  if (!loop) throw missing('transaction');
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH parts (type, id) AS (
      SELECT 'transaction_loop', ${loopId}::uuid
      UNION ALL SELECT 'loop_party', id FROM loop_parties WHERE loop_id = ${loopId}::uuid
      UNION ALL SELECT 'document', id FROM documents WHERE loop_id = ${loopId}::uuid
      UNION ALL SELECT 'signature_request', id FROM signature_requests WHERE loop_id = ${loopId}::uuid
      UNION ALL SELECT 'document_signature', id FROM document_signatures WHERE loop_id = ${loopId}::uuid
      UNION ALL SELECT 'transaction_task', id FROM transaction_tasks WHERE loop_id = ${loopId}::uuid
      UNION ALL SELECT 'workflow', id FROM workflows WHERE loop_id = ${loopId}::uuid
      UNION ALL SELECT old_values ->> 'entityType', (old_values ->> 'entityId')::uuid
        FROM transaction_audit_logs
        WHERE entity_type = 'transaction_loop' AND entity_id = ${loopId}::uuid AND action = 'PART_DELETED'
    )
    SELECT entry.id
    FROM parts JOIN transaction_audit_logs AS entry ON entry.entity_type = parts.type AND entry.entity_id = parts.id
    WHERE ${cursor ?? null}::uuid IS NULL OR (entry.occurred_at, entry.id) <
      (SELECT last.occurred_at, last.id FROM transaction_audit_logs AS last WHERE last.id = ${cursor ?? null}::uuid)
    ORDER BY entry.occurred_at DESC, entry.id DESC
    LIMIT ${limit + 1}`;
  const ids = rows.slice(0, limit).map((r) => r.id);
  const entries = await db.transactionAuditLog.findMany({ where: { id: { in: ids } } });
  const byId = new Map(entries.map((e) => [e.id, e]));
  return {
    data: ids.flatMap((id) => byId.get(id) ?? []),
    nextCursor: rows.length > limit ? ids.at(-1)! : null,
  };
}
