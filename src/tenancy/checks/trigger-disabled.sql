SELECT CASE WHEN t.tgisinternal THEN r.label || ' foreign keys' ELSE r.label || '.' || t.tgname END AS object,
  CASE WHEN t.tgisinternal THEN format('Triggers that keep foreign keys of %s are disabled.', r.label)
    ELSE format('The trigger %s on %s is disabled.', t.tgname, r.label) END AS detail,
  CASE WHEN t.tgisinternal THEN format('check the rows, then as a superuser: `ALTER TABLE %s ENABLE TRIGGER ALL;`', r.sql)
    ELSE format('check what was written meanwhile, then: `ALTER TABLE %s ENABLE TRIGGER %I;`', r.sql, t.tgname) END AS remedy, NULL AS table
FROM relations r JOIN (
  SELECT tgrelid, tgisinternal, min(tgname) AS tgname FROM pg_trigger WHERE tgenabled IN ('D', 'R')
  GROUP BY tgrelid, tgisinternal, CASE WHEN tgisinternal THEN '' ELSE tgname END
) t ON t.tgrelid = r.oid
ORDER BY 1
