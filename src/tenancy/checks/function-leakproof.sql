SELECT f.label AS object, format('%s is marked LEAKPROOF, so it sees rows before policies are applied.', f.label) AS detail,
  format('unless it is proven to show nothing of its arguments: `ALTER FUNCTION %s NOT LEAKPROOF;`', f.signature) AS remedy, NULL AS table
FROM functions f WHERE f.proleakproof ORDER BY 1
