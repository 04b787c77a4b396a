SELECT f.label AS object,
  format('%s is SECURITY DEFINER %s.', f.label, coalesce('with search_path = ' || p.path, 'without a search_path of its own')) AS detail,
  format('write names with their schema and empty the path: `ALTER FUNCTION %s SET search_path = '''';`', f.signature) AS remedy, NULL AS table
FROM functions f
LEFT JOIN LATERAL (SELECT substr(c, 13) AS path FROM unnest(f.proconfig) c WHERE c LIKE 'search\_path=%') p ON true
-- Empty, or with the temporary schema at its end, where nothing of the caller's comes first.
WHERE f.prosecdef AND (p.path IS NULL OR p.path NOT IN ('', '""') AND p.path !~ '(^|,)\s*pg_temp\s*$') ORDER BY 1
