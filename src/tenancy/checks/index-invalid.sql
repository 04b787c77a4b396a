SELECT i.relname::text AS object, format('%s of %s was not finished.', i.relname, r.label) AS detail,
  format('build it anew: `REINDEX INDEX %s;`', x.indexrelid::regclass) AS remedy, r.label AS table
FROM pg_index x JOIN relations r ON r.oid = x.indrelid AND r.ours JOIN pg_class i ON i.oid = x.indexrelid
WHERE NOT (x.indisvalid AND x.indisready) AND i.relkind = 'i' ORDER BY 1
