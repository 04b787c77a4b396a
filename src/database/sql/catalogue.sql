-- Everything that migrations make, one row each: a key "<kind> <name>" and a definition printed by the server.
-- Run with an empty search_path, so that names are printed with their schema. $1: schemas to read.
WITH spaces AS (SELECT oid, nspname FROM pg_namespace WHERE nspname = ANY ($1)),
tables AS (
  SELECT c.oid, c.relname, c.relkind, c.relowner, c.relacl, c.relrowsecurity, c.relforcerowsecurity, c.reloptions, n.nspname,
         CASE WHEN n.nspname = 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS name
  FROM pg_class c JOIN spaces n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relname <> '_prisma_migrations'
)
SELECT 'schema ' || n.nspname AS key,
       (SELECT coalesce(string_agg(a::text, ' ' ORDER BY a::text), '') FROM unnest(s.nspacl) a) AS definition
FROM spaces n JOIN pg_namespace s ON s.oid = n.oid WHERE n.nspname <> 'public'
UNION ALL
SELECT 'table ' || name, 'owner ' || pg_get_userbyid(relowner) FROM tables WHERE relkind IN ('r', 'p', 'f')
UNION ALL
SELECT 'rls ' || name,
       CASE WHEN relrowsecurity THEN 'enabled' ELSE 'disabled' END || CASE WHEN relforcerowsecurity THEN ' forced' ELSE '' END
FROM tables WHERE relkind IN ('r', 'p')
UNION ALL
SELECT 'column ' || t.name || '.' || a.attname,
       format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
         || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') || CASE WHEN a.attgenerated <> '' THEN ' generated' ELSE '' END
FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
WHERE t.relkind IN ('r', 'p', 'f')
UNION ALL
SELECT 'enum ' || CASE WHEN n.nspname = 'public' THEN t.typname ELSE n.nspname || '.' || t.typname END,
       (SELECT string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid)
FROM pg_type t JOIN spaces n ON n.oid = t.typnamespace WHERE t.typtype = 'e'
UNION ALL
SELECT 'constraint ' || t.name || '.' || c.conname, pg_get_constraintdef(c.oid) || CASE WHEN c.convalidated THEN '' ELSE ' not validated' END
FROM pg_constraint c JOIN tables t ON t.oid = c.conrelid
-- PostgreSQL 18 lists NOT NULL as constraints; the column says it already. Constraint triggers are listed as triggers.
WHERE c.contype NOT IN ('n', 't')
UNION ALL
SELECT 'index ' || i.relname, pg_get_indexdef(i.oid) || CASE WHEN x.indisvalid THEN '' ELSE ' invalid' END
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN tables t ON t.oid = x.indrelid
WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = x.indexrelid AND c.contype IN ('p', 'u', 'x'))
UNION ALL
SELECT 'policy ' || t.name || '.' || p.polname,
       concat_ws(' ', CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END,
         CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' ELSE 'all' END, 'to',
         (SELECT string_agg(CASE r WHEN 0 THEN 'public' ELSE pg_get_userbyid(r) END, ', ' ORDER BY pg_get_userbyid(r)) FROM unnest(p.polroles) r),
         'using ' || pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_get_expr(p.polwithcheck, p.polrelid))
FROM pg_policy p JOIN tables t ON t.oid = p.polrelid
UNION ALL
SELECT 'trigger ' || t.name || '.' || g.tgname,
       pg_get_triggerdef(g.oid) || CASE g.tgenabled WHEN 'O' THEN '' ELSE ' enabled ' || g.tgenabled::text END
FROM pg_trigger g JOIN tables t ON t.oid = g.tgrelid WHERE NOT g.tgisinternal
UNION ALL
SELECT 'view ' || name, concat_ws(' ', 'owner', pg_get_userbyid(relowner), array_to_string(reloptions, ','), pg_get_viewdef(oid))
FROM tables WHERE relkind IN ('v', 'm')
UNION ALL
SELECT 'function ' || n.nspname || '.' || p.proname,
       string_agg(pg_get_functiondef(p.oid) || 'owner ' || pg_get_userbyid(p.proowner) || ' acl '
         || (SELECT coalesce(string_agg(a::text, ' ' ORDER BY a::text), 'default') FROM unnest(p.proacl) a), E'\n' ORDER BY p.oid)
FROM pg_proc p JOIN spaces n ON n.oid = p.pronamespace
-- What an extension brought is the extension's.
WHERE p.prokind IN ('f', 'p') AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
GROUP BY n.nspname, p.proname
UNION ALL
SELECT 'grants ' || grantee || ' ' || name, string_agg(privilege, ', ' ORDER BY privilege)
FROM (
  SELECT t.name, CASE a.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(a.grantee) END AS grantee, lower(a.privilege_type) AS privilege
  FROM tables t, aclexplode(t.relacl) a WHERE a.grantee <> t.relowner
  UNION ALL
  SELECT t.name, CASE a.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(a.grantee) END,
         lower(a.privilege_type) || '(' || string_agg(c.attname, ',' ORDER BY c.attname) || ')'
  FROM tables t JOIN pg_attribute c ON c.attrelid = t.oid, aclexplode(c.attacl) a
  WHERE a.grantee <> t.relowner GROUP BY t.name, a.grantee, a.privilege_type
) g GROUP BY grantee, name
