SELECT e.extname::text AS object, format('The extension %s stands in the schema public.', e.extname) AS detail,
  format('give it a schema of its own: `CREATE SCHEMA IF NOT EXISTS extensions; ALTER EXTENSION %I SET SCHEMA extensions;`', e.extname) AS remedy,
  NULL AS table
FROM pg_extension e WHERE e.extnamespace = 'public'::regnamespace ORDER BY 1
