SELECT f.label AS object,
  format('%s may execute %s, which is written in %s.', string_agg(DISTINCT b.sql, ', '), f.label, f.language) AS detail,
  format('take it back: `%s`', string_agg(format('REVOKE EXECUTE ON FUNCTION %s FROM %s;', f.signature, b.sql), ' ')) AS remedy, NULL AS table
FROM functions f JOIN pg_language l ON l.oid = f.prolang AND NOT l.lanpltrusted AND l.lanname <> 'sql'
CROSS JOIN LATERAL aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a JOIN bound b ON b.oid = a.grantee
GROUP BY f.label, f.language ORDER BY 1
