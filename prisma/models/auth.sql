-- Sign-in, API keys and invitations. The first five tables are those of the library better-auth, in its terms; it works on
-- them as lotline_platform. A person of the platform is public.users; users.auth_subject = auth.users.id is the only link.

-- An account that can sign in. What was asked for at sign-up (organization_name, organization_slug) waits here until the
-- e-mail is verified. Closed accounts are deleted, so that their e-mail is free again.
CREATE TABLE auth.users (
  id                 text PRIMARY KEY DEFAULT gen_random_uuid()::text,
  name               text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  email              text NOT NULL UNIQUE
                     CHECK (email = lower(email) AND char_length(email) BETWEEN 3 AND 320 AND email LIKE '%_@_%'),
  email_verified     boolean NOT NULL DEFAULT false,
  image              text,
  two_factor_enabled boolean NOT NULL DEFAULT false,
  organization_name  text CHECK (char_length(organization_name) BETWEEN 1 AND 200),
  organization_slug  text
                     CHECK (organization_slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length(organization_slug) BETWEEN 3 AND 63),
  created_at         timestamptz(6) NOT NULL DEFAULT now(),
  updated_at         timestamptz(6) NOT NULL DEFAULT now(),
  CHECK ((organization_name IS NULL) = (organization_slug IS NULL))
);

-- `token` is `sha256:<hex>` of what the cookie carries.
CREATE TABLE auth.sessions (
  id         text PRIMARY KEY,
  token      text NOT NULL UNIQUE CHECK (token LIKE 'sha256:%'),
  user_id    text NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  expires_at timestamptz(6) NOT NULL,
  ip_address text,
  user_agent text,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  updated_at timestamptz(6) NOT NULL DEFAULT now()
);

CREATE INDEX auth_sessions_user_id_idx ON auth.sessions (user_id);
CREATE INDEX auth_sessions_expires_at_idx ON auth.sessions (expires_at);

-- How an account signs in: a password (provider `credential`, scrypt), or an OpenID Connect provider.
CREATE TABLE auth.accounts (
  id                       text PRIMARY KEY,
  account_id               text NOT NULL,
  provider_id              text NOT NULL,
  user_id                  text NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  access_token             text,
  refresh_token            text,
  id_token                 text,
  access_token_expires_at  timestamptz(6),
  refresh_token_expires_at timestamptz(6),
  scope                    text,
  password                 text,
  created_at               timestamptz(6) NOT NULL DEFAULT now(),
  updated_at               timestamptz(6) NOT NULL DEFAULT now(),
  UNIQUE (provider_id, account_id)
);

CREATE INDEX auth_accounts_user_id_idx ON auth.accounts (user_id);

-- Short-lived proofs: password resets, states of OpenID Connect, challenges of the second factor. Identifiers are hashed.
CREATE TABLE auth.verifications (
  id         text PRIMARY KEY,
  identifier text NOT NULL,
  value      text NOT NULL,
  expires_at timestamptz(6) NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  updated_at timestamptz(6) NOT NULL DEFAULT now()
);

CREATE INDEX auth_verifications_identifier_idx ON auth.verifications (identifier);
CREATE INDEX auth_verifications_expires_at_idx ON auth.verifications (expires_at);

-- The second factor of an account; secret and backup codes are encrypted with the sign-in secret.
CREATE TABLE auth.two_factors (
  id                        text PRIMARY KEY,
  user_id                   text NOT NULL UNIQUE REFERENCES auth.users (id) ON DELETE CASCADE,
  secret                    text NOT NULL,
  backup_codes              text NOT NULL,
  verified                  boolean NOT NULL DEFAULT true,
  failed_verification_count integer NOT NULL DEFAULT 0,
  locked_until              timestamptz(6)
);

-- Failed attempts, and mails asked for, in windows. `bucket` is a SHA-256 of what is counted: an address, an account from
-- an address. A row counts until resets_at and begins anew after it.
CREATE TABLE auth.attempts (
  bucket    bytea PRIMARY KEY CHECK (octet_length(bucket) = 32),
  failures  integer NOT NULL CHECK (failures >= 0),
  resets_at timestamptz(6) NOT NULL
);

CREATE INDEX auth_attempts_resets_at_idx ON auth.attempts (resets_at);

