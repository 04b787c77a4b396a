SELECT coalesce('extension ' || x.extname, n.nspname || '.' || p.proname) || ' ' || b.name AS object,
  format('%s may execute %s.', b.sql, string_agg(DISTINCT n.nspname || '.' || p.proname, ', ')) AS detail,
  format('take it back: `%s`', string_agg(format('REVOKE EXECUTE ON FUNCTION %s FROM %s;', p.oid::regprocedure, b.sql), ' ' ORDER BY p.oid)) AS remedy,
  NULL AS table
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
LEFT JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass
LEFT JOIN pg_extension x ON x.oid = d.refobjid
CROSS JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a JOIN bound b ON b.oid = a.grantee
WHERE a.privilege_type = 'EXECUTE' AND (
  x.extname IN ('dblink', 'adminpack', 'file_fdw', 'pageinspect', 'pg_surgery', 'pg_walinspect', 'pg_buffercache')
  OR n.nspname = 'pg_catalog' AND (
    p.proname IN ('pg_read_file', 'pg_read_binary_file', 'pg_stat_file', 'lo_import', 'lo_export', 'pg_reload_conf', 'pg_rotate_logfile',
      'pg_promote', 'pg_switch_wal', 'pg_create_restore_point', 'pg_wal_replay_pause', 'pg_stat_reset', 'pg_read_file_off_len')
    OR p.proname ~ '^pg_ls_(dir|logdir|waldir|tmpdir|archive_statusdir|logicalsnapdir|logicalmapdir|replslotdir|summariesdir)'))
GROUP BY coalesce('extension ' || x.extname, n.nspname || '.' || p.proname), b.name, b.sql ORDER BY 1
