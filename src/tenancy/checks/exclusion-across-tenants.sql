SELECT t.label || '.' || c.conname AS object,
  format('%s of %s compares the tenants of two rows with %s.', c.conname, t.label, o.oprname) AS detail,
  format('compare %I WITH =, or: `ALTER TABLE %s DROP CONSTRAINT %I;`', t.key, t.sql, c.conname) AS remedy, t.label AS table
FROM pg_constraint c JOIN tenants t ON t.oid = c.conrelid
CROSS JOIN LATERAL unnest(c.conkey, c.conexclop) AS k(attnum, operator) JOIN pg_operator o ON o.oid = k.operator
WHERE c.contype = 'x' AND k.attnum = t.attnum AND o.oprname <> '=' ORDER BY 1
