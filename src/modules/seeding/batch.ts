import { quoteIdent as q } from '../../database/quote.ts';

/** What seeds need of a `pg` client. */
export interface SeedClient {
  query(
    text: string,
    values?: unknown[],
  ): Promise<{ rows: Record<string, unknown>[]; rowCount: number | null }>;
}

/** A row with its SQL column names. JSON holds arrays, objects, dates and `\x…` bytes as PostgreSQL reads them. */
export type Row = Readonly<Record<string, unknown>>;

/** Rows of one table; all have the same columns. */
export interface Batch {
  readonly table: string;
  readonly rows: readonly Row[];
}

/** Per table: how many rows the seeds hold, and how many of them this run inserted. */
export type SeedCounts = Record<string, { rows: number; inserted: number }>;

/** @throws Error when the rows differ in their columns: a missing one would become null instead of its default. */
export function batch(table: string, rows: readonly Row[]): Batch {
  const columns = Object.keys(rows[0] ?? {}).join();
  const odd = rows.find((row) => Object.keys(row).join() !== columns);
  if (odd)
    throw new Error(`Rows of ${table} differ in their columns: ${columns} / ${Object.keys(odd).join()}`);
  return { table, rows };
}

/**
 * Inserts what is missing, in the given order, one statement a table. A row that is there, by its key or by any
 * unique key, stays as it is: rows are found before triggers see them, so that a rule that holds for new rows only
 * (a tool is on sale) does not stop a repeated run.
 */
export async function insertBatches(client: SeedClient, batches: readonly Batch[]): Promise<SeedCounts> {
  const counts: SeedCounts = {};
  for (const { table, rows } of batches) {
    const first = rows[0];
    if (!first) continue;
    const columns = Object.keys(first);
    const key = columns.filter((c) => c === 'organization_id' || c === ('id' in first ? 'id' : 'user_id'));
    const { rowCount } = await client.query(
      `INSERT INTO public.${q(table)} (${columns.map(q).join(', ')})
       SELECT ${columns.map((c) => `new.${q(c)}`).join(', ')}
       FROM jsonb_populate_recordset(NULL::public.${q(table)}, $1::jsonb) AS new
       WHERE NOT EXISTS (SELECT FROM public.${q(table)} AS old WHERE ${key.map((c) => `old.${q(c)} = new.${q(c)}`).join(' AND ')})
       ON CONFLICT DO NOTHING`,
      [JSON.stringify(rows)],
    );
    addCount(counts, table, rows.length, rowCount ?? 0);
  }
  return counts;
}

export function addCount(counts: SeedCounts, table: string, rows: number, inserted: number): void {
  const sum = counts[table] ?? { rows: 0, inserted: 0 };
  counts[table] = { rows: sum.rows + rows, inserted: sum.inserted + inserted };
}
