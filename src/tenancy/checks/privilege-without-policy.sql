SELECT r.label || ' ' || b.name AS object,
  format('%s may %s %s, but no policy admits a row.', b.sql, string_agg(DISTINCT lower(g.privilege_type), ', '), r.label) AS detail,
  format('admit rows with @allow, or take it back: `REVOKE %s ON %s FROM %s;`', string_agg(DISTINCT g.privilege_type, ', '), r.sql, b.sql) AS remedy,
  NULL AS table
FROM relations r
CROSS JOIN LATERAL (
  SELECT a.grantee, a.privilege_type FROM aclexplode(r.relacl) a
  UNION SELECT a.grantee, a.privilege_type FROM pg_attribute c, aclexplode(c.attacl) a WHERE c.attrelid = r.oid AND NOT c.attisdropped
) g
JOIN bound b ON b.oid = g.grantee AND b.oid <> 0
WHERE r.relkind IN ('r', 'p') AND r.relrowsecurity AND g.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
  AND NOT EXISTS (
    SELECT FROM pg_policy p WHERE p.polrelid = r.oid AND p.polpermissive AND (0 = ANY (p.polroles) OR b.oid = ANY (p.polroles))
      AND p.polcmd::text IN ('*', CASE g.privilege_type WHEN 'SELECT' THEN 'r' WHEN 'INSERT' THEN 'a' WHEN 'UPDATE' THEN 'w' ELSE 'd' END))
GROUP BY r.label, r.sql, b.name, b.sql ORDER BY 1
