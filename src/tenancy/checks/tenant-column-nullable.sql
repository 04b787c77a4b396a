SELECT t.label || '.' || t.key AS object,
  format('%s.%s accepts null, so a row can belong to no tenant.', t.label, t.key) AS detail,
  format('give such rows a tenant, then: `ALTER TABLE %s ALTER COLUMN %I SET NOT NULL;`', t.sql, t.key) AS remedy, NULL AS table
FROM tenants t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = t.attnum
WHERE NOT a.attnotnull ORDER BY 1
