SELECT r.label || ' ' || b.name AS object,
  format('%s holds %s on %s, a child of %s.', b.sql, string_agg(DISTINCT lower(g.privilege_type), ', '), r.label, i.inhparent::regclass) AS detail,
  format('take it back: `REVOKE ALL ON %s FROM %s;`', r.sql, b.sql) AS remedy, NULL AS table
FROM relations r JOIN pg_inherits i ON i.inhrelid = r.oid AND i.inhseqno = 1 CROSS JOIN LATERAL aclexplode(r.relacl) g
JOIN bound b ON b.oid = g.grantee
WHERE r.relkind IN ('r', 'p', 'f')
GROUP BY r.label, r.sql, b.name, b.sql, i.inhparent ORDER BY 1
