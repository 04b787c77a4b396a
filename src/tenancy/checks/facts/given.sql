-- What the queries of checks have in common; each begins behind this. $1 is the boundary as JSON: its roles, and the
-- tables of tenants with the column that says to which tenant a row belongs.
WITH RECURSIVE given AS MATERIALIZED (SELECT $1::jsonb AS it),
-- Roles of the boundary except the owner, and PUBLIC. The roles of tenants are those that requests arrive under.
bound AS MATERIALIZED (
  SELECT r.oid, r.rolname::text AS name, quote_ident(r.rolname) AS sql, given.it -> 'tenantRoles' ? r.rolname AS of_tenants
  FROM given JOIN pg_roles r ON given.it -> 'applicationRoles' ? r.rolname
  UNION ALL SELECT 0, 'public', 'PUBLIC', true
),
relations AS MATERIALIZED (
  SELECT c.*, n.nspname::text AS schema, CASE WHEN n.nspname = 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS label,
    format('%I.%I', n.nspname, c.relname) AS sql, given.it -> 'schemas' ? n.nspname AS ours
  FROM given, pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%'
    AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
),
tenants AS MATERIALIZED (
  SELECT r.oid, r.label, r.sql, t.key, t.scope, a.attnum
  FROM given, jsonb_to_recordset(given.it -> 'tenants') AS t(label text, key text, scope text)
  JOIN relations r ON r.label = t.label AND r.relkind IN ('r', 'p')
  LEFT JOIN pg_attribute a ON a.attrelid = r.oid AND a.attname = t.key AND NOT a.attisdropped
),
functions AS MATERIALIZED (
  SELECT p.*, n.nspname || '.' || p.proname AS label, p.oid::regprocedure::text AS signature, l.lanname::text AS language,
    -- Comments and what a body only quotes say nothing about what it does; a body in SQL standard form is printed.
    regexp_replace(regexp_replace(coalesce(pg_get_function_sqlbody(p.oid), p.prosrc), '--[^\n]*', ' ', 'g'), '/\*.*?\*/', ' ', 'g') AS body
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
  WHERE p.prokind IN ('f', 'p', 'w') AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%'
    AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')
)
