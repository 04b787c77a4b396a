-- Everything that migrations make, one row each: a key "<kind> <name>" and a definition printed by the server.
-- Run with an empty search_path, so that names are printed with their schema. $1: schemas to read; null for
-- those that migrations make, which are `public`, `app` and what belongs to whoever owns the tables of `public`.
WITH spaces AS (
  SELECT oid, nspname, nspowner, nspacl FROM pg_namespace
  WHERE nspname = ANY ($1::text[]) OR ($1::text[] IS NULL AND (nspname IN ('public', 'app')
    OR (nspname <> 'information_schema' AND nspname NOT LIKE 'pg\_%'
      AND nspowner = coalesce(
        (SELECT relowner FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
         GROUP BY relowner ORDER BY count(*) DESC, relowner LIMIT 1),
        (SELECT nspowner FROM pg_namespace WHERE nspname = 'app')))))
),
tables AS (
  SELECT c.oid, c.relname, c.relkind, c.relowner, c.relacl, c.relrowsecurity, c.relforcerowsecurity, c.reloptions, c.relpersistence, n.nspname,
         CASE WHEN n.nspname = 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS name
  FROM pg_class c JOIN spaces n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.relname <> '_prisma_migrations'
    -- What an extension brought is the extension's.
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
),
-- The role that migrations run as owns the tables; one that was handed to another role does not change that.
owner AS (SELECT relowner AS oid FROM tables WHERE relkind IN ('r', 'p') GROUP BY relowner ORDER BY count(*) DESC, relowner LIMIT 1),
-- Who holds what on schemas and by default, without what an owner holds on its own; a grant option is part of it.
held AS (
  SELECT 'schema ' || n.nspname AS key, a.* FROM spaces n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
  -- The schema public belongs to whoever owns the database, and the owner of the tables may have got it from there.
  WHERE a.grantee <> n.nspowner AND (n.nspname <> 'public' OR pg_get_userbyid(a.grantee) <> 'pg_database_owner'
      AND a.grantee <> (SELECT datdba FROM pg_database WHERE datname = current_database())
      AND NOT EXISTS (SELECT FROM owner o WHERE o.oid = a.grantee))
  UNION ALL
  SELECT e.key, a.* FROM (
    SELECT 'defaults ' || pg_get_userbyid(o.oid) || ' ' || k.name || coalesce(' ' || n.nspname, '') AS key, o.oid AS owner, d.defaclacl AS acl
    FROM owner o JOIN pg_default_acl d ON d.defaclrole = o.oid
    JOIN (VALUES ('r', 'tables'), ('S', 'sequences'), ('f', 'functions'), ('T', 'types'), ('n', 'schemas')) AS k(type, name) ON k.type = d.defaclobjtype::text
    LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
    UNION ALL
    -- Where nothing is said, everybody may execute new functions.
    SELECT 'defaults ' || pg_get_userbyid(o.oid) || ' functions', o.oid, acldefault('f', o.oid) FROM owner o
    WHERE NOT EXISTS (SELECT FROM pg_default_acl d WHERE d.defaclrole = o.oid AND d.defaclnamespace = 0 AND d.defaclobjtype = 'f')
  ) e, aclexplode(e.acl) a WHERE a.grantee <> e.owner
),
holders AS (
  SELECT key, grantee, string_agg(lower(privilege_type) || CASE WHEN is_grantable THEN ' with grant option' ELSE '' END, ', ' ORDER BY privilege_type) AS privileges
  FROM held GROUP BY key, grantee
)
SELECT 'schema ' || n.nspname AS key,
       CASE WHEN n.nspname = 'public' THEN '' ELSE 'owner ' || pg_get_userbyid(n.nspowner) || E'\n' END
         || coalesce((SELECT string_agg(CASE h.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(h.grantee)::text END || ': ' || h.privileges, E'\n'
              ORDER BY CASE h.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(h.grantee)::text END) FROM holders h WHERE h.key = 'schema ' || n.nspname), '') AS definition
FROM spaces n
UNION ALL
SELECT h.key, string_agg(CASE h.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(h.grantee)::text END || ': ' || h.privileges, E'\n'
  ORDER BY CASE h.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(h.grantee)::text END)
FROM holders h WHERE h.key LIKE 'defaults %' GROUP BY h.key
UNION ALL
SELECT 'table ' || name, 'owner ' || pg_get_userbyid(relowner) || CASE relpersistence WHEN 'u' THEN ' unlogged' ELSE '' END FROM tables WHERE relkind IN ('r', 'p', 'f')
UNION ALL
SELECT 'rls ' || name,
       CASE WHEN relrowsecurity THEN 'enabled' ELSE 'disabled' END || CASE WHEN relforcerowsecurity THEN ' forced' ELSE '' END