-- Keys for programs. A key acts as the member who made it, with no more than `scopes`; `hint` is its last four characters.
CREATE TABLE auth.api_keys (
  id              uuid PRIMARY KEY DEFAULT app.uuid_v7(),
  organization_id uuid NOT NULL REFERENCES public.organizations (id) ON DELETE CASCADE,
  user_id         uuid NOT NULL,
  name            text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  secret_sha256   bytea NOT NULL UNIQUE CHECK (octet_length(secret_sha256) = 32),
  hint            text NOT NULL CHECK (char_length(hint) = 4),
  scopes          text[] NOT NULL CHECK (cardinality(scopes) BETWEEN 1 AND 100),
  expires_at      timestamptz(6),
  last_used_at    timestamptz(6),
  revoked_at      timestamptz(6),
  created_at      timestamptz(6) NOT NULL DEFAULT now(),
  FOREIGN KEY (organization_id, user_id) REFERENCES public.organization_members (organization_id, user_id) ON DELETE CASCADE
);

CREATE INDEX auth_api_keys_organization_id_idx ON auth.api_keys (organization_id, user_id);

-- Invitations to an organization. One is open for an e-mail at a time: inviting again ends the earlier one.
CREATE TABLE auth.invitations (
  id              uuid PRIMARY KEY DEFAULT app.uuid_v7(),
  organization_id uuid NOT NULL REFERENCES public.organizations (id) ON DELETE CASCADE,
  email           text NOT NULL CHECK (email = lower(email) AND char_length(email) BETWEEN 3 AND 320 AND email LIKE '%_@_%'),
  role            public.org_role NOT NULL,
  token_sha256    bytea NOT NULL UNIQUE CHECK (octet_length(token_sha256) = 32),
  invited_by      uuid NOT NULL,
  expires_at      timestamptz(6) NOT NULL,
  accepted_at     timestamptz(6),
  revoked_at      timestamptz(6),
  created_at      timestamptz(6) NOT NULL DEFAULT now(),
  FOREIGN KEY (organization_id, invited_by) REFERENCES public.organization_members (organization_id, user_id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX auth_invitations_open_key ON auth.invitations (organization_id, email)
  WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE INDEX auth_invitations_invited_by_idx ON auth.invitations (organization_id, invited_by);

-- When an e-mail is verified: links the person who has it and is not linked yet, or makes one, and makes the organization
-- that was asked for at sign-up. When a verified e-mail changes, the person's follows (23505 where another has it).
--
-- Verified twice, or twice at once: the second update waits for the first, finds the e-mail verified and does nothing.
-- All is one statement, so there is no half. A person who belongs to another account is left alone; such an account has
-- nobody to sign in as. An address that is taken gets a suffix; two at once with one address: the second waits.
CREATE FUNCTION app.link_person() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  person pg_catalog.uuid;
  address pg_catalog.text := NEW.organization_slug;
  tried pg_catalog.int4 := 1;
BEGIN
  IF NOT NEW.email_verified THEN
    RETURN NULL;
  END IF;
  UPDATE public.users AS known SET email = NEW.email, updated_at = now()
  WHERE known.auth_subject = NEW.id AND known.email <> NEW.email;
  IF TG_OP = 'UPDATE' AND OLD.email_verified THEN
    RETURN NULL;
  END IF;

  INSERT INTO public.users AS known (auth_subject, email, name) VALUES (NEW.id, NEW.email, NEW.name)
  ON CONFLICT (email) DO UPDATE
    SET auth_subject = EXCLUDED.auth_subject, name = coalesce(known.name, EXCLUDED.name), updated_at = now()
    WHERE known.auth_subject IS NULL OR known.auth_subject = EXCLUDED.auth_subject
  RETURNING known.id INTO person;

  IF NEW.organization_name IS NULL OR NOT EXISTS (
    SELECT FROM public.users AS known WHERE known.id = person AND known.is_active AND known.deleted_at IS NULL)
  THEN
    RETURN NULL;
  END IF;
  LOOP
    BEGIN
      PERFORM app.create_organization(NEW.organization_name, address, person);
      EXIT;
    EXCEPTION WHEN unique_violation THEN
      tried := tried + 1;
      address := left(NEW.organization_slug, 54) || '-' ||
        CASE WHEN tried < 10 THEN tried::pg_catalog.text ELSE left(md5(random()::pg_catalog.text), 8) END;
      address := replace(address, '--', '-');
    END;
  END LOOP;
  UPDATE auth.users AS account SET organization_name = NULL, organization_slug = NULL WHERE account.id = NEW.id;
  RETURN NULL;
END
$$;

-- See app.link_person().
CREATE TRIGGER link_person AFTER INSERT OR UPDATE OF email, email_verified ON auth.users
FOR EACH ROW EXECUTE FUNCTION app.link_person();

-- A person who is deactivated loses all sessions in the same transaction; one whose account is closed, the account too.
CREATE FUNCTION app.end_sign_in() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  IF NEW.deleted_at IS NOT NULL THEN
    DELETE FROM auth.users AS account WHERE account.id = OLD.auth_subject;
  ELSE
    DELETE FROM auth.sessions AS session WHERE session.user_id = OLD.auth_subject;
  END IF;
  RETURN NULL;
END
$$;

-- See app.end_sign_in().
CREATE TRIGGER end_sign_in AFTER UPDATE OF is_active, deleted_at ON public.users
FOR EACH ROW WHEN (NOT NEW.is_active AND (OLD.is_active OR NEW.deleted_at IS DISTINCT FROM OLD.deleted_at))
EXECUTE FUNCTION app.end_sign_in();

-- The keys of a member end with the membership, for good: coming back does not revive them.
CREATE FUNCTION app.end_member_keys() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  UPDATE auth.api_keys AS key SET revoked_at = now()
  WHERE key.organization_id = NEW.organization_id AND key.user_id = NEW.user_id AND key.revoked_at IS NULL;
  RETURN NULL;
END
$$;

-- See app.end_member_keys().
CREATE TRIGGER end_member_keys AFTER UPDATE OF left_at ON public.organization_members
FOR EACH ROW WHEN (OLD.left_at IS NULL AND NEW.left_at IS NOT NULL)
EXECUTE FUNCTION app.end_member_keys();

-- The current user's role in the current organization as it is now, where it is OWNER or ADMIN and the person active.
-- Raises 42501 otherwise. What the functions below begin with: the signed role may be some seconds old.
CREATE FUNCTION app.require_admin() RETURNS public.org_role
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  acting pg_catalog.text;
BEGIN
  SELECT member.role INTO acting
  FROM public.organization_members AS member
  JOIN public.users AS person ON person.id = member.user_id
  WHERE member.organization_id = app.current_organization_id() AND member.user_id = app.current_user_id()
    AND member.left_at IS NULL AND member.role IN ('OWNER', 'ADMIN')
    AND person.is_active AND person.deleted_at IS NULL;
  IF acting IS NULL THEN
    RAISE EXCEPTION 'Only an owner or admin of the organization may do this'
      USING ERRCODE = '42501', HINT = 'Ask an owner or admin of the organization.';
  END IF;
  RETURN acting::public.org_role;
END
$$;

-- Serializes what is counted against the plan of the current organization (seats, keys), until the transaction ends.
-- Raises 42501 without an organization in the context.
CREATE FUNCTION app.lock_plan() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  IF app.current_organization_id() IS NULL THEN
    RAISE EXCEPTION 'A plan belongs to an organization' USING ERRCODE = '42501';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('plan ' || app.current_organization_id(), 0));
END
$$;

-- How many keys of the current organization count against its plan: those that work.
CREATE FUNCTION app.api_keys_in_use() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
  SELECT count(*)::pg_catalog.int4 FROM auth.api_keys AS key
  WHERE key.organization_id = app.current_organization_id() AND key.revoked_at IS NULL
    AND (key.expires_at IS NULL OR key.expires_at > now())
$$;

-- Adds a key of the current user in the current organization and returns its id. For owners and admins (42501). The
-- caller has taken app.lock_plan() and counted. Each call adds one; the same secret twice raises 23505.
CREATE FUNCTION app.create_api_key(name text, secret_sha256 bytea, hint text, scopes text[], expires_at timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_variable
DECLARE
  made pg_catalog.uuid;
BEGIN
  PERFORM app.require_admin();
  INSERT INTO auth.api_keys AS key (organization_id, user_id, name, secret_sha256, hint, scopes, expires_at)
  VALUES (app.current_organization_id(), app.current_user_id(), name, secret_sha256, hint, scopes, expires_at)
  RETURNING key.id INTO made;
  RETURN made;
END
$$;

-- The keys of the current organization, newest first, revoked ones too. For owners and admins (42501).
CREATE FUNCTION app.list_api_keys()
RETURNS TABLE (id uuid, name text, hint text, scopes text[], user_id uuid, created_at timestamptz, expires_at timestamptz,
  last_used_at timestamptz, revoked_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_column
BEGIN
  PERFORM app.require_admin();
  RETURN QUERY
    SELECT key.id, key.name, key.hint, key.scopes, key.user_id, key.created_at, key.expires_at, key.last_used_at, key.revoked_at
    FROM auth.api_keys AS key
    WHERE key.organization_id = app.current_organization_id()
    ORDER BY key.created_at DESC, key.id DESC;
END
$$;

-- Revokes a key of the current organization; true where there is such a key. Twice keeps the first moment. For owners and
-- admins (42501).
CREATE FUNCTION app.revoke_api_key(key_id uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  PERFORM app.require_admin();
  UPDATE auth.api_keys AS key SET revoked_at = coalesce(key.revoked_at, now())
  WHERE key.id = key_id AND key.organization_id = app.current_organization_id();
  RETURN FOUND;
END
$$;

-- How many seats of the current organization are taken: members who have not left, and invitations that are open.
CREATE FUNCTION app.seats_in_use() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
  SELECT (
    (SELECT count(*) FROM public.organization_members AS member
     WHERE member.organization_id = app.current_organization_id() AND member.left_at IS NULL) +
    (SELECT count(*) FROM auth.invitations AS invitation
     WHERE invitation.organization_id = app.current_organization_id() AND invitation.accepted_at IS NULL
       AND invitation.revoked_at IS NULL AND invitation.expires_at > now()))::pg_catalog.int4
$$;

-- Invites an e-mail to the current organization for seven days and returns the invitation's id; null where a member who
-- has not left has this e-mail. An open invitation of the e-mail ends. For owners and admins, not above their own role
-- (42501). The caller has taken app.lock_plan(), so two at once for one e-mail follow each other and the later one holds.
CREATE FUNCTION app.invite(invited text, invited_role public.org_role, token_sha256 bytea) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_variable
DECLARE
  made pg_catalog.uuid;
BEGIN
  IF invited_role = 'OWNER' AND app.require_admin() <> 'OWNER' THEN
    RAISE EXCEPTION 'Only an owner may invite an owner'
      USING ERRCODE = '42501', HINT = 'Invite as ADMIN, MEMBER or VIEWER.';
  END IF;
  PERFORM app.require_admin();
  PERFORM FROM public.organization_members AS member JOIN public.users AS person ON person.id = member.user_id
  WHERE member.organization_id = app.current_organization_id() AND member.left_at IS NULL AND person.email = invited;
  IF FOUND THEN
    RETURN NULL;
  END IF;
  UPDATE auth.invitations AS earlier SET revoked_at = now()
  WHERE earlier.organization_id = app.current_organization_id() AND earlier.email = invited
    AND earlier.accepted_at IS NULL AND earlier.revoked_at IS NULL;
  INSERT INTO auth.invitations AS fresh (organization_id, email, role, token_sha256, invited_by, expires_at)
  VALUES (app.current_organization_id(), invited, invited_role, token_sha256, app.current_user_id(), now() + interval '7 days')
  RETURNING fresh.id INTO made;
  RETURN made;
END
$$;

-- The invitations of the current organization, newest first. For owners and admins (42501).
CREATE FUNCTION app.list_invitations()
RETURNS TABLE (id uuid, email text, role text, invited_by uuid, created_at timestamptz, expires_at timestamptz,
  accepted_at timestamptz, revoked_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_column
BEGIN
  PERFORM app.require_admin();
  RETURN QUERY
    SELECT invitation.id, invitation.email, invitation.role::pg_catalog.text, invitation.invited_by, invitation.created_at,
      invitation.expires_at, invitation.accepted_at, invitation.revoked_at
    FROM auth.invitations AS invitation
    WHERE invitation.organization_id = app.current_organization_id()
    ORDER BY invitation.created_at DESC, invitation.id DESC;
END
$$;

-- Revokes an open invitation of the current organization; true where there is one. For owners and admins (42501).
CREATE FUNCTION app.revoke_invitation(invitation_id uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  PERFORM app.require_admin();
  UPDATE auth.invitations AS invitation SET revoked_at = coalesce(invitation.revoked_at, now())
  WHERE invitation.id = invitation_id AND invitation.organization_id = app.current_organization_id()
    AND invitation.accepted_at IS NULL;
  RETURN FOUND;
END
$$;
