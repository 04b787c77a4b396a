SELECT DISTINCT lower(k.name) || coalesce(' in ' || d.schema, '') || ' ' || b.name AS object,
  format('%s gets privileges on new %s of %s%s.', b.sql, lower(k.name), given.it ->> 'owner', coalesce(' in ' || d.schema, '')) AS detail,
  format('take it back: `ALTER DEFAULT PRIVILEGES FOR ROLE %I%s REVOKE ALL ON %s FROM %s;`', given.it ->> 'owner',
    coalesce(' IN SCHEMA ' || quote_ident(d.schema), ''), k.name, b.sql) AS remedy, NULL AS table
FROM given CROSS JOIN LATERAL (
  SELECT d.defaclobjtype::text AS type, n.nspname::text AS schema, d.defaclacl AS acl
  FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace WHERE pg_get_userbyid(d.defaclrole) = given.it ->> 'owner'
  UNION ALL
  -- Where nothing is said, everybody may execute new functions.
  SELECT 'f', NULL, acldefault('f', r.oid) FROM pg_roles r WHERE r.rolname = given.it ->> 'owner' AND NOT EXISTS (
    SELECT FROM pg_default_acl d WHERE d.defaclrole = r.oid AND d.defaclnamespace = 0 AND d.defaclobjtype = 'f')
) d
JOIN (VALUES ('r', 'TABLES'), ('S', 'SEQUENCES'), ('f', 'FUNCTIONS'), ('n', 'SCHEMAS')) AS k(type, name) ON k.type = d.type
CROSS JOIN LATERAL aclexplode(d.acl) a JOIN bound b ON b.oid = a.grantee
ORDER BY 1
