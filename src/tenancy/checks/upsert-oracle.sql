SELECT i.relname::text AS object,
  format('%s may insert into %s and so learns by ON CONFLICT (%s) whether another tenant has the same.', string_agg(DISTINCT b.sql, ', '), t.label,
    array_to_string(ARRAY(SELECT pg_get_indexdef(x.indexrelid, k, true) FROM generate_series(1, x.indnkeyatts) k), ', ')) AS detail,
  'put the tenant first in the key, or take INSERT from the roles of tenants' AS remedy, t.label AS table
FROM tenants t JOIN pg_index x ON x.indrelid = t.oid AND x.indisunique AND x.indisvalid JOIN pg_class i ON i.oid = x.indexrelid
-- Nobody asks as a role that cannot log in.
JOIN bound b ON b.of_tenants AND (SELECT rolcanlogin FROM pg_roles r WHERE r.oid = b.oid) AND has_any_column_privilege(b.oid, t.oid, 'INSERT')
WHERE t.attnum <> ALL ((x.indkey::int2[])[0:x.indnkeyatts - 1])
  AND EXISTS (SELECT FROM unnest((x.indkey::int2[])[0:x.indnkeyatts - 1]) k
    LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k AND k <> 0 WHERE a.atttypid IS DISTINCT FROM 'uuid'::regtype)
GROUP BY i.relname, t.label, x.indexrelid, x.indnkeyatts ORDER BY 1
