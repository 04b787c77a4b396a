SELECT t.label || '.' || t.key AS object,
  format('%s.%s compares by %s, which takes different texts for equal.', t.label, t.key, coalesce(c.collname, y.typname)) AS detail,
  format('compare by bytes: `ALTER TABLE %s ALTER COLUMN %I TYPE text COLLATE "C";`', t.sql, t.key) AS remedy, NULL AS table
FROM tenants t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = t.attnum JOIN pg_type y ON y.oid = a.atttypid
LEFT JOIN pg_collation c ON c.oid = a.attcollation AND NOT c.collisdeterministic
WHERE c.oid IS NOT NULL OR y.typname = 'citext' ORDER BY 1
