SELECT r.label AS object,
  format('%s belongs to %s but has no forced row security of its own, so a query on it passes the policies of %s by.', r.label, p.label, p.label) AS detail,
  format('close it: `ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;`', r.sql) AS remedy, NULL AS table
FROM relations r JOIN pg_inherits i ON i.inhrelid = r.oid AND i.inhseqno = 1 JOIN relations p ON p.oid = i.inhparent
WHERE r.ours AND r.relkind IN ('r', 'p') AND NOT (r.relrowsecurity AND r.relforcerowsecurity) ORDER BY 1
