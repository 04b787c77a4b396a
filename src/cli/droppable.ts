import type { ClientBase } from 'pg';

/** An object whose DROP … CASCADE takes along what belongs to it: columns, triggers and policies go with their table. */
export interface Droppable {
  /** As DROP names it. */
  readonly kind:
    | 'VIEW'
    | 'MATERIALIZED VIEW'
    | 'FOREIGN TABLE'
    | 'TABLE'
    | 'SEQUENCE'
    | 'SCHEMA'
    | 'ROUTINE'
    | 'DOMAIN'
    | 'TYPE';
  /** Quoted, with its schema. */
  readonly name: string;
  readonly owner: string;
}

// What an extension owns (deptype e) and what a column owns (a, i) is left to them.
const SQL = `
WITH things AS (
  SELECT 1 AS rank, CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END AS kind, c.oid::regclass::text AS name,
         c.relowner AS owner, 'pg_class'::regclass AS catalogue, c.oid
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('v', 'm')
  UNION ALL
  SELECT 2, 'SCHEMA', n.nspname::text, n.nspowner, 'pg_namespace'::regclass, n.oid FROM pg_namespace n
  -- Schemas beside Prisma's belong to the owner of the schema app, or, handed over, to the owner of functions in it.
  WHERE n.nspname = 'app' OR (n.nspname NOT IN ('public', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspowner IN (
    SELECT a.nspowner FROM pg_namespace a WHERE a.nspname = 'app'
    UNION SELECT f.proowner FROM pg_proc f JOIN pg_namespace a ON a.oid = f.pronamespace WHERE a.nspname = 'app'))
  UNION ALL
  SELECT 3, CASE c.relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, c.oid::regclass::text,
         c.relowner, 'pg_class'::regclass, c.oid
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'f', 'S') AND NOT c.relispartition
  UNION ALL
  SELECT 4, 'ROUTINE', p.oid::regprocedure::text, p.proowner, 'pg_proc'::regclass, p.oid
  FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
  UNION ALL
  SELECT 5, CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, t.oid::regtype::text, t.typowner, 'pg_type'::regclass, t.oid
  FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
  WHERE t.typnamespace = 'public'::regnamespace AND (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c')
)
SELECT kind, name, pg_get_userbyid(owner) AS owner FROM things
WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = catalogue AND d.objid = things.oid AND d.deptype IN ('e', 'a', 'i'))
ORDER BY rank, name`;

/**
 * Everything in the schemas that Lotline uses, in an order in which it can be dropped.
 * @param client a session with an empty search_path, so that names are printed with their schema
 */
export async function droppable(client: ClientBase): Promise<Droppable[]> {
  return (await client.query<Droppable>(SQL)).rows;
}
