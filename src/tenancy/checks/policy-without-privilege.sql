SELECT r.label || '.' || p.polname || ' ' || b.name AS object,
  format('%s.%s is for %s, which holds no privilege for it.', r.label, p.polname, b.sql) AS detail,
  format('say @deny in the model, or: `GRANT %s ON %s TO %s;`', w.privilege, r.sql, b.sql) AS remedy, NULL AS table
FROM pg_policy p JOIN relations r ON r.oid = p.polrelid JOIN bound b ON b.oid = ANY (p.polroles) AND b.oid <> 0
CROSS JOIN LATERAL (SELECT CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
  ELSE 'SELECT, INSERT, UPDATE, DELETE' END AS privilege) w
WHERE p.polpermissive AND NOT has_table_privilege(b.oid, r.oid, w.privilege)
  AND (p.polcmd = 'd' OR NOT has_any_column_privilege(b.oid, r.oid, replace(w.privilege, ', DELETE', '')))
ORDER BY 1
