SELECT e.evtname::text AS object,
  format('The event trigger %s calls %s on %s.', e.evtname, e.evtfoid::regproc, e.evtevent) AS detail,
  format('if nobody needs it: `DROP EVENT TRIGGER %I;`', e.evtname) AS remedy, NULL AS table
FROM pg_event_trigger e
WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_event_trigger'::regclass AND d.objid = e.oid AND d.deptype = 'e') ORDER BY 1
