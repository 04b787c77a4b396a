SELECT r.label || '.' || t.tgname AS object,
  format('Writing to the view %s runs %s with the rights of %s.', r.label, f.label, pg_get_userbyid(f.proowner)) AS detail,
  format('let the policies of the caller hold: `ALTER FUNCTION %s SECURITY INVOKER;`', f.signature) AS remedy, NULL AS table
FROM relations r JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal AND t.tgtype & 64 <> 0
JOIN functions f ON f.oid = t.tgfoid AND f.prosecdef
ORDER BY 1
