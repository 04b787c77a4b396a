SELECT r.rolname::text AS object, format('%s may log in and is BYPASSRLS.', quote_ident(r.rolname)) AS detail,
  format('if it makes no backups: `ALTER ROLE %I NOBYPASSRLS;`', r.rolname) AS remedy, NULL AS table
FROM given, pg_roles r
-- Superusers are whoever runs the server; that no role of the boundary is one is another check's.
WHERE r.rolcanlogin AND r.rolbypassrls AND NOT r.rolsuper
  AND r.rolname <> given.it ->> 'owner' AND NOT given.it -> 'applicationRoles' ? r.rolname
ORDER BY 1
