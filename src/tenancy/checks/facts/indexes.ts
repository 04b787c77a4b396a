import type { ClientBase } from 'pg';
import { LABEL, OWN_SCHEMA } from './names.ts';

export interface LiveIndex {
  readonly table: string;
  readonly name: string;
  /** Key columns, expressions as the server prints them. */
  readonly columns: readonly string[];
  /** By key column: whether its equality is LEAKPROOF; null where the access method has none. */
  readonly leakproof: readonly (boolean | null)[];
  /** By key column: its type. */
  readonly types: readonly string[];
  /** Forbids two rows: a unique index, or an exclusion constraint. */
  readonly exclusive: boolean;
  readonly primary: boolean;
  readonly partial: boolean;
  readonly method: string;
}

/** Valid indexes of all tables. Strategy 3 of a btree operator class is its equality. */
export async function readIndexes(client: ClientBase): Promise<LiveIndex[]> {
  const { rows } = await client.query<LiveIndex>(`
    SELECT ${LABEL} AS table, i.relname AS name, x.indisunique OR x.indisexclusion AS exclusive, x.indisprimary AS primary,
      x.indpred IS NOT NULL AS partial, m.amname AS method,
      array_agg(coalesce(t.attname, pg_get_indexdef(x.indexrelid, k.position::int, true))::text ORDER BY k.position) AS columns,
      array_agg(format_type(coalesce(t.atttypid, o.opcintype), NULL) ORDER BY k.position) AS types,
      array_agg(f.proleakproof ORDER BY k.position) AS leakproof
    FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_am m ON m.oid = i.relam
    CROSS JOIN LATERAL unnest(x.indkey::int2[], x.indclass::oid[]) WITH ORDINALITY AS k (attribute, class, position)
    JOIN pg_opclass o ON o.oid = k.class
    LEFT JOIN pg_attribute t ON t.attrelid = x.indrelid AND t.attnum = k.attribute AND k.attribute <> 0
    LEFT JOIN pg_amop e ON m.amname = 'btree' AND e.amopfamily = o.opcfamily AND e.amoplefttype = o.opcintype
      AND e.amoprighttype = o.opcintype AND e.amopstrategy = 3
    LEFT JOIN pg_operator q ON q.oid = e.amopopr LEFT JOIN pg_proc f ON f.oid = q.oprcode
    WHERE ${OWN_SCHEMA} AND x.indisvalid AND k.position <= x.indnkeyatts
    GROUP BY n.nspname, c.relname, i.relname, x.indexrelid, x.indisunique, x.indisexclusion, x.indisprimary, x.indpred, m.amname
    ORDER BY 1, 2`);
  return rows;
}

/** Whether a whole btree index begins with exactly these columns, in any order. */
export function isCovered(indexes: readonly LiveIndex[], table: string, columns: readonly string[]): boolean {
  const wanted = new Set(columns);
  return indexes.some(
    (i) =>
      i.table === table &&
      i.method === 'btree' &&
      !i.partial &&
      i.columns.length >= wanted.size &&
      i.columns.slice(0, wanted.size).every((c) => wanted.has(c)),
  );
}
