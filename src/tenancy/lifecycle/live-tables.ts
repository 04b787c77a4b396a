import type { ClientBase } from 'pg';
import { quoteIdent as q } from '../../database/quote.ts';

/** A table as the database has it; materialized views and foreign tables count, for they hold rows too. Partitions are part of their parent and are not listed. */
export interface LiveTable {
  readonly schema: string;
  readonly name: string;
  /** As people know it: without `public.` */
  readonly label: string;
  /** Quoted, with schema, for SQL. */
  readonly sql: string;
  readonly columns: readonly LiveColumn[];
  /** Columns of the primary key, in its order; empty where there is none. */
  readonly key: readonly string[];
  readonly references: readonly Reference[];
  readonly rowSecurity: boolean;
}

export interface LiveColumn {
  readonly name: string;
  /** With schema and modifier, as SQL takes it: `public.lead_status`, `numeric(14,2)`, `uuid[]`. */
  readonly type: string;
  readonly nullable: boolean;
  /** Computed by the server, so neither exported nor written. */
  readonly generated: boolean;
  readonly defaultsToNow: boolean;
  /** The default as the server prints it; null where there is none. */
  readonly default: string | null;
}

/** A foreign key. `onDelete`: a no action, r restrict, c cascade, n set null, d set default. */
export interface Reference {
  readonly name: string;
  readonly columns: readonly string[];
  /** Label of the table it refers to. */
  readonly target: string;
  readonly targetColumns: readonly string[];
  readonly onDelete: 'a' | 'r' | 'c' | 'n' | 'd';
}

const LABEL = (n: string, c: string) =>
  `CASE WHEN ${n}.nspname = 'public' THEN ${c}.relname::text ELSE ${n}.nspname || '.' || ${c}.relname END`;
const NAMES = (table: string, numbers: string) =>
  `(SELECT array_agg(a.attname::text ORDER BY k.place) FROM unnest(${numbers}) WITH ORDINALITY AS k(number, place)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = ${table} AND a.attnum = k.number)`;

/** Every table of every schema but the server's own and those of extensions, by label. */
export async function readLiveTables(client: ClientBase): Promise<Map<string, LiveTable>> {
  const { rows } = await client.query<Omit<LiveTable, 'sql'>>(`
    SELECT n.nspname AS schema, c.relname AS name, ${LABEL('n', 'c')} AS label, c.relrowsecurity AS "rowSecurity",
      (SELECT coalesce(json_agg(json_build_object('name', a.attname, 'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
          'nullable', NOT a.attnotnull, 'generated', a.attgenerated <> '',
          'default', pg_catalog.pg_get_expr(d.adbin, d.adrelid),
          'defaultsToNow', coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid) IN ('now()', 'CURRENT_TIMESTAMP'), false))
          ORDER BY a.attnum), '[]')
       FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
       WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
      coalesce((SELECT ${NAMES('c.oid', 'p.conkey')} FROM pg_catalog.pg_constraint p
       WHERE p.conrelid = c.oid AND p.contype = 'p'), '{}') AS key,
      (SELECT coalesce(json_agg(json_build_object('name', f.conname, 'columns', ${NAMES('c.oid', 'f.conkey')},
          'target', ${LABEL('tn', 't')}, 'targetColumns', ${NAMES('t.oid', 'f.confkey')}, 'onDelete', f.confdeltype)
          ORDER BY f.conname), '[]')
       FROM pg_catalog.pg_constraint f JOIN pg_catalog.pg_class t ON t.oid = f.confrelid
       JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
       WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.conparentid = 0) AS references
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'm', 'f') AND NOT c.relispartition AND c.relpersistence <> 't'
      AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
        WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = c.oid AND e.deptype = 'e')
    ORDER BY 3`);
  return new Map(rows.map((row) => [row.label, { ...row, sql: `${q(row.schema)}.${q(row.name)}` }]));
}
