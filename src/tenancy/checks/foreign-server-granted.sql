SELECT 'server ' || s.srvname || ' ' || b.name AS object,
  format('%s may use the foreign server %s.', b.sql, s.srvname) AS detail,
  format('take it back: `REVOKE USAGE ON FOREIGN SERVER %I FROM %s;%s`', s.srvname, b.sql,
    CASE WHEN bool_or(m.umuser IS NOT NULL) THEN format(' DROP USER MAPPING FOR %s SERVER %I;', b.sql, s.srvname) END) AS remedy, NULL AS table
FROM pg_foreign_server s JOIN bound b ON true
LEFT JOIN LATERAL aclexplode(s.srvacl) a ON a.grantee = b.oid
LEFT JOIN pg_user_mappings m ON m.srvid = s.oid AND m.umuser = b.oid
WHERE a.grantee IS NOT NULL OR m.umuser IS NOT NULL GROUP BY s.srvname, b.name, b.sql ORDER BY 1
