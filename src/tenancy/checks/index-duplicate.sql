SELECT a.indexrelid::regclass::text AS object,
  format('%s of %s says the same as %s.', i.relname, r.label, j.relname) AS detail,
  format('take it out of the model: `DROP INDEX %s;`', a.indexrelid::regclass) AS remedy, r.label AS table
FROM pg_index a
JOIN pg_index b ON b.indrelid = a.indrelid AND b.indexrelid <> a.indexrelid AND b.indisvalid
  AND (a.indkey, a.indclass, a.indcollation, a.indoption) = (b.indkey, b.indclass, b.indcollation, b.indoption)
  AND coalesce(pg_get_expr(a.indpred, a.indrelid), '') = coalesce(pg_get_expr(b.indpred, b.indrelid), '')
  AND coalesce(pg_get_expr(a.indexprs, a.indrelid), '') = coalesce(pg_get_expr(b.indexprs, b.indrelid), '')
JOIN relations r ON r.oid = a.indrelid AND r.ours
JOIN pg_class i ON i.oid = a.indexrelid
JOIN pg_class j ON j.oid = b.indexrelid AND j.relam = i.relam
-- The weaker of the two goes; of equals the younger one.
WHERE NOT a.indisprimary AND NOT a.indisexclusion AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = a.indexrelid)
  AND (a.indisunique < b.indisunique OR (a.indisunique = b.indisunique AND a.indnullsnotdistinct = b.indnullsnotdistinct
    AND (b.indisprimary OR a.indexrelid > b.indexrelid)))
ORDER BY 1