FROM tables WHERE relkind IN ('r', 'p')
UNION ALL
SELECT 'column ' || t.name || '.' || a.attname,
       format_type(a.atttypid, a.atttypmod)
         || CASE WHEN a.attcollation <> y.typcollation THEN ' collate ' || a.attcollation::regcollation ELSE '' END
         || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
         || CASE WHEN d.adbin IS NULL THEN '' WHEN a.attgenerated = '' THEN ' default ' || pg_get_expr(d.adbin, d.adrelid)
              ELSE ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ')' || CASE a.attgenerated WHEN 's' THEN ' stored' ELSE '' END END
         || CASE a.attidentity WHEN 'a' THEN ' generated always as identity' WHEN 'd' THEN ' generated by default as identity' ELSE '' END
FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped JOIN pg_type y ON y.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
WHERE t.relkind IN ('r', 'p', 'f')
UNION ALL
SELECT 'enum ' || CASE WHEN n.nspname = 'public' THEN t.typname ELSE n.nspname || '.' || t.typname END,
       (SELECT string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid)
FROM pg_type t JOIN spaces n ON n.oid = t.typnamespace WHERE t.typtype = 'e'
UNION ALL
SELECT 'domain ' || CASE WHEN n.nspname = 'public' THEN t.typname ELSE n.nspname || '.' || t.typname END,
       format_type(t.typbasetype, t.typtypmod) || CASE WHEN t.typnotnull THEN ' not null' ELSE '' END || coalesce(' default ' || t.typdefault, '')
         || coalesce((SELECT string_agg(' constraint ' || c.conname || ' ' || pg_get_constraintdef(c.oid), '' ORDER BY c.conname)
              FROM pg_constraint c WHERE c.contypid = t.oid AND c.contype = 'c'), '')
FROM pg_type t JOIN spaces n ON n.oid = t.typnamespace
WHERE t.typtype = 'd' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
UNION ALL
SELECT 'sequence ' || t.name, 'owner ' || pg_get_userbyid(t.relowner) || format(' as %s start %s increment %s minimum %s maximum %s%s',
         format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, CASE WHEN s.seqcycle THEN ' cycle' ELSE '' END)
FROM tables t JOIN pg_sequence s ON s.seqrelid = t.oid
-- The sequence of an identity is part of its column.
WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = t.oid AND d.deptype = 'i')
UNION ALL
SELECT 'constraint ' || t.name || '.' || c.conname, pg_get_constraintdef(c.oid)
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
SELECT 'rule ' || t.name || '.' || r.rulename,
       pg_get_ruledef(r.oid) || CASE r.ev_enabled WHEN 'O' THEN '' ELSE ' enabled ' || r.ev_enabled::text END
FROM pg_rewrite r JOIN tables t ON t.oid = r.ev_class WHERE r.rulename <> '_RETURN'
UNION ALL
SELECT 'view ' || name, concat_ws(E'\n', 'owner ' || pg_get_userbyid(relowner),
         CASE relkind WHEN 'm' THEN 'materialized' END, 'with ' || array_to_string(reloptions, ', '), pg_get_viewdef(oid))
FROM tables WHERE relkind IN ('v', 'm')
UNION ALL
SELECT 'function ' || n.nspname || '.' || p.proname,
       string_agg(pg_get_functiondef(p.oid) || 'owner ' || pg_get_userbyid(p.proowner) || E'\ncallers '
         || (SELECT coalesce(string_agg(CASE a.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(a.grantee)::text END
                || CASE WHEN a.is_grantable THEN ' with grant option' ELSE '' END, ', '
                ORDER BY CASE a.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(a.grantee)::text END), 'nobody')
             FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee <> p.proowner), E'\n' ORDER BY p.oid)
FROM pg_proc p JOIN spaces n ON n.oid = p.pronamespace
WHERE p.prokind IN ('f', 'p') AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
GROUP BY n.nspname, p.proname
UNION ALL
SELECT 'grants ' || grantee || ' ' || name, string_agg(privilege, ', ' ORDER BY privilege)
FROM (
  SELECT t.name, CASE a.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(a.grantee) END AS grantee,
         lower(a.privilege_type) || CASE WHEN a.is_grantable THEN ' with grant option' ELSE '' END AS privilege
  FROM tables t, aclexplode(t.relacl) a WHERE a.grantee <> t.relowner
  UNION ALL
  SELECT t.name, CASE a.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(a.grantee) END,
         lower(a.privilege_type) || '(' || string_agg(c.attname, ',' ORDER BY c.attname) || ')' || CASE WHEN a.is_grantable THEN ' with grant option' ELSE '' END
  FROM tables t JOIN pg_attribute c ON c.attrelid = t.oid, aclexplode(c.attacl) a
  WHERE a.grantee <> t.relowner AND NOT c.attisdropped GROUP BY t.name, a.grantee, a.privilege_type, a.is_grantable
) g GROUP BY grantee, name
