SELECT f.label AS object, format('%s is SECURITY DEFINER and %s.', f.label,
    CASE WHEN f.language IN ('sql', 'plpgsql') THEN 'runs SQL that it puts together' ELSE 'is written in ' || f.language END) AS detail,
  'write the statement out; where the name of a table varies, write one statement for each' AS remedy, NULL AS table
FROM functions f
WHERE f.prosecdef AND (f.language NOT IN ('sql', 'plpgsql')
  OR f.body ~* '\mexecute\s+(?!function\M|procedure\M|on\M)\S' OR f.body ~* '\m(query_to_xml\w*|cursor_to_xml|dblink\w*|ts_stat)\s*\(')
ORDER BY 1
