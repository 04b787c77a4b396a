SELECT 'large object ' || l.oid AS object,
  format('The large object %s is open to %s.', l.oid, string_agg(DISTINCT b.sql, ', ')) AS detail,
  format('move it into a table with a tenant column, then: `SELECT lo_unlink(%s);`', l.oid) AS remedy, NULL AS table
FROM pg_largeobject_metadata l LEFT JOIN LATERAL aclexplode(l.lomacl) a ON true
JOIN bound b ON b.oid = l.lomowner OR b.oid = a.grantee
GROUP BY l.oid ORDER BY 1
