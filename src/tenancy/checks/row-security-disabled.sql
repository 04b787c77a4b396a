SELECT r.label AS object, format('Row security of %s is not enabled, so its policies do nothing.', r.label) AS detail,
  format('enable it: `ALTER TABLE %s ENABLE ROW LEVEL SECURITY;`', r.sql) AS remedy, NULL AS table
FROM relations r
WHERE r.ours AND r.relkind IN ('r', 'p') AND r.relname <> '_prisma_migrations' AND NOT r.relrowsecurity
  -- Partitions and inherited tables are another check's.
  AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = r.oid)
ORDER BY 1
