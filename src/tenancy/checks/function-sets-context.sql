SELECT f.label || ' ' || split_part(c, '=', 1) AS object,
  format('%s runs with %s.', f.label, c) AS detail,
  format('take it away: `ALTER FUNCTION %s RESET %s;`', f.signature, split_part(c, '=', 1)) AS remedy, NULL AS table
FROM functions f CROSS JOIN unnest(f.proconfig) c
WHERE split_part(c, '=', 1) IN ('app.context', 'role', 'session_authorization', 'row_security', 'session_replication_role') ORDER BY 1
