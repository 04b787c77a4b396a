SELECT t.label || '.' || c.conname AS object,
  format('%s may %s rows of %s, and %s then %s rows of %s, whoever they belong to.', string_agg(DISTINCT b.sql, ', '),
    CASE WHEN c.confdeltype IN ('c', 'n', 'd') THEN 'delete' ELSE 'change' END, p.label, c.conname,
    CASE coalesce(nullif(nullif(c.confdeltype::text, 'a'), 'r'), c.confupdtype::text) WHEN 'c' THEN 'carries that to' ELSE 'empties a column of' END, t.label) AS detail,
  'use onDelete: Restrict, or put the tenant into the relation on both sides' AS remedy, t.label AS table
FROM pg_constraint c JOIN tenants t ON t.oid = c.conrelid JOIN relations p ON p.oid = c.confrelid
LEFT JOIN tenants pt ON pt.oid = p.oid
JOIN bound b ON b.of_tenants AND b.oid <> 0
WHERE c.contype = 'f'
  AND NOT EXISTS (SELECT FROM unnest(c.conkey, c.confkey) AS k(child, parent) WHERE k.child = t.attnum AND k.parent = pt.attnum)
  AND ((c.confdeltype IN ('c', 'n', 'd') AND has_table_privilege(b.oid, p.oid, 'DELETE'))
    OR (c.confupdtype IN ('c', 'n', 'd') AND EXISTS (SELECT FROM unnest(c.confkey) k WHERE has_column_privilege(b.oid, p.oid, k, 'UPDATE'))))
GROUP BY t.label, c.conname, p.label, c.confdeltype, c.confupdtype ORDER BY 1
