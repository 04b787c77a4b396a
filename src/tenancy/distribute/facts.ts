import type { ClientBase } from 'pg';

export interface LivePolicy {
  readonly table: string;
  readonly name: string;
  readonly using: string | null;
  readonly check: string | null;
}

export interface LiveKey {
  readonly table: string;
  readonly name: string;
  readonly columns: readonly string[];
}

export interface LiveForeignKey {
  readonly table: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetColumns: readonly string[];
  /** `a` no action, `r` restrict, `c` cascade, `n` set null, `d` set default (pg_constraint). */
  readonly onDelete: string;
  readonly onUpdate: string;
}

export interface LiveFunction {
  /** With its argument types, as `regprocedure` prints it. */
  readonly name: string;
  readonly language: string;
  readonly arguments: number;
  readonly returnsTrigger: boolean;
  readonly body: string;
}

export interface LiveTrigger {
  readonly table: string;
  readonly name: string;
  readonly calls: string;
  /** The CREATE TRIGGER that makes it. */
  readonly definition: string;
}

/** Citus has no transition tables on distributed tables: triggers that use them, such as those that record changes, stay away. */
export function fitsShards({ definition }: LiveTrigger): boolean {
  return !/\sREFERENCING\s+(OLD|NEW)\s+TABLE\s/i.test(definition);
}

/** What decides whether and how a database can be distributed, as it is now. */
export interface ClusterFacts {
  readonly policies: readonly LivePolicy[];
  /** Primary keys, unique indexes and exclusion constraints. */
  readonly keys: readonly LiveKey[];
  readonly foreignKeys: readonly LiveForeignKey[];
  readonly functions: readonly LiveFunction[];
  readonly triggers: readonly LiveTrigger[];
  /** Views that read with their owner's rights, with the tables under them. */
  readonly views: readonly { readonly name: string; readonly tables: readonly string[] }[];
  readonly tables: readonly string[];
  readonly role: { readonly name: string; readonly superuser: boolean };
  /** Undefined where the extension is not installed in this database. */
  readonly citus?: { readonly version: string; readonly workers: number; readonly placed: readonly string[] };
}

const OURS = "('public'::regnamespace)";

/** Reads the schema public and the functions of the schema app; changes nothing. */
export async function readClusterFacts(client: ClientBase): Promise<ClusterFacts> {
  const all = async <T extends object>(sql: string) => (await client.query<T>(sql)).rows;
  const columns = (list: string, relation: string) =>
    `ARRAY(SELECT a.attname::text FROM unnest(${list}) WITH ORDINALITY u (n, i) JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = u.n ORDER BY u.i)`;
  const [role] = await all<{ name: string; superuser: boolean }>(
    'SELECT rolname AS name, rolsuper AS superuser FROM pg_roles WHERE rolname = current_user',
  );
  const citus = await readCitus(client);
  return {
    policies: await all(
      `SELECT c.relname AS table, p.polname AS name, pg_get_expr(p.polqual, p.polrelid) AS using, pg_get_expr(p.polwithcheck, p.polrelid) AS check
       FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = ${OURS} ORDER BY 1, 2`,
    ),
    keys: await all(
      `SELECT c.relname AS table, i.relname AS name, ${columns('x.indkey::int2[]', 'c.oid')} AS columns
       FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
       WHERE c.relnamespace = ${OURS} AND (x.indisunique OR x.indisexclusion) ORDER BY 1, 2`,
    ),
    foreignKeys: await all(
      `SELECT c.relname AS table, k.conname AS name, ${columns('k.conkey', 'k.conrelid')} AS columns, t.relname AS target,
         ${columns('k.confkey', 'k.confrelid')} AS "targetColumns", k.confdeltype AS "onDelete", k.confupdtype AS "onUpdate"
       FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
       WHERE k.contype = 'f' AND c.relnamespace = ${OURS} ORDER BY 1, 2`,
    ),
    functions: await all(
      `SELECT p.oid::regprocedure::text AS name, l.lanname AS language, p.pronargs::int AS arguments, p.prorettype = 'trigger'::regtype AS "returnsTrigger",
         coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) AS body
       FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE p.pronamespace = to_regnamespace('app') ORDER BY 1`,
    ),
    triggers: await all(
      `SELECT c.relname AS table, t.tgname AS name, t.tgfoid::regprocedure::text AS calls, pg_get_triggerdef(t.oid) AS definition
       FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
       WHERE NOT t.tgisinternal AND c.relnamespace = ${OURS} ORDER BY 1, 2`,
    ),
    views: await all(
      `SELECT v.relname AS name, array_agg(DISTINCT t.relname::text) AS tables
       FROM pg_class v JOIN pg_rewrite r ON r.ev_class = v.oid
       JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
       JOIN pg_class t ON t.oid = d.refobjid AND t.relkind IN ('r', 'p')
       WHERE v.relkind = 'v' AND v.relnamespace = ${OURS} AND NOT coalesce('security_invoker=true' = ANY (v.reloptions), false)
       GROUP BY 1 ORDER BY 1`,
    ),
    tables: (
      await all<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = ${OURS} ORDER BY 1`,
      )
    ).map((t) => t.name),
    role: role!,
    ...(citus ? { citus } : {}),
  };
}

async function readCitus(client: ClientBase): Promise<ClusterFacts['citus']> {
  const { rows } = await client.query<{ version: string }>(
    "SELECT extversion AS version FROM pg_extension WHERE extname = 'citus'",
  );
  if (!rows[0]) return undefined;
  const { rows: workers } = await client.query(
    "SELECT FROM pg_dist_node WHERE groupid > 0 AND isactive AND noderole = 'primary'",
  );
  const { rows: placed } = await client.query<{ name: string }>(
    'SELECT c.relname AS name FROM pg_dist_partition p JOIN pg_class c ON c.oid = p.logicalrelid ORDER BY 1',
  );
  return { version: rows[0].version, workers: workers.length, placed: placed.map((p) => p.name) };
}
