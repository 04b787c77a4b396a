SELECT 'schema ' || r.schema || ' ' || b.name AS object,
  format('%s holds privileges on %s tables of the schema %s, but not USAGE on it.', b.sql, count(DISTINCT r.oid), r.schema) AS detail,
  format('open the schema: `GRANT USAGE ON SCHEMA %I TO %s;`', r.schema, b.sql) AS remedy, NULL AS table
FROM relations r CROSS JOIN LATERAL aclexplode(r.relacl) g JOIN bound b ON b.oid = g.grantee AND b.oid <> 0
WHERE NOT has_schema_privilege(b.oid, r.relnamespace, 'USAGE')
GROUP BY r.schema, b.name, b.sql ORDER BY 1
