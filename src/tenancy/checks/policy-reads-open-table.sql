SELECT DISTINCT t.label || '.' || p.polname || ' ' || r.label AS object,
  format('%s.%s looks into %s, which has no row security.', t.label, p.polname, r.label) AS detail,
  CASE WHEN r.relkind IN ('r', 'p') THEN format('protect it: `ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;`', r.sql)
    ELSE 'look into the table behind it, whose policies hold' END AS remedy, NULL AS table
FROM pg_policy p JOIN relations t ON t.oid = p.polrelid
JOIN pg_depend d ON d.classid = 'pg_policy'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> p.polrelid
JOIN relations r ON r.oid = d.refobjid
WHERE (r.relkind IN ('r', 'p') AND NOT r.relrowsecurity) OR r.relkind IN ('m', 'f')
  OR (r.relkind = 'v' AND NOT coalesce(r.reloptions && '{security_invoker=true,security_invoker=on,security_invoker=1}'::text[], false))
ORDER BY 1
