SELECT r.label || '.' || c.conname AS object,
  format('%s of %s %s.', c.conname, r.label, CASE WHEN to_jsonb(c) ->> 'conenforced' = 'false' THEN 'is not enforced' ELSE 'has not been checked for the rows that were there' END) AS detail,
  CASE WHEN to_jsonb(c) ->> 'conenforced' = 'false' THEN format('enforce it: `ALTER TABLE %s ALTER CONSTRAINT %I ENFORCED;`', r.sql, c.conname)
    ELSE format('mend the rows that it refuses, then: `ALTER TABLE %s VALIDATE CONSTRAINT %I;`', r.sql, c.conname) END AS remedy, NULL AS table
FROM pg_constraint c JOIN relations r ON r.oid = c.conrelid AND r.ours
-- What is not enforced is never marked as validated.
WHERE NOT c.convalidated ORDER BY 1
