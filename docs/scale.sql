-- What Lotline's own schema needs before `npm run db:distribute -- --prepare docs/scale.sql`; see scale.md. It also runs on
-- a plain server, where every function answers as before.

-- A trigger on a table that every node has a copy of fires on every node at once: the two functions through which
-- organizations come into being do its work. (Whoever inserts an organization otherwise calls app.seed_organization().)
SET LOCAL ROLE lotline_owner;
DROP TRIGGER IF EXISTS seed_new_organization ON public.organizations;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;

CREATE OR REPLACE FUNCTION app.create_organization(organization_name text, organization_slug text, owner_id uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  created pg_catalog.uuid;
BEGIN
  IF NOT app.called_by_platform() AND owner_id IS DISTINCT FROM app.current_user_id() THEN
    RAISE EXCEPTION 'An organization can only be created for oneself'
      USING ERRCODE = '42501', HINT = 'Pass the id of the user who is signed in.';
  END IF;
  PERFORM 1 FROM public.users AS person
  WHERE person.id = owner_id AND person.is_active AND person.deleted_at IS NULL
  FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'The owner of an organization must be an active user'
      USING ERRCODE = '42501', HINT = 'Sign in, or reactivate the account first.';
  END IF;
  -- No block with EXCEPTION: its savepoint would lose the context on workers that are not connected yet.
  PERFORM 1 FROM public.organizations AS tenant WHERE tenant.slug = organization_slug;
  IF FOUND THEN
    RAISE EXCEPTION 'The address "%" is already taken', organization_slug
      USING ERRCODE = '23505', CONSTRAINT = 'organizations_slug_key', HINT = 'Choose another address for the organization.';
  END IF;
  INSERT INTO public.organizations (name, slug) VALUES (organization_name, organization_slug)
  RETURNING id INTO created;
  -- Before the first member: an organization without members is nobody's yet.
  PERFORM app.seed_organization(created);
  INSERT INTO public.organization_members (organization_id, user_id, role) VALUES (created, owner_id, 'OWNER');
  INSERT INTO public.subscriptions (organization_id, status, tier, current_period_start, current_period_end)
  VALUES (created, 'TRIAL', 'STARTER', now(), now() + interval '14 days');
  RETURN created;
END
$$;

-- EXISTS (SELECT FROM …), without a column, cannot be sent to a worker.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['is_colleague', 'seed_organization'] LOOP
    EXECUTE regexp_replace(pg_get_functiondef(('app.' || name)::regproc), '\mSELECT\s+FROM\M', 'SELECT 1 FROM', 'g');
  END LOOP;
END $$;

-- The row to lock is among the tenant's own: the owners' memberships. Two owners who leave at once wait for each other, and
-- one of them fails (40P01, or 40001 under REPEATABLE READ).
CREATE OR REPLACE FUNCTION app.keep_an_owner() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  PERFORM 1 FROM public.organization_members AS member
  WHERE member.organization_id = OLD.organization_id AND member.role = 'OWNER'
  ORDER BY member.user_id FOR UPDATE;
  PERFORM 1 FROM public.organization_members AS member
  WHERE member.organization_id = OLD.organization_id AND member.role = 'OWNER' AND member.left_at IS NULL;
  IF FOUND THEN
    RETURN NULL;
  END IF;
  -- An organization that is deleted takes its members with it.
  PERFORM 1 FROM public.organizations AS tenant WHERE tenant.id = OLD.organization_id;
  IF FOUND THEN
    RAISE EXCEPTION 'An organization needs at least one owner'
      USING ERRCODE = '23514', CONSTRAINT = 'organization_members_keep_an_owner',
        HINT = 'Make another member OWNER first.';
  END IF;
  RETURN NULL;
END
$$;

-- Policies cannot hold sub-selects. Whether a bundle is published is read on the node, where its copy is; whether a reviewed
-- tool is one that the reviewer sees is decided by the trigger that runs before each review.
CREATE OR REPLACE FUNCTION app.bundle_is_published(bundle uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  PERFORM 1 FROM public.marketplace_bundles AS offer WHERE offer.id = bundle AND offer.published_at IS NOT NULL;
  RETURN FOUND;
END
$$;
REVOKE EXECUTE ON FUNCTION app.bundle_is_published(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.bundle_is_published(uuid) TO lotline_app;
SET LOCAL ROLE lotline_owner;
ALTER POLICY marketplace_bundle_items_select ON public.marketplace_bundle_items
  USING (organization_id = app.current_organization_id() OR app.bundle_is_published(bundle_id));

ALTER POLICY marketplace_reviews_insert ON public.marketplace_reviews
  WITH CHECK (organization_id = app.current_organization_id() AND user_id = app.current_user_id() AND status = 'PENDING'
    AND helpful_count = 0 AND flagged_count = 0 AND moderated_at IS NULL AND moderated_by_id IS NULL AND moderation_notes IS NULL);
SET LOCAL ROLE lotline_platform;
DO $$
DECLARE
  body text := pg_get_functiondef('app.verify_review_purchase'::regproc);
BEGIN
  IF body NOT LIKE '%The tool cannot be reviewed%' THEN
    EXECUTE replace(body, '  NEW.purchase_id :=', $then$  IF TG_OP = 'INSERT' AND NOT app.called_by_platform() THEN
    PERFORM 1 FROM public.marketplace_tools AS tool
    WHERE tool.id = NEW.tool_id AND (tool.published_at IS NOT NULL OR tool.organization_id = NEW.organization_id);
    IF NOT FOUND THEN
      RAISE EXCEPTION 'The tool cannot be reviewed' USING ERRCODE = '42501';
    END IF;
  END IF;

  NEW.purchase_id :=$then$);
  END IF;
END $$;

-- SQL functions with arguments, and reads of the tenant's tables beside the platform's, cannot be planned: the tenant's part
-- is read first.
CREATE OR REPLACE FUNCTION app.alert_history(alert uuid)
RETURNS TABLE (occurred_at timestamptz, title text, message text, payload jsonb, event_key text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  tenant pg_catalog.uuid := app.current_organization_id();
BEGIN
  PERFORM 1 FROM public.reid_alerts AS watch
  WHERE watch.organization_id = tenant AND watch.id = alert
    AND (watch.user_id IS NULL OR watch.user_id = app.current_user_id() OR app.is_org_admin());
  IF NOT FOUND THEN
    RETURN;
  END IF;
  RETURN QUERY
  SELECT event.created_at, event.title, event.message, event.payload, event.dedupe_key
  FROM (
    SELECT DISTINCT ON (coalesce(note.dedupe_key, note.id::pg_catalog.text))
      note.created_at, note.title, note.message, note.payload, note.dedupe_key
    FROM public.notifications AS note
    WHERE note.organization_id = tenant AND note.entity_type = 'reid_alert' AND note.entity_id = alert
    ORDER BY coalesce(note.dedupe_key, note.id::pg_catalog.text), note.created_at, note.id
  ) AS event
  ORDER BY event.created_at DESC, event.dedupe_key;
END
$$;

CREATE OR REPLACE FUNCTION app.my_feature_flags(
  environment public.environment,
  client_version text DEFAULT NULL,
  country text DEFAULT NULL
)
RETURNS TABLE (name text, enabled boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  person pg_catalog.uuid := app.current_user_id();
  tenant pg_catalog.uuid := app.current_organization_id();
  plan public.subscription_tier;
BEGIN
  IF person IS NULL THEN
    RETURN;
  END IF;
  SELECT subscription.tier INTO plan FROM public.subscriptions AS subscription WHERE subscription.organization_id = tenant;
  RETURN QUERY
  SELECT flag.name,
    flag.is_enabled
    AND app.flag_conditions_hold(flag.conditions, client_version, country)
    AND (
      coalesce(tenant = ANY (flag.target_orgs), false)
      OR person = ANY (flag.target_users)
      OR (cardinality(flag.target_tiers) = 0 OR coalesce(plan = ANY (flag.target_tiers), false))
        AND (get_byte(lot.hash, 0) * 65536 + get_byte(lot.hash, 1) * 256 + get_byte(lot.hash, 2)) * 100.0 / 16777216
          < flag.rollout_percent)
  FROM public.feature_flags AS flag
  CROSS JOIN LATERAL (SELECT sha256(convert_to(flag.name || ':' || coalesce(tenant, person), 'UTF8')) AS hash) AS lot
  WHERE flag.environment = my_feature_flags.environment
  ORDER BY flag.name;
END
$$;

CREATE OR REPLACE FUNCTION app.my_system_alerts()
RETURNS TABLE (
  id uuid,
  title text,
  message text,
  level public.alert_level,
  category public.alert_category,
  is_dismissible boolean,
  auto_hide_after integer
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  reader pg_catalog.uuid := app.current_user_id();
  reader_role public.user_role;
  tenant pg_catalog.uuid := app.current_organization_id();
  plan public.subscription_tier;
  dismissed pg_catalog.uuid[];
BEGIN
  SELECT person.role INTO reader_role FROM public.users AS person WHERE person.id = reader;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  SELECT subscription.tier INTO plan FROM public.subscriptions AS subscription WHERE subscription.organization_id = tenant;
  SELECT array_agg(note.entity_id) INTO dismissed FROM public.notifications AS note
  WHERE note.organization_id = tenant AND note.user_id = reader
    AND note.entity_type = 'system_alert' AND note.read_at IS NOT NULL;
  RETURN QUERY
  SELECT alert.id, alert.title, alert.message, alert.level, alert.category, alert.is_dismissible, alert.auto_hide_after
  FROM public.system_alerts AS alert
  WHERE alert.is_active AND NOT alert.is_archived
    AND alert.starts_at <= now() AND (alert.ends_at IS NULL OR alert.ends_at > now())
    AND (alert.is_global OR (
      cardinality(alert.target_roles) + cardinality(alert.target_tiers) + cardinality(alert.target_orgs) > 0
      AND (cardinality(alert.target_roles) = 0 OR reader_role = ANY (alert.target_roles))
      AND (cardinality(alert.target_tiers) = 0 OR plan = ANY (alert.target_tiers))
      AND (cardinality(alert.target_orgs) = 0 OR tenant = ANY (alert.target_orgs))))
    AND NOT (alert.is_dismissible AND coalesce(alert.id = ANY (dismissed), false))
  ORDER BY alert.starts_at DESC, alert.id;
END
$$;

SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
SET LOCAL ROLE NONE;
