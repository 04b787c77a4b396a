SELECT r.label || '.' || a.attname AS object,
  format('%s.%s is of type %s, which pg_upgrade refuses.', r.label, a.attname, format_type(a.atttypid, NULL)) AS detail,
  format('store the name: `ALTER TABLE %s ALTER COLUMN %I TYPE text;`', r.sql, a.attname) AS remedy, NULL AS table
FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE r.relkind IN ('r', 'p', 'm') AND a.atttypid::regtype::text IN ('regproc', 'regprocedure', 'regoper', 'regoperator',
  'regconfig', 'regdictionary', 'regnamespace', 'regcollation')
ORDER BY 1
