, aware(name) AS (
  -- Whoever reads the context or tells who calls, or calls a function that does.
  SELECT f.label FROM functions f WHERE f.body ~* '\mapp\.(current_organization_id|current_user_id|current_org_role|is_org_admin)\s*\(|current_setting\s*\(\s*''role'''
  UNION
  SELECT f.label FROM aware a JOIN functions f ON f.body ~* ('\m' || replace(a.name, '.', '\.') || '\s*\(')
)
SELECT f.label AS object,
  format('%s reads %s with the rights of %s and never asks for the context.', f.label, string_agg(DISTINCT t.label, ', '), pg_get_userbyid(f.proowner)) AS detail,
  'compare with the verified context in it, or make it SECURITY INVOKER' AS remedy, min(t.label) AS table
FROM given, functions f
JOIN tenants t ON f.body ~* ('\m' || replace(t.label, '.', '\.') || '\M')
WHERE f.prosecdef AND f.prorettype <> 'trigger'::regtype AND f.prorettype <> 'event_trigger'::regtype
  AND pg_get_userbyid(f.proowner) <> given.it ->> 'owner' AND f.label NOT IN (SELECT name FROM aware)
  AND EXISTS (SELECT FROM aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a JOIN bound b ON b.oid = a.grantee AND b.of_tenants)
GROUP BY f.label, f.proowner ORDER BY 1
