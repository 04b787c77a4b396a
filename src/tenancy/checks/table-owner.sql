SELECT r.label AS object,
  format('%s belongs to %s instead of %s.', r.label, pg_get_userbyid(r.relowner), given.it ->> 'owner') AS detail,
  format('hand it over: `ALTER TABLE %s OWNER TO %I;`', r.sql, given.it ->> 'owner') AS remedy, NULL AS table
FROM given, relations r
WHERE r.ours AND r.relkind IN ('r', 'p') AND r.relname <> '_prisma_migrations' AND pg_get_userbyid(r.relowner) <> given.it ->> 'owner'
ORDER BY 1
