SELECT r.label || ' ' || b.name AS object,
  format('%s holds %s on the sequence %s.', b.sql, string_agg(lower(a.privilege_type), ', ' ORDER BY a.privilege_type), r.label) AS detail,
  format('use keys of app.uuid_v7() or a counter per tenant: `REVOKE ALL ON SEQUENCE %s FROM %s;`', r.sql, b.sql) AS remedy, NULL AS table
FROM relations r CROSS JOIN LATERAL aclexplode(r.relacl) a JOIN bound b ON b.oid = a.grantee
WHERE r.relkind = 'S' GROUP BY r.label, r.sql, b.name, b.sql ORDER BY 1
