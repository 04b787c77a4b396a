SELECT r.label AS object,
  format('%s has row security but no permissive policy, so nobody can read or write it.', r.label) AS detail,
  'declare who may use it with @scope and @allow, then run: npm run db:migrate; or take the table away' AS remedy, NULL AS table
FROM relations r
WHERE r.ours AND r.relkind IN ('r', 'p') AND r.relname <> '_prisma_migrations' AND r.relrowsecurity
  AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = r.oid)
  AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = r.oid AND p.polpermissive)
ORDER BY 1
