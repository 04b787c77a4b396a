import { join } from 'node:path';
import { quoteIdent as q } from '../../database/quote.ts';
import { LotlineError } from '../../errors.ts';
import type { Manifest } from './manifest.ts';
import type { PlannedTable, TenantPlan } from './plan.ts';
import { eachBatch } from './read-lines.ts';
import { insertSql, lineSql, valueSql } from './row-lines.ts';
import type { TenantTransaction } from './transaction.ts';

/**
 * Sees to it that the rows of others are there that a tenant's rows refer to. People who are missing are made; nothing
 * that is there is changed.
 * @throws LotlineError `IMPORT_REFERENCE_MISSING` where a row of a catalogue is not there.
 */
export async function bringReferences(
  tx: TenantTransaction,
  plan: TenantPlan,
  manifest: Manifest,
  folder: string,
): Promise<{ created: number; changed: number }> {
  let created = 0;
  let changed = 0;
  for (const planned of plan.references) {
    const { table } = planned;
    const entry = manifest.tables.find((t) => t.table === table.label && t.kind === 'reference')!;
    await tx.as(planned.role);
    await eachBatch(join(folder, entry.file), async (array, lines) => {
      tx.proceed();
      if (planned.creates) {
        const conflict = `ON CONFLICT (${table.key.map(q).join(', ')}) DO NOTHING`;
        created += (await tx.client.query(insertSql(planned, conflict), [array])).rowCount ?? 0;
      }
      const { rows } = await tx.client.query<{ found: number; same: number }>(presenceSql(planned), [array]);
      const { found, same } = rows[0]!;
      if (found < lines) throw missing(table.label, lines - found);
      changed += found - same;
    });
  }
  return { created, changed };
}

/** How many of the lines in `$1` are rows here, and how many of these have the same content. */
function presenceSql({ table, columns }: PlannedTable): string {
  const of = (name: string) => valueSql(columns.find((c) => c.name === name)!);
  const match = table.key.map((name) => `t.${q(name)} = ${of(name)}`).join(' AND ');
  return (
    `SELECT count(*)::integer AS found, count(*) FILTER (WHERE (${lineSql(columns)})::jsonb = j)::integer AS same ` +
    `FROM jsonb_array_elements($1::jsonb) AS j JOIN ${table.sql} AS t ON ${match}`
  );
}

function missing(table: string, rows: number): LotlineError {
  return new LotlineError(
    'IMPORT_REFERENCE_MISSING',
    `${rows} rows of ${table} that the tenant's rows refer to are not in this database. Nothing was written.`,
    `bring them first, with the ids that references/${table}.ndjson holds`,
  );
}
