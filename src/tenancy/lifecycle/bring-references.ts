import { join } from 'node:path';
import { quoteIdent as q } from '../../database/quote.ts';
import { LotlineError } from '../../errors.ts';
import type { LiveColumn } from './live-tables.ts';
import type { Manifest } from './manifest.ts';
import type { PlannedTable, TenantPlan } from './plan.ts';
import { eachBatch } from './read-lines.ts';
import { insertSql, lineSql, valueSql } from './row-lines.ts';
import type { TenantTransaction } from './transaction.ts';

// A constant as the server prints it: a number, a switch, or text with its type.
const CONSTANT = /^(?:-?[\d.]+|false|'(?:[^']|'')*'(?:::[^()']+(?:\([\d,]+\))?(?:\[\])?)?)$/;

/**
 * Whether a person whom an import makes starts with the database's default, whatever the export says. An export is no proof
 * of who made it, and what a column gives by a constant (a role on the platform, a switch that is off) is more only by
 * somebody's decision here. A switch that stands on may be off in the export.
 */
function startsByDefault({ default: value }: LiveColumn): boolean {
  return value !== null && CONSTANT.test(value);
}

/**
 * Sees to it that the rows of others are there that a tenant's rows refer to. People who are missing are made, without
 * rank on the platform; nothing that is there is changed.
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
    const made = { ...planned, columns: planned.columns.filter((c) => !startsByDefault(c)) };
    await tx.as(planned.role);
    await eachBatch(join(folder, entry.file), async (array, lines) => {
      tx.proceed();
      if (planned.creates) {
        const conflict = `ON CONFLICT (${table.key.map(q).join(', ')}) DO NOTHING`;
        created += (await tx.client.query(insertSql(made, conflict), [array])).rowCount ?? 0;
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

/** What an export holds of others and the tenant's rows do not refer to: accounts that somebody slipped in. */
export async function findUnreferred(
  tx: TenantTransaction,
  plan: TenantPlan,
  manifest: Manifest,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const planned of plan.references) {
    const entry = manifest.tables.find((t) => t.table === planned.table.label && t.kind === 'reference')!;
    await tx.as(planned.role);
    const { rows } = await tx.client.query<{ n: number }>(
      `SELECT count(*)::integer AS n FROM ${planned.table.sql} AS t WHERE ${planned.where('t', tx.literal)}`,
    );
    if (rows[0]!.n !== entry.rows)
      wrong.push(`${entry.table} (${rows[0]!.n} rows referred to, not ${entry.rows})`);
  }
  return wrong;
}

function missing(table: string, rows: number): LotlineError {
  return new LotlineError(
    'IMPORT_REFERENCE_MISSING',
    `${rows} rows of ${table} that the tenant's rows refer to are not in this database. Nothing was written.`,
    `bring them first, with the ids that references/${table}.ndjson holds`,
  );
}
