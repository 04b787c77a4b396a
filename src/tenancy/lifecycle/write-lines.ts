import type { PlannedTable } from './plan.ts';
import { eachBatch } from './read-lines.ts';
import { closeSql, insertSql } from './row-lines.ts';
import type { TenantTransaction } from './transaction.ts';

/** Inserts the rows of a file as the role they are planned for, many with each statement. */
export async function writeLines(tx: TenantTransaction, planned: PlannedTable, path: string): Promise<void> {
  await tx.as(planned.role);
  const text = insertSql(planned);
  let rows = 0;
  await eachBatch(path, async (array, lines) => {
    tx.proceed();
    await tx.client.query(text, [array]);
    rows += lines;
    tx.tell(`${planned.table.label}: ${rows} rows`);
  });
}

/** Writes the references that had to wait until every row was there. */
export async function closeRows(tx: TenantTransaction, planned: PlannedTable, path: string): Promise<void> {
  if (planned.later.length === 0) return;
  await tx.as(planned.role);
  await eachBatch(path, async (array) => {
    tx.proceed();
    for (const column of planned.later) await tx.client.query(closeSql(planned, column), [array]);
  });
}
