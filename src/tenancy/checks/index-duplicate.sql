SELECT a.indexrelid::regclass::text AS object,
  format('%s of %s says nothing that %s does not say.', i.relname, r.label, min(j.relname)) AS detail,
  format('take it out of the model: `DROP INDEX %s;`', a.indexrelid::regclass) AS remedy, r.label AS table
FROM pg_index a
JOIN relations r ON r.oid = a.indrelid AND r.ours
JOIN pg_class i ON i.oid = a.indexrelid
JOIN pg_index b ON b.indrelid = a.indrelid AND b.indexrelid <> a.indexrelid AND b.indisvalid
  AND coalesce(pg_get_expr(a.indpred, a.indrelid), '') = coalesce(pg_get_expr(b.indpred, b.indrelid), '')
  AND coalesce(pg_get_expr(a.indexprs, a.indrelid), '') = coalesce(pg_get_expr(b.indexprs, b.indrelid), '')
JOIN pg_class j ON j.oid = b.indexrelid AND j.relam = i.relam
WHERE NOT a.indisprimary AND NOT a.indisexclusion AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = a.indexrelid)
  AND CASE WHEN (a.indkey, a.indclass, a.indcollation, a.indoption) = (b.indkey, b.indclass, b.indcollation, b.indoption)
    -- The weaker of two equal ones goes; of equally strong ones the younger.
    THEN a.indisunique < b.indisunique OR (a.indisunique = b.indisunique AND a.indnullsnotdistinct = b.indnullsnotdistinct
      AND (b.indisprimary OR a.indexrelid > b.indexrelid))
    -- The beginning of a longer one; a unique key says more than that.
    ELSE NOT a.indisunique AND a.indnatts = a.indnkeyatts AND a.indnkeyatts < b.indnkeyatts
      AND (a.indkey::int2[])[0:a.indnkeyatts - 1] = (b.indkey::int2[])[0:a.indnkeyatts - 1]
      AND (a.indclass::oid[])[0:a.indnkeyatts - 1] = (b.indclass::oid[])[0:a.indnkeyatts - 1]
      AND (a.indcollation::oid[])[0:a.indnkeyatts - 1] = (b.indcollation::oid[])[0:a.indnkeyatts - 1]
      AND (a.indoption::int2[])[0:a.indnkeyatts - 1] = (b.indoption::int2[])[0:a.indnkeyatts - 1] END
GROUP BY a.indexrelid, i.relname, r.label ORDER BY 1
