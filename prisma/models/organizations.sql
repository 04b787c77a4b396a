-- Functions and triggers of organizations, people and memberships.
--
-- Functions marked SECURITY DEFINER run as lotline_platform, which sees all tenants. Each therefore restricts its own
-- rows by the verified context, and writes type names in casts and declarations with their schema: a type in the
-- caller's temporary schema would otherwise come first, even with an empty search_path.

-- True when the caller acts as the platform: the role set with SET ROLE, or else the login role, has the rights of
-- lotline_platform (superusers have them).
--
-- Inside a SECURITY DEFINER function current_user is always the function's owner, so it cannot tell. The setting
-- `role` can: PostgreSQL changes it only after checking membership, and a function's owner does not change it.
-- USAGE rather than MEMBER, because lotline_owner is a member without inheriting: it counts as the platform only
-- after SET ROLE lotline_platform. A superuser who has set the role lotline_app does not.
CREATE FUNCTION app.called_by_platform() RETURNS boolean
LANGUAGE sql STABLE SET search_path = ''
AS $$
  SELECT pg_has_role(
    CASE current_setting('role') WHEN 'none' THEN session_user ELSE current_setting('role')::pg_catalog.name END,
    'lotline_platform', 'USAGE')
$$;

-- True when the person has, or had, a membership in the current organization. Members who have left count, so that
-- history keeps showing their names. Null person or no context: false.
--
-- Used by the SELECT policy of users, where it runs per row that is not the reader's own; a condition on users.id
-- (leakproof) is applied before it.
CREATE FUNCTION app.is_colleague(person uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM public.organization_members AS member
    WHERE member.organization_id = app.current_organization_id() AND member.user_id = person);
END
$$;

