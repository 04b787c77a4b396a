SELECT DISTINCT f.label AS object,
  format('PUBLIC may execute %s, which runs with the rights of %s.', f.label, pg_get_userbyid(f.proowner)) AS detail,
  format('close it: `REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC;`', f.signature) AS remedy, NULL AS table
FROM functions f CROSS JOIN LATERAL aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a
WHERE f.prosecdef AND a.grantee = 0 ORDER BY 1
