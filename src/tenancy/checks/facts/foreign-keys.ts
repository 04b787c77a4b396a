import type { ClientBase } from 'pg';
import { LABEL, OWN_SCHEMA } from './names.ts';

export interface LiveForeignKey {
  readonly table: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetColumns: readonly string[];
  /** Columns that a deletion of the target sets null; empty where it does something else. */
  readonly nulled: readonly string[];
  readonly definition: string;
}

export async function readForeignKeys(client: ClientBase): Promise<LiveForeignKey[]> {
  const names = (relation: string, keys: string) =>
    `ARRAY(SELECT a.attname::text FROM unnest(${keys}) WITH ORDINALITY k (number, position)
       JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = k.number ORDER BY k.position)`;
  const { rows } = await client.query<LiveForeignKey>(`
    SELECT ${LABEL} AS table, f.conname AS name, ${names('f.conrelid', 'f.conkey')} AS columns,
      CASE WHEN tn.nspname = 'public' THEN t.relname ELSE tn.nspname || '.' || t.relname END AS target,
      ${names('f.confrelid', 'f.confkey')} AS "targetColumns", pg_get_constraintdef(f.oid) AS definition,
      CASE WHEN f.confdeltype IN ('n', 'd') THEN ${names('f.conrelid', 'coalesce(f.confdelsetcols, f.conkey)')} ELSE '{}' END AS nulled
    FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_class t ON t.oid = f.confrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace
    WHERE f.contype = 'f' AND ${OWN_SCHEMA} ORDER BY 1, 2`);
  return rows;
}
