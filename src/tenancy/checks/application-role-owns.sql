SELECT b.name || ' ' || i.identity AS object, format('%s owns the %s %s.', b.name, i.type, i.identity) AS detail,
  format('hand it over: `ALTER %s %s OWNER TO %I;`', upper(i.type), i.identity, given.it ->> 'owner') AS remedy, NULL AS table
FROM given, pg_shdepend d JOIN bound b ON b.oid = d.refobjid AND b.oid <> 0
CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, d.objsubid) i
WHERE d.deptype = 'o'
  AND (d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
    OR d.dbid = 0 AND d.classid = 'pg_database'::regclass AND d.objid = (SELECT oid FROM pg_database WHERE datname = current_database()))
  -- The platform owns definer functions, readers own their views.
  AND NOT (b.name = given.it ->> 'platform' AND i.type = 'function')
  -- What stands in a schema that is handed to it is the platform's own.
  AND NOT (b.name = given.it ->> 'platform' AND given.it -> 'handed' ? coalesce(i.schema, CASE i.type WHEN 'schema' THEN i.name END, ''))
  AND NOT (given.it -> 'readers' ? b.name AND i.type = 'view')
ORDER BY 1