-- The role (OWNER, ADMIN, MEMBER or VIEWER) with which the current user may enter the organization. The server calls
-- it under a context that holds only the user, and signs the full context with the answer.
--
-- Requires: an active person, a membership that has not ended, an organization that is not archived. Anything else,
-- including null or an organization that does not exist, raises the same error 42501 and says nothing about which.
-- Reads only; the answer holds for the moment of the call, so a signed context has to be short-lived.
CREATE FUNCTION app.enter(organization uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  entered_as pg_catalog.text;
BEGIN
  SELECT member.role INTO entered_as
  FROM public.organization_members AS member
  JOIN public.users AS person ON person.id = member.user_id
  JOIN public.organizations AS tenant ON tenant.id = member.organization_id
  WHERE member.organization_id = organization
    AND member.user_id = app.current_user_id()
    AND member.left_at IS NULL
    AND person.is_active AND person.deleted_at IS NULL
    AND tenant.archived_at IS NULL;
  IF entered_as IS NULL THEN
    RAISE EXCEPTION 'This organization cannot be entered'
      USING ERRCODE = '42501', HINT = 'Choose one of the organizations that app.my_organizations() lists.';
  END IF;
  RETURN entered_as;
END
$$;

-- The organizations that the current user can enter, by name, for the switcher before a tenant is chosen. Exactly
-- those for which app.enter() succeeds. Without a user in the context: no rows.
CREATE FUNCTION app.my_organizations()
RETURNS TABLE (organization_id uuid, name text, slug text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
  SELECT tenant.id, tenant.name, tenant.slug, member.role::pg_catalog.text
  FROM public.organization_members AS member
  JOIN public.users AS person ON person.id = member.user_id
  JOIN public.organizations AS tenant ON tenant.id = member.organization_id
  WHERE member.user_id = (SELECT app.current_user_id())
    AND member.left_at IS NULL
    AND person.is_active AND person.deleted_at IS NULL
    AND tenant.archived_at IS NULL
  ORDER BY tenant.name, tenant.id
$$;

-- Creates an organization with its OWNER and a trial of 14 days (tier STARTER), and returns its id. The only way for
-- the application to make one; triggers on organizations add what every tenant starts with.
--
-- The application role creates for the current user only; the platform role for any active person. All or nothing:
-- it is one statement. Locks the person's row first, so an account that closes at the same moment either closes
-- before (refused) or after. Called twice, or twice at once, with one slug: the second waits for the first and
-- raises 23505, saying that the address is taken. A name or slug of the wrong shape fails the checks of the table
-- (23514); null fails with 23502.
CREATE FUNCTION app.create_organization(organization_name text, organization_slug text, owner_id uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  created pg_catalog.uuid;
  violated pg_catalog.text;
BEGIN
  IF NOT app.called_by_platform() AND owner_id IS DISTINCT FROM app.current_user_id() THEN
    RAISE EXCEPTION 'An organization can only be created for oneself'
      USING ERRCODE = '42501', HINT = 'Pass the id of the user who is signed in.';
  END IF;

  PERFORM FROM public.users AS person
  WHERE person.id = owner_id AND person.is_active AND person.deleted_at IS NULL
  FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'The owner of an organization must be an active user'
      USING ERRCODE = '42501', HINT = 'Sign in, or reactivate the account first.';
  END IF;

  BEGIN
    INSERT INTO public.organizations (name, slug) VALUES (organization_name, organization_slug)
    RETURNING id INTO created;
  EXCEPTION WHEN unique_violation THEN
    GET STACKED DIAGNOSTICS violated = CONSTRAINT_NAME;
    IF violated <> 'organizations_slug_key' THEN
      RAISE;
    END IF;
    RAISE EXCEPTION 'The address "%" is already taken', organization_slug
      USING ERRCODE = '23505', CONSTRAINT = violated, HINT = 'Choose another address for the organization.';
  END;

  INSERT INTO public.organization_members (organization_id, user_id, role) VALUES (created, owner_id, 'OWNER');
  INSERT INTO public.subscriptions (organization_id, status, tier, current_period_start, current_period_end)
  VALUES (created, 'TRIAL', 'STARTER', now(), now() + interval '14 days');
  RETURN created;
END
$$;

-- Refuses, at the end of the transaction, to leave an organization without an OWNER whose membership has not ended.
-- Within one transaction the order is free: an owner may step down before the next one is appointed.
--
-- Two owners who leave at once: each first writes the organization's row (with its own values), so the second waits
-- for the first, then sees what it did and is refused (23514), or, under REPEATABLE READ and above, fails with 40001.
-- A lock alone would not do there, since the second would go on reading its old snapshot. An organization that is
-- deleted takes its members with it and is not checked.
CREATE FUNCTION app.keep_an_owner() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  UPDATE public.organizations AS tenant SET updated_at = tenant.updated_at WHERE tenant.id = OLD.organization_id;
  IF FOUND AND NOT EXISTS (
    SELECT FROM public.organization_members AS member
    WHERE member.organization_id = OLD.organization_id AND member.role = 'OWNER' AND member.left_at IS NULL)
  THEN
    RAISE EXCEPTION 'An organization needs at least one owner'
      USING ERRCODE = '23514', CONSTRAINT = 'organization_members_keep_an_owner',
        HINT = 'Make another member OWNER first.';
  END IF;
  RETURN NULL;
END
$$;

-- See app.keep_an_owner(): an owner loses the role, leaves, or is moved.
CREATE CONSTRAINT TRIGGER keep_an_owner AFTER UPDATE ON public.organization_members
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (OLD.role = 'OWNER' AND OLD.left_at IS NULL AND
  (NEW.role <> 'OWNER' OR NEW.left_at IS NOT NULL OR NEW.organization_id <> OLD.organization_id))
EXECUTE FUNCTION app.keep_an_owner();

-- See app.keep_an_owner(): an owner's membership is deleted.
CREATE CONSTRAINT TRIGGER keep_an_owner_on_delete AFTER DELETE ON public.organization_members
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (OLD.role = 'OWNER' AND OLD.left_at IS NULL)
EXECUTE FUNCTION app.keep_an_owner();
