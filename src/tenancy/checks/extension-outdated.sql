SELECT e.extname::text AS object, format('%s is at %s, the server has %s.', e.extname, e.extversion, a.default_version) AS detail,
  format('bring it up to date: `ALTER EXTENSION %I UPDATE;`', e.extname) AS remedy, NULL AS table
FROM pg_extension e JOIN pg_available_extensions a ON a.name = e.extname
WHERE a.default_version <> e.extversion ORDER BY 1
