SELECT DISTINCT r.label || ' ' || f.label AS object,
  format('The view %s calls %s, which runs with the rights of %s.', r.label, f.label, pg_get_userbyid(f.proowner)) AS detail,
  'read the tables in the view, so that the policies of its reader hold' AS remedy, NULL AS table
FROM given, relations r JOIN pg_rewrite w ON w.ev_class = r.oid
JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_proc'::regclass
JOIN functions f ON f.oid = d.refobjid
-- Forced row security binds the owner of the tables, so its functions show no rows of their own accord.
WHERE r.relkind IN ('v', 'm') AND f.prosecdef AND pg_get_userbyid(f.proowner) <> given.it ->> 'owner'
ORDER BY 1
