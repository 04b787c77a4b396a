-- A key has to be the same on every database, so the name of this one is not in it.
SELECT lower(h.kind) || CASE h.kind WHEN 'SCHEMA' THEN ' ' || h.name ELSE '' END || ' ' || b.name AS object,
  format('%s may create %sobjects in the %s %s.', b.sql, CASE h.privilege_type WHEN 'CREATE' THEN '' ELSE 'temporary ' END, lower(h.kind), h.name) AS detail,
  format('take it back: `REVOKE %s ON %s %I FROM %s;`', h.privilege_type, h.kind, h.name, b.sql) AS remedy, NULL AS table
FROM given, (
  SELECT 'SCHEMA' AS kind, n.nspname::text AS name, a.grantee, a.privilege_type
  FROM pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
  WHERE n.nspname NOT LIKE 'pg\_%' AND a.privilege_type = 'CREATE'
  UNION ALL
  SELECT 'DATABASE', d.datname::text, a.grantee, a.privilege_type
  FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
  WHERE d.datname = current_database() AND a.privilege_type IN ('CREATE', 'TEMPORARY')
) h JOIN bound b ON b.oid = h.grantee
WHERE NOT (h.kind = 'SCHEMA' AND given.it -> 'handed' ? h.name AND b.name = given.it ->> 'platform')
ORDER BY h.kind, h.name, b.name
