SELECT 'parameter ' || p.parname || ' ' || b.name AS object,
  format('%s holds %s on the setting %s.', b.sql, string_agg(lower(a.privilege_type), ', ' ORDER BY a.privilege_type), p.parname) AS detail,
  format('take it back: `REVOKE ALL ON PARAMETER %s FROM %s;`', p.parname, b.sql) AS remedy, NULL AS table
FROM pg_parameter_acl p CROSS JOIN LATERAL aclexplode(p.paracl) a JOIN bound b ON b.oid = a.grantee
GROUP BY p.parname, b.name, b.sql ORDER BY 1
