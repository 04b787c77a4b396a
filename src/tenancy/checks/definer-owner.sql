SELECT f.label AS object,
  format('%s is SECURITY DEFINER and belongs to %s, not to %s or %s.', f.label, pg_get_userbyid(f.proowner), given.it ->> 'platform', given.it ->> 'owner') AS detail,
  format('hand it over: `ALTER FUNCTION %s OWNER TO %I;`', f.signature, given.it ->> 'platform') AS remedy, NULL AS table
FROM given, functions f
WHERE f.prosecdef AND pg_get_userbyid(f.proowner) NOT IN (given.it ->> 'platform', given.it ->> 'owner') ORDER BY 1
