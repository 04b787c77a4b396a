SELECT r.label AS object, format('%s has no primary key.', r.label) AS detail,
  'declare @id or @@id in the model, with the tenant first' AS remedy, NULL AS table
FROM relations r
WHERE r.ours AND r.relkind IN ('r', 'p') AND NOT r.relispartition AND r.relname <> '_prisma_migrations'
  AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = r.oid)
  AND NOT EXISTS (SELECT FROM pg_index x WHERE x.indrelid = r.oid AND x.indisprimary)
ORDER BY 1
