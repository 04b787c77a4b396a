SELECT r.label AS object,
  format('Row security of %s is not forced, so its owner %s passes every policy by.', r.label, pg_get_userbyid(r.relowner)) AS detail,
  format('force it: `ALTER TABLE %s FORCE ROW LEVEL SECURITY;`', r.sql) AS remedy, NULL AS table
FROM relations r
WHERE r.ours AND r.relkind IN ('r', 'p') AND r.relname <> '_prisma_migrations' AND NOT r.relforcerowsecurity
  AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = r.oid)
ORDER BY 1
