SELECT r.label || '.' || w.rulename AS object,
  format('The rule %s rewrites statements on %s and runs them with the rights of its owner.', w.rulename, r.label) AS detail,
  format('use a trigger instead: `DROP RULE %I ON %s;`', w.rulename, r.sql) AS remedy, NULL AS table
FROM pg_rewrite w JOIN relations r ON r.oid = w.ev_class AND r.ours
WHERE w.rulename <> '_RETURN' ORDER BY 1
