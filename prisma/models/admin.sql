-- Functions through which tenants see what the platform's administration decided for them.

-- True when the conditions of a feature flag hold: {min_version?, countries?[], starts_at?, ends_at?}; null means
-- none. starts_at is inclusive, ends_at exclusive. A condition on a fact that the caller did not give (version,
-- country), and one that cannot be read as a version or a time, does not hold: a faulty flag stays off and harms no
-- other.
CREATE FUNCTION app.flag_conditions_hold(conditions jsonb, client_version text, country text) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = ''
AS $$
BEGIN
  RETURN conditions IS NULL OR (
    (NOT conditions ? 'min_version' OR coalesce(
      pg_catalog.string_to_array(client_version, '.')::int[]
        >= pg_catalog.string_to_array(conditions ->> 'min_version', '.')::int[], false))
    AND (NOT conditions ? 'countries' OR coalesce(conditions -> 'countries' ? country, false))
    AND (NOT conditions ? 'starts_at' OR coalesce(
      now() >= (conditions ->> 'starts_at')::timestamp with time zone, false))
    AND (NOT conditions ? 'ends_at' OR coalesce(
      now() < (conditions ->> 'ends_at')::timestamp with time zone, false)));
EXCEPTION WHEN data_exception THEN
  RETURN false;
END
$$;

-- Every feature flag of the environment with whether it is on for the current organization and user. Without a user
-- in the context: no rows. Before an organization is chosen only flags that name the user, or a share of users, can
-- be on.
--
-- A flag is on when it is enabled, its conditions hold, and it names the organization or the user; or when the
-- organization's tier is among its tiers (or it lists none) and the rollout share reaches it. The share is drawn from
-- flag name and organization (else user): it is stable, equal for colleagues, and independent between flags. Pass
-- the client's version ("2.4.1") and country (ISO code) where flags depend on them. Reads only.
CREATE FUNCTION app.my_feature_flags(
  environment public.environment,
  client_version text DEFAULT NULL,
  country text DEFAULT NULL
)
RETURNS TABLE (name text, enabled boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
  WITH caller AS MATERIALIZED (
    SELECT context.person, context.tenant, (
      SELECT subscription.tier FROM public.subscriptions AS subscription
      WHERE subscription.organization_id = context.tenant) AS tier
    FROM (SELECT app.current_user_id() AS person, app.current_organization_id() AS tenant) AS context
    WHERE context.person IS NOT NULL
  ), drawn AS (
    SELECT flag.*, caller.person, caller.tenant, caller.tier,
      sha256(convert_to(flag.name || ':' || coalesce(caller.tenant, caller.person), 'UTF8')) AS lot
    FROM public.feature_flags AS flag CROSS JOIN caller
    WHERE flag.environment = my_feature_flags.environment
  )
  SELECT drawn.name,
    drawn.is_enabled
    AND app.flag_conditions_hold(drawn.conditions, client_version, country)
    AND (
      coalesce(drawn.tenant = ANY (drawn.target_orgs), false)
      OR drawn.person = ANY (drawn.target_users)
      OR (cardinality(drawn.target_tiers) = 0 OR coalesce(drawn.tier = ANY (drawn.target_tiers), false))
        AND (get_byte(drawn.lot, 0) * 65536 + get_byte(drawn.lot, 1) * 256 + get_byte(drawn.lot, 2)) * 100.0 / 16777216
          < drawn.rollout_percent)
  FROM drawn
  ORDER BY drawn.name
$$;

-- The platform's notices in force for the current user and organization, newest first, without those that the user
-- has dismissed here. Without a user in the context: no rows.
--
-- A notice is global, or it lists roles (of users on the platform), tiers or organizations; each list that is not
-- empty must contain the reader's, and a notice with neither reaches nobody. Dismissed means: the user has a
-- notification with entity_type system_alert, this id and read_at set; a notice that is not dismissible ignores it.
-- Reads only.
CREATE FUNCTION app.my_system_alerts()
RETURNS TABLE (
  id uuid,
  title text,
  message text,
  level public.alert_level,
  category public.alert_category,
  is_dismissible boolean,
  auto_hide_after integer
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
  WITH caller AS MATERIALIZED (
    SELECT person.id AS person, person.role, context.tenant, (
      SELECT subscription.tier FROM public.subscriptions AS subscription
      WHERE subscription.organization_id = context.tenant) AS tier
    FROM (SELECT app.current_user_id() AS user_id, app.current_organization_id() AS tenant) AS context
    JOIN public.users AS person ON person.id = context.user_id
  )
  SELECT alert.id, alert.title, alert.message, alert.level, alert.category, alert.is_dismissible, alert.auto_hide_after
  FROM public.system_alerts AS alert CROSS JOIN caller
  WHERE alert.is_active AND NOT alert.is_archived
    AND alert.starts_at <= now() AND (alert.ends_at IS NULL OR alert.ends_at > now())
    AND (alert.is_global OR (
      cardinality(alert.target_roles) + cardinality(alert.target_tiers) + cardinality(alert.target_orgs) > 0
      AND (cardinality(alert.target_roles) = 0 OR caller.role = ANY (alert.target_roles))
      AND (cardinality(alert.target_tiers) = 0 OR caller.tier = ANY (alert.target_tiers))
      AND (cardinality(alert.target_orgs) = 0 OR caller.tenant = ANY (alert.target_orgs))))
    AND NOT (alert.is_dismissible AND EXISTS (
      SELECT FROM public.notifications AS note
      WHERE note.organization_id = caller.tenant AND note.user_id = caller.person
        AND note.entity_type = 'system_alert' AND note.entity_id = alert.id AND note.read_at IS NOT NULL))
  ORDER BY alert.starts_at DESC, alert.id
$$;
