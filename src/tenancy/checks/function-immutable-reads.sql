SELECT f.label AS object, format('%s is IMMUTABLE but reads %s.', f.label, w.what) AS detail,
  format('say what it is: `ALTER FUNCTION %s STABLE;`', f.signature) AS remedy, NULL AS table
FROM functions f CROSS JOIN LATERAL (
  SELECT string_agg(DISTINCT what, ' and ') AS what FROM (
    SELECT 'settings or who is logged in' AS what
    WHERE f.body ~* '\m(current_setting|pg_has_role|auth\.\w+|app\.current_\w+|app\.is_org_admin)\s*\(|\m(current_user|session_user|current_role)\M'
    UNION ALL SELECT 'the time' WHERE f.body ~* '\m(now|clock_timestamp|statement_timestamp)\s*\(|\mcurrent_(date|timestamp|time)\M'
    UNION ALL SELECT 'tables' FROM relations r WHERE f.body ~* format('\m(from|join|into|update)\s+"?%s"?\."?%s\M', r.schema, r.relname)
  ) found
) w
WHERE f.provolatile = 'i' AND w.what IS NOT NULL ORDER BY 1
