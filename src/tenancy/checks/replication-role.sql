SELECT r.rolname::text AS object, format('%s is REPLICATION.', quote_ident(r.rolname)) AS detail,
  format('if it is no replica and no backup: `ALTER ROLE %I NOREPLICATION;`', r.rolname) AS remedy, NULL AS table
FROM given, pg_roles r
WHERE r.rolreplication AND NOT r.rolsuper AND r.rolname <> given.it ->> 'owner' AND NOT given.it -> 'applicationRoles' ? r.rolname
ORDER BY 1
