SELECT e.label AS object, format('No column and no function uses the enum %s.', e.label) AS detail,
  format('take it out of the schema: `DROP TYPE %s;`', e.sql) AS remedy, NULL AS table
FROM given CROSS JOIN LATERAL (
  SELECT t.oid, t.typarray, CASE WHEN n.nspname = 'public' THEN t.typname ELSE n.nspname || '.' || t.typname END AS label,
    format('%I.%I', n.nspname, t.typname) AS sql
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE t.typtype = 'e' AND given.it -> 'schemas' ? n.nspname
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
) e
WHERE NOT EXISTS (
  SELECT FROM pg_depend d WHERE d.refclassid = 'pg_type'::regclass AND d.refobjid IN (e.oid, e.typarray) AND d.deptype = 'n')
ORDER BY 1
