SELECT s.kind || ' ' || s.name AS object,
  format('Sessions of %s start with %s = %s.', s.holder, s.name, CASE s.value WHEN '' THEN '''''' ELSE s.value END) AS detail,
  format('take it away: `ALTER %s RESET %s;`', s.altered, s.name) AS remedy, NULL AS table
FROM (
  -- A key has to be the same on every database, so the name of this one is not in it.
  SELECT coalesce(b.name, '') || CASE WHEN d.oid IS NULL THEN CASE WHEN b.oid IS NULL THEN 'all roles' ELSE '' END
      WHEN b.oid IS NULL THEN 'database' ELSE ' in database' END AS kind,
    coalesce(b.name, 'database ' || d.datname, 'all roles') AS holder, split_part(c, '=', 1) AS name,
    substr(c, strpos(c, '=') + 1) AS value,
    CASE WHEN b.oid IS NULL AND d.oid IS NOT NULL THEN format('DATABASE %I', d.datname)
      ELSE format('ROLE %s%s', coalesce(b.sql, 'ALL'), coalesce(' IN DATABASE ' || quote_ident(d.datname), '')) END AS altered
  FROM pg_db_role_setting r CROSS JOIN unnest(r.setconfig) c
  LEFT JOIN bound b ON b.oid = r.setrole AND b.oid <> 0 LEFT JOIN pg_database d ON d.oid = r.setdatabase
  WHERE (r.setdatabase = 0 OR d.datname = current_database()) AND (r.setrole = 0 OR b.oid IS NOT NULL)
) s
WHERE s.name IN ('app.context', 'row_security', 'session_replication_role', 'search_path', 'role') ORDER BY 1
