import { createHash } from 'node:crypto';
import { copyOut } from '../../database/copy-out.ts';
import type { PlannedTable } from './plan.ts';
import { linesSql } from './row-lines.ts';
import type { TenantTransaction } from './transaction.ts';

/** What passed by: rows, bytes, SHA-256 in hexadecimal. */
export interface Passed {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

// Neither stands in JSON, in which control characters are escaped; so nothing is quoted and a line comes as it is.
const RAW = "WITH (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02', ENCODING 'UTF8')";

/**
 * Reads the rows of a table, as the role they are planned for, and hands them on as NDJSON, a quarter of a megabyte or so at
 * a time.
 */
export async function streamRows(
  tx: TenantTransaction,
  planned: PlannedTable,
  take: (chunk: Buffer) => Promise<void> = async () => {},
): Promise<Passed> {
  const hash = createHash('sha256');
  let bytes = 0;
  await tx.as(planned.role);
  const sql = `COPY (${linesSql(planned, tx.literal)}) TO STDOUT ${RAW}`;
  const rows = await copyOut(tx.client, sql, async (chunk) => {
    tx.proceed();
    hash.update(chunk);
    bytes += chunk.length;
    tx.tell(`${planned.table.label}: ${(bytes / 1e6).toFixed(1)} MB`);
    await take(chunk);
  });
  return { rows, bytes, sha256: hash.digest('hex') };
}
