import { createHash } from 'node:crypto';
import type { PlannedTable } from './plan.ts';
import { linesSql } from './row-lines.ts';
import type { TenantTransaction } from './transaction.ts';

// About this many bytes are fetched at a time, so that memory does not grow with the table.
const BATCH_BYTES = 1 << 20;
const MOST_ROWS = 5000;

/** What passed by: rows, bytes, SHA-256 in hexadecimal. */
export interface Passed {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Reads the rows of a table through a cursor, as the role they are planned for, and hands them on as NDJSON, a megabyte or
 * so at a time. The next piece is fetched when `take` has resolved.
 */
export async function streamRows(
  tx: TenantTransaction,
  planned: PlannedTable,
  take: (chunk: Buffer) => Promise<void> = async () => {},
): Promise<Passed> {
  const { client } = tx;
  const hash = createHash('sha256');
  let rows = 0;
  let bytes = 0;
  let next = 100;
  await tx.as(planned.role);
  await client.query(`DECLARE tenant_rows NO SCROLL CURSOR FOR ${linesSql(planned, tx.literal)}`);
  for (;;) {
    tx.proceed();
    const { rows: lines } = await client.query<[string]>({
      text: `FETCH FORWARD ${next} FROM tenant_rows`,
      rowMode: 'array',
    });
    if (lines.length > 0) {
      const chunk = Buffer.from(`${lines.map(([line]) => line).join('\n')}\n`);
      hash.update(chunk);
      await take(chunk);
      rows += lines.length;
      bytes += chunk.length;
      tx.tell(`${planned.table.label}: ${rows} rows`);
    }
    if (lines.length < next) break;
    next = Math.max(1, Math.min(MOST_ROWS, next * 2, Math.floor((BATCH_BYTES * rows) / bytes)));
  }
  await client.query('CLOSE tenant_rows');
  return { rows, bytes, sha256: hash.digest('hex') };
}
