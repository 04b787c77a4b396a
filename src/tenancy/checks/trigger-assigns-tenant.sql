SELECT t.label || '.' || g.tgname AS object,
  format('%s on %s calls %s, which assigns %s.', g.tgname, t.label, f.label, CASE WHEN f.body ~* '\mnew\s*:=' THEN 'the whole row' ELSE t.key END) AS detail,
  format('compare and raise an error instead; or: `DROP TRIGGER %I ON %s;`', g.tgname, t.sql) AS remedy, NULL AS table
FROM tenants t JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal AND g.tgtype & 3 = 3
JOIN functions f ON f.oid = g.tgfoid
WHERE f.body ~* format('(^|;|\mthen|\mbegin|\melse|\mloop)\s*new\."?%s"?\s*:?=', t.key) OR f.body ~* format('\minto\s+(strict\s+)?([\w."]+\s*,\s*)*new\."?%s\M', t.key)
  OR f.body ~* '\mnew\s*:=' OR f.language NOT IN ('plpgsql')
ORDER BY 1
