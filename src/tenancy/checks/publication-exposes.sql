SELECT t.pubname::text AS object,
  format('The publication %s sends %s with the rows of all tenants.', t.pubname, string_agg(r.label, ', ' ORDER BY r.label)) AS detail,
  format('if nobody subscribes: `DROP PUBLICATION %I;`', t.pubname) AS remedy, min(r.label) AS table
FROM pg_publication_tables t JOIN relations r ON r.schema = t.schemaname AND r.relname = t.tablename AND r.ours
GROUP BY t.pubname ORDER BY 1
