SELECT b.name AS object, format('%s has no %s.', b.sql, string_agg(w.name, ' and no ' ORDER BY w.name)) AS detail,
  format('set them: `%s`', string_agg(format('ALTER ROLE %s SET %s = ''60s'';', b.sql, w.name), ' ' ORDER BY w.name)) AS remedy, NULL AS table
FROM bound b CROSS JOIN (VALUES ('statement_timeout'), ('idle_in_transaction_session_timeout')) AS w(name)
-- What is set for a role counts when it logs in.
WHERE b.of_tenants AND b.oid <> 0 AND (SELECT rolcanlogin FROM pg_roles r WHERE r.oid = b.oid) AND NOT EXISTS (
  SELECT FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) c
  WHERE (s.setrole = b.oid OR s.setrole = 0) AND (s.setdatabase = 0 OR s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()))
    AND split_part(c, '=', 1) = w.name AND split_part(c, '=', 2) !~ '^0')
GROUP BY b.name, b.sql ORDER BY 1
