SELECT t.label || '.' || g.tgname AS object,
  format('%s on %s calls %s, which writes to %s with the rights of %s and never names the tenant of the row.', g.tgname, t.label, f.label,
    string_agg(DISTINCT w.label, ', '), pg_get_userbyid(f.proowner)) AS detail,
  'compare with NEW or OLD: its tenant column, or its key where the key is the tenant' AS remedy, NULL AS table
FROM given, tenants t JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
JOIN functions f ON f.oid = g.tgfoid AND f.prosecdef
JOIN tenants w ON f.body ~* ('\m(insert\s+into|update|delete\s+from|merge\s+into)\s+(only\s+)?(public\.)?' || replace(w.label, '.', '\.') || '\M')
WHERE pg_get_userbyid(f.proowner) <> given.it ->> 'owner'
  AND f.body !~* format('\m(new|old)\."?%s\M', t.key) AND f.body !~* '\mapp\.current_organization_id\s*\('
GROUP BY t.label, g.tgname, f.label, f.proowner ORDER BY 1
