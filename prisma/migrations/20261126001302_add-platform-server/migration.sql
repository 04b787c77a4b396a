-- lotline:atomic
-- One implicit transaction: the server applies all of this file or nothing. The last statement marks the migration as
-- finished in the same transaction, so that a row without a finish proves that nothing was applied.
-- Written by `npm run db:migrate` from the annotated Prisma models; not to be edited.

SET LOCAL ROLE lotline_owner;

SET LOCAL check_function_bodies = off;

-- The name of the channel on which app.record_changes() tells what changed. LISTEN needs no right, so whoever knew the name
-- would hear of the changes of every tenant: it is random, and only the platform role reads it.
CREATE TABLE IF NOT EXISTS app.change_channel (
  one  boolean PRIMARY KEY DEFAULT true CHECK (one),
  name text NOT NULL DEFAULT 'live_' || replace(gen_random_uuid()::text, '-', '') CHECK (name ~ '^live_[0-9a-f]{32}$')
);
ALTER TABLE app.change_channel ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.change_channel FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS change_channel_owner ON app.change_channel;
CREATE POLICY change_channel_owner ON app.change_channel TO lotline_owner USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS change_channel_platform ON app.change_channel;
CREATE POLICY change_channel_platform ON app.change_channel FOR SELECT TO lotline_platform USING (true);
REVOKE ALL ON app.change_channel FROM PUBLIC;
GRANT SELECT ON app.change_channel TO lotline_platform;
INSERT INTO app.change_channel DEFAULT VALUES ON CONFLICT DO NOTHING;

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "admin_action" ADD VALUE 'USER_ROLE_UPDATE';
ALTER TYPE "admin_action" ADD VALUE 'SYSTEM_ALERT_UPDATE';
ALTER TYPE "admin_action" ADD VALUE 'PLATFORM_READ';
ALTER TYPE "admin_action" ADD VALUE 'ORG_READ';
ALTER TYPE "admin_action" ADD VALUE 'USER_READ';
ALTER TYPE "admin_action" ADD VALUE 'DATA_READ';

-- Schemas beside Prisma’s

CREATE SCHEMA IF NOT EXISTS auth;
REVOKE ALL ON SCHEMA auth FROM PUBLIC;
GRANT USAGE ON SCHEMA auth TO lotline_platform;
CREATE SCHEMA IF NOT EXISTS files;
REVOKE ALL ON SCHEMA files FROM PUBLIC;
GRANT USAGE ON SCHEMA files TO lotline_platform;
CREATE SCHEMA IF NOT EXISTS queue;
REVOKE ALL ON SCHEMA queue FROM PUBLIC;
GRANT USAGE ON SCHEMA queue TO lotline_platform;
CREATE SCHEMA IF NOT EXISTS server;
REVOKE ALL ON SCHEMA server FROM PUBLIC;
GRANT USAGE ON SCHEMA server TO lotline_platform;
-- The queue of jobs. queue.runs is the truth about every run; graphile-worker, in a schema of its own that belongs to the
-- platform role, only says to a worker which run is due. Its job holds ids alone, is inserted in the same transaction as
-- the run, and is made anew where it is missing. Requests reach the runs through the functions below, which restrict
-- themselves to the verified context.

-- graphile-worker keeps its tables here and migrates them itself when a worker starts.
CREATE SCHEMA IF NOT EXISTS graphile_worker AUTHORIZATION lotline_platform;
-- Sign-in, API keys and invitations. The first five tables are those of the library better-auth, in its terms; it works on
-- them as lotline_platform. A person of the platform is public.users; users.auth_subject = auth.users.id is the only link.

-- An account that can sign in. What was asked for at sign-up (organization_name, organization_slug) waits here until the
-- e-mail is verified. Closed accounts are deleted, so that their e-mail is free again.
CREATE TABLE IF NOT EXISTS auth.users (
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
ALTER TABLE auth.users ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.users FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS users_platform ON auth.users;
CREATE POLICY users_platform ON auth.users TO lotline_platform USING (true) WITH CHECK (true);
REVOKE ALL ON auth.users FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON auth.users TO lotline_platform;
-- `token` is `sha256:<hex>` of what the cookie carries.
CREATE TABLE IF NOT EXISTS auth.sessions (
  id         text PRIMARY KEY,
  token      text NOT NULL UNIQUE CHECK (token LIKE 'sha256:%'),
  user_id    text NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  expires_at timestamptz(6) NOT NULL,
  ip_address text,
  user_agent text,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  updated_at timestamptz(6) NOT NULL DEFAULT now()
);
ALTER TABLE auth.sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.sessions FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS sessions_platform ON auth.sessions;
CREATE POLICY sessions_platform ON auth.sessions TO lotline_platform USING (true) WITH CHECK (true);
REVOKE ALL ON auth.sessions FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON auth.sessions TO lotline_platform;
-- How an account signs in: a password (provider `credential`, scrypt), or an OpenID Connect provider.
CREATE TABLE IF NOT EXISTS auth.accounts (
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
ALTER TABLE auth.accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.accounts FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS accounts_platform ON auth.accounts;
CREATE POLICY accounts_platform ON auth.accounts TO lotline_platform USING (true) WITH CHECK (true);
REVOKE ALL ON auth.accounts FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON auth.accounts TO lotline_platform;
-- Short-lived proofs: password resets, states of OpenID Connect, challenges of the second factor. Identifiers are hashed.
CREATE TABLE IF NOT EXISTS auth.verifications (
  id         text PRIMARY KEY,
  identifier text NOT NULL,
  value      text NOT NULL,
  expires_at timestamptz(6) NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  updated_at timestamptz(6) NOT NULL DEFAULT now()
);
ALTER TABLE auth.verifications ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.verifications FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS verifications_platform ON auth.verifications;
CREATE POLICY verifications_platform ON auth.verifications TO lotline_platform USING (true) WITH CHECK (true);
REVOKE ALL ON auth.verifications FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON auth.verifications TO lotline_platform;
-- The second factor of an account; secret and backup codes are encrypted with the sign-in secret.
CREATE TABLE IF NOT EXISTS auth.two_factors (
  id                        text PRIMARY KEY,
  user_id                   text NOT NULL UNIQUE REFERENCES auth.users (id) ON DELETE CASCADE,
  secret                    text NOT NULL,
  backup_codes              text NOT NULL,
  verified                  boolean NOT NULL DEFAULT true,
  failed_verification_count integer NOT NULL DEFAULT 0,
  locked_until              timestamptz(6)
);
ALTER TABLE auth.two_factors ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.two_factors FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS two_factors_platform ON auth.two_factors;
CREATE POLICY two_factors_platform ON auth.two_factors TO lotline_platform USING (true) WITH CHECK (true);
REVOKE ALL ON auth.two_factors FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON auth.two_factors TO lotline_platform;
-- Failed attempts, and mails asked for, in windows. `bucket` is a SHA-256 of what is counted: an address, an account from
-- an address. A row counts until resets_at and begins anew after it.
CREATE TABLE IF NOT EXISTS auth.attempts (
  bucket    bytea PRIMARY KEY CHECK (octet_length(bucket) = 32),
  failures  integer NOT NULL CHECK (failures >= 0),
  resets_at timestamptz(6) NOT NULL
);
ALTER TABLE auth.attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.attempts FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS attempts_platform ON auth.attempts;
CREATE POLICY attempts_platform ON auth.attempts TO lotline_platform USING (true) WITH CHECK (true);
REVOKE ALL ON auth.attempts FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON auth.attempts TO lotline_platform;
-- Keys for programs. A key acts as the member who made it, with no more than `scopes`; `hint` is its last four characters.
CREATE TABLE IF NOT EXISTS auth.api_keys (
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
ALTER TABLE auth.api_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.api_keys FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS api_keys_platform ON auth.api_keys;
CREATE POLICY api_keys_platform ON auth.api_keys TO lotline_platform USING (true) WITH CHECK (true);
REVOKE ALL ON auth.api_keys FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON auth.api_keys TO lotline_platform;
-- Invitations to an organization. One is open for an e-mail at a time: inviting again ends the earlier one.
CREATE TABLE IF NOT EXISTS auth.invitations (
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
ALTER TABLE auth.invitations ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.invitations FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS invitations_platform ON auth.invitations;
CREATE POLICY invitations_platform ON auth.invitations TO lotline_platform USING (true) WITH CHECK (true);
REVOKE ALL ON auth.invitations FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON auth.invitations TO lotline_platform;
-- What organizations have uploaded. The table is the platform's; requests and jobs reach it through the functions below,
-- which restrict themselves to the verified context. The bytes lie in the storage under `storage_key`.
--
-- A row comes before its bytes and goes after them, so whatever a crash leaves behind has a row that the sweep finds.

-- `pending`: the bytes are on their way. `ready`: they are there and are what size and hash say. `removed`: to be removed,
-- the sweep does it. `linked_at` says when a record last took the file up, `changed_at` when state or link changed.
-- `created_by` is a person without foreign key: files stay where people go.
CREATE TABLE IF NOT EXISTS files.uploads (
  organization_id uuid NOT NULL REFERENCES public.organizations (id) ON DELETE CASCADE,
  id              uuid NOT NULL,
  storage_key     text NOT NULL CHECK (starts_with(storage_key, organization_id::text || '/') AND char_length(storage_key) <= 500),
  name            text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 255),
  size            bigint NOT NULL CHECK (size > 0),
  mime_type       text NOT NULL CHECK (char_length(mime_type) BETWEEN 3 AND 255),
  sha256          bytea NOT NULL CHECK (octet_length(sha256) = 32),
  state           text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'ready', 'removed')),
  created_by      uuid NOT NULL,
  created_at      timestamptz(6) NOT NULL DEFAULT now(),
  linked_at       timestamptz(6) CHECK (linked_at IS NULL OR state <> 'pending'),
  changed_at      timestamptz(6) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, storage_key)
);
ALTER TABLE files.uploads ENABLE ROW LEVEL SECURITY;
ALTER TABLE files.uploads FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS uploads_platform ON files.uploads;
CREATE POLICY uploads_platform ON files.uploads TO lotline_platform USING (true) WITH CHECK (true);
REVOKE ALL ON files.uploads FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON files.uploads TO lotline_platform;
-- One row for each run of a job. A run without user_id is the system's; the person is not referred to, for what ran outlives
-- an account.
-- `starts` counts every start and is never reset: whoever writes about a running attempt names it, so that a worker that
-- was taken for dead, or whose run was cancelled and tried again, cannot write into a later attempt.
-- `attempt` counts the attempts of this round; one that was given back by a worker that stopped does not count.
CREATE TABLE IF NOT EXISTS queue.runs (
  id              uuid PRIMARY KEY DEFAULT app.uuid_v7(),
  organization_id uuid NOT NULL REFERENCES public.organizations (id) ON DELETE CASCADE,
  user_id         uuid,
  name            text NOT NULL CHECK (name ~ '^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$' AND char_length(name) <= 100),
  input           jsonb NOT NULL CHECK (octet_length(input::text) <= 262144),
  status          text NOT NULL DEFAULT 'QUEUED'
                  CHECK (status IN ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  progress        numeric(4, 3) NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
  message         text CHECK (char_length(message) <= 500),
  result          jsonb CHECK (octet_length(result::text) <= 131072),
  error           text CHECK (char_length(error) <= 2000),
  attempt         integer NOT NULL DEFAULT 0 CHECK (attempt >= 0),
  max_attempts    integer NOT NULL DEFAULT 8 CHECK (max_attempts BETWEEN 1 AND 100),
  starts          integer NOT NULL DEFAULT 0 CHECK (starts >= 0),
  worker          text,
  priority        smallint NOT NULL DEFAULT 0 CHECK (priority BETWEEN -100 AND 100),
  dedupe_key      text CHECK (char_length(dedupe_key) BETWEEN 1 AND 200),
  scheduled_for   timestamptz(6),
  run_at          timestamptz(6) NOT NULL DEFAULT now(),
  created_at      timestamptz(6) NOT NULL DEFAULT now(),
  started_at      timestamptz(6),
  finished_at     timestamptz(6),
  CHECK ((finished_at IS NOT NULL) = (status IN ('SUCCEEDED', 'FAILED', 'CANCELLED'))),
  CHECK (worker IS NOT NULL OR status <> 'RUNNING')
);
ALTER TABLE queue.runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE queue.runs FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS runs_platform ON queue.runs;
CREATE POLICY runs_platform ON queue.runs TO lotline_platform USING (true) WITH CHECK (true);
REVOKE ALL ON queue.runs FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON queue.runs TO lotline_platform;
-- Worker processes. Each holds the session advisory lock (1819635569, lock) on a connection of its own while it lives; a
-- row whose lock nobody holds is of a process that has gone. `id` is what graphile-worker writes beside jobs it has taken.
CREATE TABLE IF NOT EXISTS queue.workers (
  id         text PRIMARY KEY,
  lock       integer NOT NULL GENERATED ALWAYS AS IDENTITY,
  started_at timestamptz(6) NOT NULL DEFAULT now()
);
ALTER TABLE queue.workers ENABLE ROW LEVEL SECURITY;
ALTER TABLE queue.workers FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS workers_platform ON queue.workers;
CREATE POLICY workers_platform ON queue.workers TO lotline_platform USING (true) WITH CHECK (true);
REVOKE ALL ON queue.workers FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON queue.workers TO lotline_platform;
-- The last moment for which each schedule has been met, by organization. It outlives the runs.
CREATE TABLE IF NOT EXISTS queue.schedules (
  organization_id uuid NOT NULL REFERENCES public.organizations (id) ON DELETE CASCADE,
  name            text NOT NULL,
  last_at         timestamptz(6) NOT NULL,
  PRIMARY KEY (organization_id, name)
);
ALTER TABLE queue.schedules ENABLE ROW LEVEL SECURITY;
ALTER TABLE queue.schedules FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS schedules_platform ON queue.schedules;
CREATE POLICY schedules_platform ON queue.schedules TO lotline_platform USING (true) WITH CHECK (true);
REVOKE ALL ON queue.schedules FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON queue.schedules TO lotline_platform;
-- Schedules by name: since when a worker knows them, and, for those of the platform, the last moment that has been met.
-- What was due before a schedule was known is not run.
CREATE TABLE IF NOT EXISTS queue.timetables (
  name        text PRIMARY KEY,
  known_since timestamptz(6) NOT NULL DEFAULT now(),
  last_at     timestamptz(6)
);
ALTER TABLE queue.timetables ENABLE ROW LEVEL SECURITY;
ALTER TABLE queue.timetables FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS timetables_platform ON queue.timetables;
CREATE POLICY timetables_platform ON queue.timetables TO lotline_platform USING (true) WITH CHECK (true);
REVOKE ALL ON queue.timetables FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON queue.timetables TO lotline_platform;
-- What the HTTP server keeps: idempotency keys and rate limits. The tables are the platform's; requests reach them
-- through the functions below, which restrict themselves to the verified context.

-- One row for each write that was sent with an idempotency key. It is inserted in the transaction of the write, so it is
-- there if and only if the write is. `principal` is the person; `request_sha256` is of method, path and body.
CREATE TABLE IF NOT EXISTS server.idempotency_keys (
  organization_id uuid NOT NULL REFERENCES public.organizations (id) ON DELETE CASCADE,
  principal       uuid NOT NULL,
  key             text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 255),
  request_sha256  bytea NOT NULL CHECK (octet_length(request_sha256) = 32),
  status          smallint CHECK (status BETWEEN 200 AND 299),
  headers         jsonb CHECK (jsonb_typeof(headers) = 'object'),
  body            text,
  created_at      timestamptz(6) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, principal, key)
);
ALTER TABLE server.idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE server.idempotency_keys FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS idempotency_keys_platform ON server.idempotency_keys;
CREATE POLICY idempotency_keys_platform ON server.idempotency_keys TO lotline_platform USING (true) WITH CHECK (true);
REVOKE ALL ON server.idempotency_keys FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON server.idempotency_keys TO lotline_platform;
-- Counts of requests in windows of a minute. `bucket` is a hash of key or address, or an organization.
CREATE TABLE IF NOT EXISTS server.rate_limits (
  bucket       bytea NOT NULL CHECK (octet_length(bucket) = 32),
  window_start timestamptz(0) NOT NULL,
  hits         integer NOT NULL DEFAULT 0 CHECK (hits >= 0),
  PRIMARY KEY (bucket, window_start)
);
ALTER TABLE server.rate_limits ENABLE ROW LEVEL SECURITY;
ALTER TABLE server.rate_limits FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS rate_limits_platform ON server.rate_limits;
CREATE POLICY rate_limits_platform ON server.rate_limits TO lotline_platform USING (true) WITH CHECK (true);
REVOKE ALL ON server.rate_limits FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON server.rate_limits TO lotline_platform;
CREATE INDEX IF NOT EXISTS auth_sessions_user_id_idx ON auth.sessions (user_id);
CREATE INDEX IF NOT EXISTS auth_sessions_expires_at_idx ON auth.sessions (expires_at);
CREATE INDEX IF NOT EXISTS auth_accounts_user_id_idx ON auth.accounts (user_id);
CREATE INDEX IF NOT EXISTS auth_verifications_identifier_idx ON auth.verifications (identifier);
CREATE INDEX IF NOT EXISTS auth_verifications_expires_at_idx ON auth.verifications (expires_at);
CREATE INDEX IF NOT EXISTS auth_attempts_resets_at_idx ON auth.attempts (resets_at);
CREATE INDEX IF NOT EXISTS auth_api_keys_organization_id_idx ON auth.api_keys (organization_id, user_id);
CREATE UNIQUE INDEX IF NOT EXISTS auth_invitations_open_key ON auth.invitations (organization_id, email)
  WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE INDEX IF NOT EXISTS auth_invitations_invited_by_idx ON auth.invitations (organization_id, invited_by);
-- For the sweep: what has waited longest in a state.
CREATE INDEX IF NOT EXISTS files_uploads_state_changed_at_idx ON files.uploads (organization_id, state, changed_at);
-- Pages of an organization's runs, newest first: ids are in the order of time.
CREATE INDEX IF NOT EXISTS queue_runs_organization_idx ON queue.runs (organization_id, id DESC);
-- The same key twice gives one run while the first has not ended.
CREATE UNIQUE INDEX IF NOT EXISTS queue_runs_dedupe_key ON queue.runs (organization_id, dedupe_key)
  WHERE dedupe_key IS NOT NULL AND status IN ('QUEUED', 'RUNNING');
-- A scheduled moment gives one run.
CREATE UNIQUE INDEX IF NOT EXISTS queue_runs_scheduled_key ON queue.runs (organization_id, name, scheduled_for)
  WHERE scheduled_for IS NOT NULL;
-- What workers look over: runs that have not ended, and ended ones that are old.
CREATE INDEX IF NOT EXISTS queue_runs_open_idx ON queue.runs (status, worker) WHERE status IN ('QUEUED', 'RUNNING');
CREATE INDEX IF NOT EXISTS queue_runs_finished_at_idx ON queue.runs (finished_at) WHERE finished_at IS NOT NULL;
-- For the removal of old keys.
CREATE INDEX IF NOT EXISTS server_idempotency_keys_created_at_idx ON server.idempotency_keys (created_at);
CREATE INDEX IF NOT EXISTS server_rate_limits_window_start_idx ON server.rate_limits (window_start);
-- Functions

GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- When an e-mail is verified: links the person who has it and is not linked yet, or makes one, and makes the organization
-- that was asked for at sign-up. When a verified e-mail changes, the person's follows (23505 where another has it).
--
-- Verified twice, or twice at once: the second update waits for the first, finds the e-mail verified and does nothing.
-- All is one statement, so there is no half. A person who belongs to another account is left alone; such an account has
-- nobody to sign in as. An address that is taken gets a suffix; two at once with one address: the second waits.
CREATE OR REPLACE FUNCTION app.link_person() RETURNS trigger
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
REVOKE EXECUTE ON FUNCTION app.link_person FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.link_person TO lotline_owner;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- A person who is deactivated loses all sessions in the same transaction; one whose account is closed, the account too.
CREATE OR REPLACE FUNCTION app.end_sign_in() RETURNS trigger
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
REVOKE EXECUTE ON FUNCTION app.end_sign_in FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.end_sign_in TO lotline_owner;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- The keys of a member end with the membership, for good: coming back does not revive them.
CREATE OR REPLACE FUNCTION app.end_member_keys() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  UPDATE auth.api_keys AS key SET revoked_at = now()
  WHERE key.organization_id = NEW.organization_id AND key.user_id = NEW.user_id AND key.revoked_at IS NULL;
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION app.end_member_keys FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.end_member_keys TO lotline_owner;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- The current user's role in the current organization as it is now, where it is OWNER or ADMIN and the person active.
-- Raises 42501 otherwise. What the functions below begin with: the signed role may be some seconds old.
CREATE OR REPLACE FUNCTION app.require_admin() RETURNS public.org_role
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
REVOKE EXECUTE ON FUNCTION app.require_admin FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.require_admin TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Serializes what is counted against the plan of the current organization (seats, keys), until the transaction ends.
-- Raises 42501 without an organization in the context.
CREATE OR REPLACE FUNCTION app.lock_plan() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  IF app.current_organization_id() IS NULL THEN
    RAISE EXCEPTION 'A plan belongs to an organization' USING ERRCODE = '42501';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('plan ' || app.current_organization_id(), 0));
END
$$;
REVOKE EXECUTE ON FUNCTION app.lock_plan FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.lock_plan TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- How many keys of the current organization count against its plan: those that work.
CREATE OR REPLACE FUNCTION app.api_keys_in_use() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
  SELECT count(*)::pg_catalog.int4 FROM auth.api_keys AS key
  WHERE key.organization_id = app.current_organization_id() AND key.revoked_at IS NULL
    AND (key.expires_at IS NULL OR key.expires_at > now())
$$;
REVOKE EXECUTE ON FUNCTION app.api_keys_in_use FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.api_keys_in_use TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Adds a key of the current user in the current organization and returns its id. For owners and admins (42501). The
-- caller has taken app.lock_plan() and counted. Each call adds one; the same secret twice raises 23505.
CREATE OR REPLACE FUNCTION app.create_api_key(name text, secret_sha256 bytea, hint text, scopes text[], expires_at timestamptz) RETURNS uuid
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
REVOKE EXECUTE ON FUNCTION app.create_api_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.create_api_key TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- The keys of the current organization, newest first, revoked ones too. For owners and admins (42501).
CREATE OR REPLACE FUNCTION app.list_api_keys()
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
REVOKE EXECUTE ON FUNCTION app.list_api_keys FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.list_api_keys TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Revokes a key of the current organization; true where there is such a key. Twice keeps the first moment. For owners and
-- admins (42501).
CREATE OR REPLACE FUNCTION app.revoke_api_key(key_id uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  PERFORM app.require_admin();
  UPDATE auth.api_keys AS key SET revoked_at = coalesce(key.revoked_at, now())
  WHERE key.id = key_id AND key.organization_id = app.current_organization_id();
  RETURN FOUND;
END
$$;
REVOKE EXECUTE ON FUNCTION app.revoke_api_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.revoke_api_key TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- How many seats of the current organization are taken: members who have not left, and invitations that are open.
CREATE OR REPLACE FUNCTION app.seats_in_use() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
  SELECT (
    (SELECT count(*) FROM public.organization_members AS member
     WHERE member.organization_id = app.current_organization_id() AND member.left_at IS NULL) +
    (SELECT count(*) FROM auth.invitations AS invitation
     WHERE invitation.organization_id = app.current_organization_id() AND invitation.accepted_at IS NULL
       AND invitation.revoked_at IS NULL AND invitation.expires_at > now()))::pg_catalog.int4
$$;
REVOKE EXECUTE ON FUNCTION app.seats_in_use FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.seats_in_use TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Invites an e-mail to the current organization for seven days and returns the invitation's id; null where a member who
-- has not left has this e-mail. An open invitation of the e-mail ends. For owners and admins, not above their own role
-- (42501). The caller has taken app.lock_plan(), so two at once for one e-mail follow each other and the later one holds.
CREATE OR REPLACE FUNCTION app.invite(invited text, invited_role public.org_role, token_sha256 bytea) RETURNS uuid
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
REVOKE EXECUTE ON FUNCTION app.invite FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.invite TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- The invitations of the current organization, newest first. For owners and admins (42501).
CREATE OR REPLACE FUNCTION app.list_invitations()
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
REVOKE EXECUTE ON FUNCTION app.list_invitations FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.list_invitations TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Revokes an open invitation of the current organization; true where there is one. For owners and admins (42501).
CREATE OR REPLACE FUNCTION app.revoke_invitation(invitation_id uuid) RETURNS boolean
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
REVOKE EXECUTE ON FUNCTION app.revoke_invitation FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.revoke_invitation TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- How many records of the current organization refer to a file. Every column that holds a storage key has to stand here; a
-- test compares them with the schema. Without context: 0.
CREATE OR REPLACE FUNCTION app.file_references(key text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
  SELECT
    (SELECT count(*) FROM public.attachments AS a
      WHERE a.organization_id = app.current_organization_id() AND a.file_path = key)
    + (SELECT count(*) FROM public.receipts AS r
      WHERE r.organization_id = app.current_organization_id() AND r.storage_key = key)
    + (SELECT count(*) FROM public.documents AS d
      WHERE d.organization_id = app.current_organization_id() AND d.storage_key = key)
    + (SELECT count(*) FROM public.document_versions AS v
      WHERE v.organization_id = app.current_organization_id() AND v.storage_key = key)
    + (SELECT count(*) FROM public.tax_reports AS t
      WHERE t.organization_id = app.current_organization_id() AND t.file_key = key)
    + (SELECT count(*) FROM public.reid_reports AS i
      WHERE i.organization_id = app.current_organization_id() AND i.file_path = key)
$$;
REVOKE EXECUTE ON FUNCTION app.file_references FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.file_references TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- The bytes that the current organization uses, those of uploads on their way included, under a lock that is held to the end
-- of the transaction: two uploads at once are counted one after the other. Raises 42501 without organization.
CREATE OR REPLACE FUNCTION app.file_bytes_for_update() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  tenant pg_catalog.uuid := app.current_organization_id();
BEGIN
  IF tenant IS NULL THEN
    RAISE EXCEPTION 'Files belong to an organization' USING ERRCODE = '42501';
  END IF;
  PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('files ' || tenant::pg_catalog.text, 0));
  RETURN (SELECT coalesce(sum(upload.size), 0) FROM files.uploads AS upload
    WHERE upload.organization_id = tenant AND upload.state <> 'removed');
END
$$;
REVOKE EXECUTE ON FUNCTION app.file_bytes_for_update FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.file_bytes_for_update TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- The bytes that the current organization uses, without a lock, for people to read.
CREATE OR REPLACE FUNCTION app.file_bytes() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
  SELECT coalesce(sum(upload.size), 0)::pg_catalog.int8 FROM files.uploads AS upload
  WHERE upload.organization_id = app.current_organization_id() AND upload.state <> 'removed'
$$;
REVOKE EXECUTE ON FUNCTION app.file_bytes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.file_bytes TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Makes the row of an upload before its bytes are stored, and says under which key to store them:
-- <organization>/<year>/<id>, in which nothing comes from the person. Called twice it makes two. Raises 42501 without
-- organization and person in the context; what is wrong in shape fails the checks of the table (23514).
CREATE OR REPLACE FUNCTION app.begin_upload(name text, size bigint, mime_type text, sha256 bytea)
RETURNS TABLE (id uuid, storage_key text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_column
DECLARE
  tenant pg_catalog.uuid := app.current_organization_id();
  person pg_catalog.uuid := app.current_user_id();
  made pg_catalog.uuid := app.uuid_v7();
BEGIN
  IF tenant IS NULL OR person IS NULL THEN
    RAISE EXCEPTION 'An upload needs an organization and a person' USING ERRCODE = '42501';
  END IF;
  RETURN QUERY
    INSERT INTO files.uploads AS upload (organization_id, id, storage_key, name, size, mime_type, sha256, created_by)
    VALUES (tenant, made,
      pg_catalog.format('%s/%s/%s', tenant, pg_catalog.to_char(now() AT TIME ZONE 'UTC', 'YYYY'), made),
      begin_upload.name, begin_upload.size, begin_upload.mime_type, begin_upload.sha256, person)
    RETURNING upload.id, upload.storage_key;
END
$$;
REVOKE EXECUTE ON FUNCTION app.begin_upload FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.begin_upload TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Says that the bytes of an upload are stored. False where the upload is not there or was given up meanwhile (the sweep came
-- first, or another call): its bytes are nobody's then. Twice: true both times.
CREATE OR REPLACE FUNCTION app.finish_upload(upload_id uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  UPDATE files.uploads AS upload SET state = 'ready', changed_at = now()
  WHERE upload.organization_id = app.current_organization_id() AND upload.id = upload_id AND upload.state = 'pending';
  RETURN FOUND OR EXISTS (SELECT FROM files.uploads AS upload
    WHERE upload.organization_id = app.current_organization_id() AND upload.id = upload_id AND upload.state = 'ready');
END
$$;
REVOKE EXECUTE ON FUNCTION app.finish_upload FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.finish_upload TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Finished uploads of the current organization, newest first: one by its id, or a page of at most `most` before the id
-- `before`. Ids rise with time.
CREATE OR REPLACE FUNCTION app.find_files(only_id uuid, before uuid, most integer)
RETURNS TABLE (id uuid, storage_key text, name text, size bigint, mime_type text, sha256 bytea, created_by uuid,
  created_at timestamptz, linked boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
  SELECT upload.id, upload.storage_key, upload.name, upload.size, upload.mime_type, upload.sha256, upload.created_by,
    upload.created_at, upload.linked_at IS NOT NULL
  FROM files.uploads AS upload
  WHERE upload.organization_id = app.current_organization_id() AND upload.state = 'ready'
    AND (only_id IS NULL OR upload.id = only_id) AND (before IS NULL OR upload.id < before)
  ORDER BY upload.id DESC
  LIMIT least(most, 201)
$$;
REVOKE EXECUTE ON FUNCTION app.find_files FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.find_files TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Marks a finished upload of the current organization as taken up and returns it; no row where there is none. Holds the row
-- to the end of the transaction, so neither the sweep nor a removal comes between this and the record that refers to it.
CREATE OR REPLACE FUNCTION app.link_file(key text)
RETURNS TABLE (id uuid, storage_key text, name text, size bigint, mime_type text, sha256 bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    UPDATE files.uploads AS upload SET linked_at = now(), changed_at = now()
    WHERE upload.organization_id = app.current_organization_id() AND upload.storage_key = key AND upload.state = 'ready'
    RETURNING upload.id, upload.storage_key, upload.name, upload.size, upload.mime_type, upload.sha256;
END
$$;
REVOKE EXECUTE ON FUNCTION app.link_file FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.link_file TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- To be called before a record that refers to a file is deleted: the file is free unless others refer to it. Twice, or for
-- an unknown key: nothing.
CREATE OR REPLACE FUNCTION app.unlink_file(key text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  PERFORM FROM files.uploads AS upload
  WHERE upload.organization_id = app.current_organization_id() AND upload.storage_key = key
  FOR UPDATE;
  IF FOUND AND app.file_references(key) <= 1 THEN
    UPDATE files.uploads AS upload SET linked_at = NULL, changed_at = now()
    WHERE upload.organization_id = app.current_organization_id() AND upload.storage_key = key AND upload.state = 'ready';
  END IF;
END
$$;
REVOKE EXECUTE ON FUNCTION app.unlink_file FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.unlink_file TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Gives a file of the current organization up: the sweep removes its bytes, then its row. Says what came of it: `removed`,
-- `missing`, or `linked` where a record refers to it, which is looked up anew under the lock. Twice: `missing`.
CREATE OR REPLACE FUNCTION app.remove_file(file_id uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  found_key pg_catalog.text;
BEGIN
  SELECT upload.storage_key INTO found_key FROM files.uploads AS upload
  WHERE upload.organization_id = app.current_organization_id() AND upload.id = file_id AND upload.state <> 'removed'
  FOR UPDATE;
  IF found_key IS NULL THEN
    RETURN 'missing';
  END IF;
  IF app.file_references(found_key) > 0 THEN
    RETURN 'linked';
  END IF;
  UPDATE files.uploads AS upload SET state = 'removed', changed_at = now()
  WHERE upload.organization_id = app.current_organization_id() AND upload.id = file_id;
  RETURN 'removed';
END
$$;
REVOKE EXECUTE ON FUNCTION app.remove_file FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.remove_file TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Claims for the sweep what nobody needs: uploads that began before `begun_before` and never ended, and files to which no
-- record refers and none has since `idle_before`; returns these and all that were given up already, at most `most`. Whether
-- a record refers is looked up under the row's lock; a file that is in use is not looked at again before as long a time has
-- passed. Rows that somebody holds are left for the next time. Twice, or two at once: both may name the same keys, whose
-- removal does no harm.
CREATE OR REPLACE FUNCTION app.claim_dead_files(begun_before timestamptz, idle_before timestamptz, most integer)
RETURNS TABLE (id uuid, storage_key text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_column
DECLARE
  tenant pg_catalog.uuid := app.current_organization_id();
  candidates pg_catalog.uuid[];
BEGIN
  SELECT pg_catalog.array_agg(held.id) INTO candidates FROM (
    SELECT upload.id FROM files.uploads AS upload
    WHERE upload.organization_id = tenant
      AND (upload.state = 'pending' AND upload.changed_at < begun_before
        OR upload.state = 'ready' AND upload.changed_at < idle_before)
    ORDER BY upload.changed_at LIMIT most
    FOR UPDATE SKIP LOCKED) AS held;
  UPDATE files.uploads AS upload
  SET changed_at = now(),
    state = CASE WHEN upload.state = 'pending' OR app.file_references(upload.storage_key) = 0 THEN 'removed' ELSE 'ready' END
  WHERE upload.organization_id = tenant AND upload.id = ANY (candidates);
  RETURN QUERY
    SELECT upload.id, upload.storage_key FROM files.uploads AS upload
    WHERE upload.organization_id = tenant AND upload.state = 'removed'
    ORDER BY upload.changed_at LIMIT most;
END
$$;
REVOKE EXECUTE ON FUNCTION app.claim_dead_files FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.claim_dead_files TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Forgets files that were given up, after their bytes are gone. Twice: nothing.
CREATE OR REPLACE FUNCTION app.forget_files(file_ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  DELETE FROM files.uploads AS upload
  WHERE upload.organization_id = app.current_organization_id() AND upload.id = ANY (file_ids) AND upload.state = 'removed';
END
$$;
REVOKE EXECUTE ON FUNCTION app.forget_files FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.forget_files TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Which of these keys no upload of the current organization has: bytes without a row.
CREATE OR REPLACE FUNCTION app.unknown_file_keys(keys text[]) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
  SELECT coalesce(pg_catalog.array_agg(candidate.key), '{}') FROM pg_catalog.unnest(keys) AS candidate (key)
  WHERE app.current_organization_id() IS NOT NULL AND NOT EXISTS (SELECT FROM files.uploads AS upload
    WHERE upload.organization_id = app.current_organization_id() AND upload.storage_key = candidate.key)
$$;
REVOKE EXECUTE ON FUNCTION app.unknown_file_keys FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.unknown_file_keys TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Tells graphile-worker of a run that waits, in this transaction: a job that is there for it already is replaced, one that
-- a worker has taken loses its claim to be repeated. For the functions below and for workers, as the platform role; for
-- anybody else it does nothing, since it only repeats what queue.runs says. Where no worker has ever started the tables are
-- not there yet; the first one makes a job for every run that waits.
CREATE OR REPLACE FUNCTION app.announce_run(run uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  IF NOT app.called_by_platform() AND NOT EXISTS (
    SELECT FROM queue.runs AS r WHERE r.id = run AND r.organization_id = app.current_organization_id())
  THEN
    RETURN;
  END IF;
  IF pg_catalog.to_regclass('graphile_worker._private_tasks') IS NULL THEN
    RETURN;
  END IF;
  PERFORM graphile_worker.add_job('run',
    json_build_object('runId', r.id, 'organizationId', r.organization_id),
    run_at => r.run_at, job_key => r.id::pg_catalog.text, priority => r.priority)
  FROM queue.runs AS r WHERE r.id = run AND r.status = 'QUEUED';
END
$$;
REVOKE EXECUTE ON FUNCTION app.announce_run FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.announce_run TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Puts a job into the queue for the organization and person of the context, and returns the id of its run. The run exists
-- if and only if this transaction commits.
--
-- With a dedupe_key that a run of the organization has which has not ended: that run's id, and nothing is inserted. Two at
-- once: the second waits until the first has committed or rolled back. Raises 42501 without an organization in the context,
-- 23514 for a name, input, key or priority of the wrong shape.
CREATE OR REPLACE FUNCTION app.enqueue_job(name text, input jsonb, dedupe_key text, run_at timestamptz, priority integer)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_column
DECLARE
  tenant pg_catalog.uuid := app.current_organization_id();
  found_id pg_catalog.uuid;
BEGIN
  IF tenant IS NULL THEN
    RAISE EXCEPTION 'A job needs an organization'
      USING ERRCODE = '42501', HINT = 'Call app.enqueue_job() within a context that names the organization.';
  END IF;
  IF enqueue_job.priority IS NOT NULL AND enqueue_job.priority NOT BETWEEN -100 AND 100 THEN
    RAISE EXCEPTION 'A priority is from -100 to 100' USING ERRCODE = '23514';
  END IF;
  LOOP
    INSERT INTO queue.runs AS r (organization_id, user_id, name, input, dedupe_key, run_at, priority)
    VALUES (tenant, app.current_user_id(), enqueue_job.name, enqueue_job.input, enqueue_job.dedupe_key,
      coalesce(enqueue_job.run_at, now()), coalesce(enqueue_job.priority, 0))
    ON CONFLICT (organization_id, dedupe_key) WHERE dedupe_key IS NOT NULL AND status IN ('QUEUED', 'RUNNING') DO NOTHING
    RETURNING r.id INTO found_id;
    IF found_id IS NOT NULL THEN
      PERFORM app.announce_run(found_id);
      RETURN found_id;
    END IF;
    SELECT r.id INTO found_id FROM queue.runs AS r
    WHERE r.organization_id = tenant AND r.dedupe_key = enqueue_job.dedupe_key AND r.status IN ('QUEUED', 'RUNNING');
    IF found_id IS NOT NULL THEN
      RETURN found_id;
    END IF;
    -- The run that had the key ended between the two statements: the key is free.
  END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION app.enqueue_job FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.enqueue_job TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Runs of the current organization, newest first: those with the status and name asked for, older than the run `before`,
-- `count` at most (100). Without input and result, which app.my_job() gives. Reads only; without an organization: no rows.
CREATE OR REPLACE FUNCTION app.my_jobs(with_status text, with_name text, before uuid, count integer)
RETURNS TABLE (id uuid, user_id uuid, name text, status text, progress numeric, message text, error text, attempt integer,
  max_attempts integer, run_at timestamptz, created_at timestamptz, started_at timestamptz, finished_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT r.id, r.user_id, r.name, r.status, r.progress::pg_catalog.numeric, r.message, r.error, r.attempt, r.max_attempts,
      r.run_at, r.created_at, r.started_at, r.finished_at
    FROM queue.runs AS r
    WHERE r.organization_id = app.current_organization_id()
      AND (my_jobs.with_status IS NULL OR r.status = my_jobs.with_status)
      AND (my_jobs.with_name IS NULL OR r.name = my_jobs.with_name)
      AND (my_jobs.before IS NULL OR r.id < my_jobs.before)
    ORDER BY r.id DESC
    LIMIT least(greatest(coalesce(my_jobs.count, 50), 1), 100);
END
$$;
REVOKE EXECUTE ON FUNCTION app.my_jobs FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.my_jobs TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- One run of the current organization; no row where there is none. Input and result are shown to who enqueued it and to
-- owners and admins; null to others, for they may hold what the job alone was to know.
CREATE OR REPLACE FUNCTION app.my_job(run uuid)
RETURNS TABLE (id uuid, user_id uuid, name text, status text, progress numeric, message text, error text, attempt integer,
  max_attempts integer, run_at timestamptz, created_at timestamptz, started_at timestamptz, finished_at timestamptz,
  input jsonb, result jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_column
DECLARE
  person pg_catalog.uuid := app.current_user_id();
  admin pg_catalog.bool := app.is_org_admin();
BEGIN
  RETURN QUERY
    SELECT r.id, r.user_id, r.name, r.status, r.progress::pg_catalog.numeric, r.message, r.error, r.attempt, r.max_attempts,
      r.run_at, r.created_at, r.started_at, r.finished_at,
      CASE WHEN admin OR r.user_id = person THEN r.input END, CASE WHEN admin OR r.user_id = person THEN r.result END
    FROM queue.runs AS r
    WHERE r.id = my_job.run AND r.organization_id = app.current_organization_id();
END
$$;
REVOKE EXECUTE ON FUNCTION app.my_job FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.my_job TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Puts a run of the current organization that failed or was cancelled back into the queue, with all its attempts. Returns
-- the status that it has then: QUEUED, or what it was where it has not ended or succeeded; null where there is none.
--
-- Twice, or two at once: the second finds it queued and changes nothing. Raises 23505 where another run with its dedupe_key
-- is under way.
CREATE OR REPLACE FUNCTION app.retry_job(run uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  was pg_catalog.text;
BEGIN
  SELECT r.status INTO was FROM queue.runs AS r
  WHERE r.id = run AND r.organization_id = app.current_organization_id() FOR UPDATE;
  IF was IS NULL OR was NOT IN ('FAILED', 'CANCELLED') THEN
    RETURN was;
  END IF;
  UPDATE queue.runs AS r
  SET status = 'QUEUED', attempt = 0, progress = 0, message = NULL, error = NULL, worker = NULL, run_at = now(),
    started_at = NULL, finished_at = NULL
  WHERE r.id = run AND r.status = was;
  PERFORM app.announce_run(run);
  RETURN 'QUEUED';
END
$$;
REVOKE EXECUTE ON FUNCTION app.retry_job FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.retry_job TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Cancels a run of the current organization that has not ended. Returns the status that it has then: CANCELLED, or how it
-- had ended; null where there is none. A worker that runs it is told and aborts the job's signal; what it writes about the
-- run afterwards is refused.
--
-- At once with the end of the run: the row's lock lets one of them come first, and the other finds what it did.
CREATE OR REPLACE FUNCTION app.cancel_job(run uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  was pg_catalog.text;
BEGIN
  SELECT r.status INTO was FROM queue.runs AS r
  WHERE r.id = run AND r.organization_id = app.current_organization_id() FOR UPDATE;
  IF was IS NULL OR was NOT IN ('QUEUED', 'RUNNING') THEN
    RETURN was;
  END IF;
  UPDATE queue.runs AS r
  SET status = 'CANCELLED', error = 'Cancelled by a person.', worker = NULL, finished_at = now()
  WHERE r.id = run AND r.status = was;
  IF was = 'QUEUED' AND pg_catalog.to_regclass('graphile_worker._private_tasks') IS NOT NULL THEN
    PERFORM graphile_worker.remove_job(run::pg_catalog.text);
  END IF;
  PERFORM pg_notify('queue:cancelled', '');
  PERFORM pg_notify('queue:ended', '');
  RETURN 'CANCELLED';
END
$$;
REVOKE EXECUTE ON FUNCTION app.cancel_job FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.cancel_job TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Claims an idempotency key for the write of this transaction, or tells what the first write with it answered.
--
-- No row: the key is claimed; the caller writes, then calls app.keep_answer(). A row: the answer that was kept; `matches`
-- is false where the first request was another. Two at once: the second waits until the first has committed (and then
-- reads its answer) or rolled back (and then claims), for five seconds at most: a connection each is held meanwhile. Raises
-- 55P03 after these, and 42501 without organization and person in the context.
CREATE OR REPLACE FUNCTION app.claim_idempotency_key(key text, request_sha256 bytea)
RETURNS TABLE (matches boolean, status smallint, headers jsonb, body text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET lock_timeout = '5s'
AS $$
#variable_conflict use_column
DECLARE
  tenant pg_catalog.uuid := app.current_organization_id();
  person pg_catalog.uuid := app.current_user_id();
BEGIN
  IF tenant IS NULL OR person IS NULL THEN
    RAISE EXCEPTION 'An idempotency key needs an organization and a person'
      USING ERRCODE = '42501', HINT = 'Call app.claim_idempotency_key() within a context that names both.';
  END IF;
  INSERT INTO server.idempotency_keys AS kept (organization_id, principal, key, request_sha256)
  VALUES (tenant, person, claim_idempotency_key.key, claim_idempotency_key.request_sha256)
  ON CONFLICT (organization_id, principal, key) DO NOTHING;
  IF FOUND THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT kept.request_sha256 = claim_idempotency_key.request_sha256, kept.status, kept.headers, kept.body
    FROM server.idempotency_keys AS kept
    WHERE kept.organization_id = tenant AND kept.principal = person AND kept.key = claim_idempotency_key.key;
END
$$;
REVOKE EXECUTE ON FUNCTION app.claim_idempotency_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.claim_idempotency_key TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Keeps the answer of a write beside its idempotency key, in the transaction of the write. Raises 22023 where the key was
-- not claimed.
CREATE OR REPLACE FUNCTION app.keep_answer(key text, status integer, headers jsonb, body text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_column
BEGIN
  UPDATE server.idempotency_keys AS kept
  SET status = keep_answer.status, headers = keep_answer.headers, body = keep_answer.body
  WHERE kept.organization_id = app.current_organization_id() AND kept.principal = app.current_user_id()
    AND kept.key = keep_answer.key AND kept.status IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'This idempotency key was not claimed' USING ERRCODE = '22023';
  END IF;
END
$$;
REVOKE EXECUTE ON FUNCTION app.keep_answer FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.keep_answer TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Writes into the log of transactions that a signature request of the current organization ran out of time. Exists because
-- an entry names a member and is taken from that member alone, while the clock is nobody: the entry names the requester and
-- says "by": "schedule".
--
-- Writes nothing, and returns false, unless the request is EXPIRED and its time is over (give or take a minute, for the
-- clock of the server that ended it), or when such an entry is there already; two at once are kept apart by the lock on the transaction that ending a request takes. Raises 42501 without an
-- organization in the context, and with a person, who writes entries of their own. One INSERT, so there is no half.
CREATE OR REPLACE FUNCTION app.log_request_expiry(request uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_column
DECLARE
  tenant pg_catalog.uuid := app.current_organization_id();
BEGIN
  IF tenant IS NULL OR app.current_user_id() IS NOT NULL THEN
    RAISE EXCEPTION 'Only the schedule of an organization logs that a request has expired'
      USING ERRCODE = '42501', HINT = 'Call app.log_request_expiry() within a context that names an organization and no person.';
  END IF;
  INSERT INTO public.transaction_audit_logs (
    organization_id, action, entity_type, entity_id, old_values, new_values, user_id)
  SELECT tenant, 'EXPIRED', 'signature_request', ended.id, NULL,
    '{"status": "EXPIRED", "by": "schedule"}'::pg_catalog.jsonb, ended.requested_by_id
  FROM public.signature_requests AS ended
  WHERE ended.organization_id = tenant AND ended.id = log_request_expiry.request
    AND ended.status = 'EXPIRED' AND ended.expires_at <= pg_catalog.clock_timestamp() + pg_catalog.interval '1 minute'
    AND NOT EXISTS (
      SELECT 1 FROM public.transaction_audit_logs AS entry
      WHERE entry.organization_id = tenant AND entry.entity_type = 'signature_request'
        AND entry.entity_id = ended.id AND entry.action = 'EXPIRED');
  RETURN FOUND;
END
$$;
REVOKE EXECUTE ON FUNCTION app.log_request_expiry FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.log_request_expiry TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
-- Triggers

-- See app.link_person().
CREATE TRIGGER link_person AFTER INSERT OR UPDATE OF email, email_verified ON auth.users
FOR EACH ROW WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.link_person();
-- See app.end_sign_in().
CREATE TRIGGER end_sign_in AFTER UPDATE OF is_active, deleted_at ON public.users
FOR EACH ROW WHEN (current_user <> 'lotline_custodian' AND (NOT NEW.is_active AND (OLD.is_active OR NEW.deleted_at IS DISTINCT FROM OLD.deleted_at)))
EXECUTE FUNCTION app.end_sign_in();
-- See app.end_member_keys().
CREATE TRIGGER end_member_keys AFTER UPDATE OF left_at ON public.organization_members
FOR EACH ROW WHEN (current_user <> 'lotline_custodian' AND (OLD.left_at IS NULL AND NEW.left_at IS NOT NULL))
EXECUTE FUNCTION app.end_member_keys();
-- Changes

GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Writes into public.activity_logs who changed what, and tells it on the channel, in the transaction of the change: if that is rolled back,
-- nothing was logged and nobody hears of it. Fires once for each statement and kind of change, also where a foreign key
-- cascades; one INSERT for all its rows.
--
-- Logged are rows of the tenant of the verified context, for whoever acts in it. What the platform does (its login, or a role
-- with its rights) is told and not logged, for it has a record of its own; the custodian, who exports, imports and erases
-- whole tenants, leaves nothing. An update that changes nothing but time stamps is none. Values over 2 KB as jsonb are replaced by
-- their length, columns of secrets left out. app.origin says where a request came from: whatever the application
-- sent, attribution and no proof; what cannot be read as an address becomes null.
--
-- Arguments: kind (shared, restricted, personal), columns of tenant, key and person, the resource, columns that say nothing,
-- columns that are withheld, columns of objects. Raises nothing of its own; a context that is not valid raises 42501.
CREATE OR REPLACE FUNCTION app.record_changes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_column
DECLARE
  kind pg_catalog.text := TG_ARGV[0];
  tenant_column pg_catalog.text := TG_ARGV[1];
  key_column pg_catalog.text := TG_ARGV[2];
  person_column pg_catalog.text := TG_ARGV[3];
  resource pg_catalog.text := TG_ARGV[4];
  left_out pg_catalog.text[] := pg_catalog.string_to_array(TG_ARGV[5], ',');
  withheld pg_catalog.text[] := left_out || pg_catalog.string_to_array(TG_ARGV[6], ',');
  nested pg_catalog.text[] := pg_catalog.string_to_array(TG_ARGV[7], ',');
  operation pg_catalog.text := CASE TG_OP WHEN 'INSERT' THEN 'create' ELSE pg_catalog.lower(TG_OP) END;
  -- The function's owner is current_user; the setting `role` is changed only after a check of membership.
  actor pg_catalog.name := CASE pg_catalog.current_setting('role')
    WHEN 'none' THEN session_user ELSE pg_catalog.current_setting('role')::pg_catalog.name END;
  tenant pg_catalog.uuid;
  person pg_catalog.uuid;
  origin pg_catalog.text;
  address pg_catalog.inet;
  agent pg_catalog.text;
  total pg_catalog.int8;
  ids pg_catalog.uuid[];
  groups pg_catalog.jsonb[];
  told pg_catalog.jsonb;
BEGIN
  IF actor = 'lotline_custodian' THEN
    RETURN NULL;
  END IF;
  -- A statement that met no row fires too.
  IF TG_OP = 'DELETE' THEN
    IF NOT EXISTS (SELECT FROM old_rows) THEN
      RETURN NULL;
    END IF;
  ELSIF NOT EXISTS (SELECT FROM new_rows) THEN
    RETURN NULL;
  END IF;

  IF kind <> 'personal' AND NOT pg_catalog.pg_has_role(actor, 'lotline_platform', 'USAGE') THEN
    tenant := app.current_organization_id();
  END IF;

  IF tenant IS NOT NULL THEN
    person := (SELECT member.user_id FROM public.organization_members AS member WHERE member.organization_id = tenant AND member.user_id = app.current_user_id());
    origin := pg_catalog.current_setting('app.origin', true);
    IF origin <> '' THEN
      BEGIN
        agent := pg_catalog."left"(origin::pg_catalog.jsonb ->> 'userAgent', 1000);
        address := (origin::pg_catalog.jsonb ->> 'ipAddress')::pg_catalog.inet;
      EXCEPTION WHEN OTHERS THEN
        address := NULL;
      END;
    END IF;
    IF TG_OP = 'INSERT' THEN
      WITH logged AS (
        INSERT INTO public.activity_logs (organization_id, user_id, action, resource_type, resource_id, new_data, ip_address, user_agent)
        SELECT tenant, person, TG_TABLE_NAME || '.' || operation, resource, (row.doc ->> key_column)::pg_catalog.uuid,
          -- Without what is null. Stripped at once where no value is long; objects within are put back, whose nulls stay.
          CASE WHEN kind <> 'shared' THEN NULL
            WHEN pg_catalog.pg_column_size(row.doc) <= 2048 THEN
              pg_catalog.jsonb_strip_nulls(row.doc - withheld - nested) || coalesce((
                SELECT pg_catalog.jsonb_object_agg(field.key, row.doc -> field.key)
                FROM pg_catalog.unnest(nested) AS field (key) WHERE row.doc -> field.key <> 'null'), '{}')
            ELSE (
              SELECT pg_catalog.jsonb_object_agg(field.key, CASE WHEN pg_catalog.pg_column_size(field.value) > 2048
                THEN pg_catalog.jsonb_build_object('omitted_bytes', pg_catalog.octet_length(field.value::pg_catalog.text)) ELSE field.value END)
              FROM pg_catalog.jsonb_each(row.doc - withheld) AS field WHERE field.value <> 'null') END,
          address, agent
        FROM (SELECT pg_catalog.to_jsonb(r) AS doc FROM new_rows AS r OFFSET 0) AS row
        WHERE row.doc ->> tenant_column = tenant::pg_catalog.text
        RETURNING resource_id)
      SELECT count(*), (pg_catalog.array_agg(logged.resource_id))[1:51] INTO total, ids FROM logged;
    ELSIF TG_OP = 'DELETE' THEN
      WITH logged AS (
        INSERT INTO public.activity_logs (organization_id, user_id, action, resource_type, resource_id, old_data, ip_address, user_agent)
        SELECT tenant, person, TG_TABLE_NAME || '.' || operation, resource, (row.doc ->> key_column)::pg_catalog.uuid,
          -- Without what is null. Stripped at once where no value is long; objects within are put back, whose nulls stay.
          CASE WHEN kind <> 'shared' THEN NULL
            WHEN pg_catalog.pg_column_size(row.doc) <= 2048 THEN
              pg_catalog.jsonb_strip_nulls(row.doc - withheld - nested) || coalesce((
                SELECT pg_catalog.jsonb_object_agg(field.key, row.doc -> field.key)
                FROM pg_catalog.unnest(nested) AS field (key) WHERE row.doc -> field.key <> 'null'), '{}')
            ELSE (
              SELECT pg_catalog.jsonb_object_agg(field.key, CASE WHEN pg_catalog.pg_column_size(field.value) > 2048
                THEN pg_catalog.jsonb_build_object('omitted_bytes', pg_catalog.octet_length(field.value::pg_catalog.text)) ELSE field.value END)
              FROM pg_catalog.jsonb_each(row.doc - withheld) AS field WHERE field.value <> 'null') END,
          address, agent
        FROM (SELECT pg_catalog.to_jsonb(r) AS doc FROM old_rows AS r OFFSET 0) AS row
        WHERE row.doc ->> tenant_column = tenant::pg_catalog.text
        RETURNING resource_id)
      SELECT count(*), (pg_catalog.array_agg(logged.resource_id))[1:51] INTO total, ids FROM logged;
    ELSE
      -- FULL, since a key may change, and since it is never a nested loop, whatever number of rows the plan was made for.
      WITH logged AS (
        INSERT INTO public.activity_logs (organization_id, user_id, action, resource_type, resource_id, old_data, new_data, ip_address, user_agent)
        SELECT tenant, person, TG_TABLE_NAME || '.' || operation, resource, changed.id::pg_catalog.uuid,
          CASE WHEN kind = 'shared' AND changed.old IS NOT NULL THEN fields.old END,
          CASE WHEN kind = 'shared' AND changed.new IS NOT NULL THEN fields.new END,
          address, agent
        FROM (
          SELECT coalesce(new.doc, old.doc) ->> key_column AS id, old.doc - left_out AS old, new.doc - left_out AS new
          FROM (SELECT pg_catalog.to_jsonb(r) AS doc FROM old_rows AS r OFFSET 0) AS old
          FULL JOIN (SELECT pg_catalog.to_jsonb(r) AS doc FROM new_rows AS r OFFSET 0) AS new
            ON new.doc ->> key_column = old.doc ->> key_column
          WHERE coalesce(new.doc, old.doc) ->> tenant_column = tenant::pg_catalog.text
          OFFSET 0) AS changed
        CROSS JOIN LATERAL (
          SELECT pg_catalog.jsonb_object_agg(field.key, CASE WHEN pg_catalog.pg_column_size(changed.old -> field.key) > 2048
            THEN pg_catalog.jsonb_build_object('omitted_bytes', pg_catalog.octet_length((changed.old -> field.key)::pg_catalog.text)) ELSE changed.old -> field.key END) AS old,
            pg_catalog.jsonb_object_agg(field.key, CASE WHEN pg_catalog.pg_column_size(changed.new -> field.key) > 2048
            THEN pg_catalog.jsonb_build_object('omitted_bytes', pg_catalog.octet_length((changed.new -> field.key)::pg_catalog.text)) ELSE changed.new -> field.key END) AS new
          FROM pg_catalog.jsonb_object_keys(coalesce(changed.new, changed.old) - withheld) AS field (key)
          WHERE changed.old -> field.key IS DISTINCT FROM changed.new -> field.key) AS fields
        WHERE changed.old IS DISTINCT FROM changed.new
        RETURNING resource_id)
      SELECT count(*), (pg_catalog.array_agg(logged.resource_id))[1:51] INTO total, ids FROM logged;
    END IF;
    IF total > 0 THEN
      groups := ARRAY[pg_catalog.jsonb_build_array(tenant, total, ids, NULL)];
    END IF;
  ELSIF TG_OP = 'INSERT' THEN
    SELECT pg_catalog.array_agg(pg_catalog.jsonb_build_array(told.tenant, told.total, told.ids, told.people)) INTO groups
    FROM (
      SELECT row.doc ->> tenant_column AS tenant, count(*) AS total,
        (pg_catalog.array_agg(row.doc ->> key_column))[1:51] AS ids,
        (pg_catalog.array_agg(DISTINCT row.doc ->> person_column))[1:51] AS people
      FROM (SELECT pg_catalog.to_jsonb(r) AS doc FROM new_rows AS r OFFSET 0) AS row
      GROUP BY row.doc ->> tenant_column) AS told
    WHERE told.tenant IS NOT NULL;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT pg_catalog.array_agg(pg_catalog.jsonb_build_array(told.tenant, told.total, told.ids, told.people)) INTO groups
    FROM (
      SELECT row.doc ->> tenant_column AS tenant, count(*) AS total,
        (pg_catalog.array_agg(row.doc ->> key_column))[1:51] AS ids,
        (pg_catalog.array_agg(DISTINCT row.doc ->> person_column))[1:51] AS people
      FROM (SELECT pg_catalog.to_jsonb(r) AS doc FROM old_rows AS r OFFSET 0) AS row
      GROUP BY row.doc ->> tenant_column) AS told
    WHERE told.tenant IS NOT NULL;
  ELSE
    SELECT pg_catalog.array_agg(pg_catalog.jsonb_build_array(told.tenant, told.total, told.ids, told.people)) INTO groups
    FROM (
      SELECT row.doc ->> tenant_column AS tenant, count(*) AS total,
        (pg_catalog.array_agg(row.doc ->> key_column))[1:51] AS ids,
        (pg_catalog.array_agg(DISTINCT row.doc ->> person_column))[1:51] AS people
      FROM (
        SELECT coalesce(new.doc, old.doc) AS doc FROM (SELECT pg_catalog.to_jsonb(r) AS doc FROM old_rows AS r OFFSET 0) AS old
        FULL JOIN (SELECT pg_catalog.to_jsonb(r) AS doc FROM new_rows AS r OFFSET 0) AS new
          ON new.doc ->> key_column = old.doc ->> key_column
        WHERE (old.doc - left_out) IS DISTINCT FROM (new.doc - left_out)) AS row
      GROUP BY row.doc ->> tenant_column) AS told
    WHERE told.tenant IS NOT NULL;
  END IF;

  -- 50 rows and 50 people are 4 KB; NOTIFY takes 8.
  FOREACH told IN ARRAY coalesce(groups, '{}') LOOP
    PERFORM pg_catalog.pg_notify(channel.name, pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
      'organization', told -> 0, 'table', TG_TABLE_NAME, 'operation', operation,
      'ids', CASE WHEN (told ->> 1)::pg_catalog.int8 <= 50 THEN told -> 2 END,
      'people', CASE WHEN person_column <> '' AND pg_catalog.jsonb_array_length(told -> 3) <= 50 THEN told -> 3 END))::pg_catalog.text)
    FROM app.change_channel AS channel;
  END LOOP;
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION app.record_changes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.record_changes TO lotline_owner;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
CREATE TRIGGER record_insert AFTER INSERT ON public.ai_conversations REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('personal', 'organization_id', 'id', 'user_id', 'ai_conversation', 'organization_id,id,created_at,updated_at', '', 'conversation_data');
CREATE TRIGGER record_update AFTER UPDATE ON public.ai_conversations REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('personal', 'organization_id', 'id', 'user_id', 'ai_conversation', 'organization_id,id,created_at,updated_at', '', 'conversation_data');
CREATE TRIGGER record_delete AFTER DELETE ON public.ai_conversations REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('personal', 'organization_id', 'id', 'user_id', 'ai_conversation', 'organization_id,id,created_at,updated_at', '', 'conversation_data');
CREATE TRIGGER record_insert AFTER INSERT ON public.conversations REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'conversation', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_update AFTER UPDATE ON public.conversations REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'conversation', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_delete AFTER DELETE ON public.conversations REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'conversation', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_insert AFTER INSERT ON public.analytics_goals REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'analytics_goal', 'organization_id,id,created_at,updated_at', '', 'conditions');
CREATE TRIGGER record_update AFTER UPDATE ON public.analytics_goals REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'analytics_goal', 'organization_id,id,created_at,updated_at', '', 'conditions');
CREATE TRIGGER record_delete AFTER DELETE ON public.analytics_goals REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'analytics_goal', 'organization_id,id,created_at,updated_at', '', 'conditions');
CREATE TRIGGER record_insert AFTER INSERT ON public.campaigns REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'campaign', 'organization_id,id,created_at,updated_at', '', 'goals,metrics');
CREATE TRIGGER record_update AFTER UPDATE ON public.campaigns REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'campaign', 'organization_id,id,created_at,updated_at', '', 'goals,metrics');
CREATE TRIGGER record_delete AFTER DELETE ON public.campaigns REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'campaign', 'organization_id,id,created_at,updated_at', '', 'goals,metrics');
CREATE TRIGGER record_insert AFTER INSERT ON public.email_campaigns REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'email_campaign', 'organization_id,id,created_at,updated_at', '', 'ab_test_config');
CREATE TRIGGER record_update AFTER UPDATE ON public.email_campaigns REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'email_campaign', 'organization_id,id,created_at,updated_at', '', 'ab_test_config');
CREATE TRIGGER record_delete AFTER DELETE ON public.email_campaigns REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'email_campaign', 'organization_id,id,created_at,updated_at', '', 'ab_test_config');
CREATE TRIGGER record_insert AFTER INSERT ON public.social_media_posts REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'social_media_post', 'organization_id,id,created_at,updated_at', '', 'platform_config,media,link_preview');
CREATE TRIGGER record_update AFTER UPDATE ON public.social_media_posts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'social_media_post', 'organization_id,id,created_at,updated_at', '', 'platform_config,media,link_preview');
CREATE TRIGGER record_delete AFTER DELETE ON public.social_media_posts REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'social_media_post', 'organization_id,id,created_at,updated_at', '', 'platform_config,media,link_preview');
CREATE TRIGGER record_insert AFTER INSERT ON public.campaign_content REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'campaign_content', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_update AFTER UPDATE ON public.campaign_content REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'campaign_content', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_delete AFTER DELETE ON public.campaign_content REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'campaign_content', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_insert AFTER INSERT ON public.content REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'content', 'organization_id,id,created_at,updated_at', '', 'seo_meta');
CREATE TRIGGER record_update AFTER UPDATE ON public.content REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'content', 'organization_id,id,created_at,updated_at', '', 'seo_meta');
CREATE TRIGGER record_delete AFTER DELETE ON public.content REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'content', 'organization_id,id,created_at,updated_at', '', 'seo_meta');
CREATE TRIGGER record_insert AFTER INSERT ON public.leads REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'lead', 'organization_id,id,created_at,updated_at', '', 'custom_fields');
CREATE TRIGGER record_update AFTER UPDATE ON public.leads REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'lead', 'organization_id,id,created_at,updated_at', '', 'custom_fields');
CREATE TRIGGER record_delete AFTER DELETE ON public.leads REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'lead', 'organization_id,id,created_at,updated_at', '', 'custom_fields');
CREATE TRIGGER record_insert AFTER INSERT ON public.contacts REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'contact', 'organization_id,id,created_at,updated_at', '', 'custom_fields');
CREATE TRIGGER record_update AFTER UPDATE ON public.contacts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'contact', 'organization_id,id,created_at,updated_at', '', 'custom_fields');
CREATE TRIGGER record_delete AFTER DELETE ON public.contacts REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'contact', 'organization_id,id,created_at,updated_at', '', 'custom_fields');
CREATE TRIGGER record_insert AFTER INSERT ON public.customers REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'customer', 'organization_id,id,created_at,updated_at', '', 'custom_fields');
CREATE TRIGGER record_update AFTER UPDATE ON public.customers REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'customer', 'organization_id,id,created_at,updated_at', '', 'custom_fields');
CREATE TRIGGER record_delete AFTER DELETE ON public.customers REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'customer', 'organization_id,id,created_at,updated_at', '', 'custom_fields');
CREATE TRIGGER record_insert AFTER INSERT ON public.deals REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'deal', 'organization_id,id,created_at,updated_at', '', 'custom_fields');
CREATE TRIGGER record_update AFTER UPDATE ON public.deals REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'deal', 'organization_id,id,created_at,updated_at', '', 'custom_fields');
CREATE TRIGGER record_delete AFTER DELETE ON public.deals REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'deal', 'organization_id,id,created_at,updated_at', '', 'custom_fields');
CREATE TRIGGER record_insert AFTER INSERT ON public.activities REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'activity', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_update AFTER UPDATE ON public.activities REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'activity', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_delete AFTER DELETE ON public.activities REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'activity', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_insert AFTER INSERT ON public.appointments REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'appointment', 'organization_id,id,created_at,updated_at', '', 'reminders_sent');
CREATE TRIGGER record_update AFTER UPDATE ON public.appointments REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'appointment', 'organization_id,id,created_at,updated_at', '', 'reminders_sent');
CREATE TRIGGER record_delete AFTER DELETE ON public.appointments REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'appointment', 'organization_id,id,created_at,updated_at', '', 'reminders_sent');
CREATE TRIGGER record_insert AFTER INSERT ON public.expense_categories REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'expense_category', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_update AFTER UPDATE ON public.expense_categories REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'expense_category', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_delete AFTER DELETE ON public.expense_categories REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'expense_category', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_insert AFTER INSERT ON public.expenses REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'expense', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_update AFTER UPDATE ON public.expenses REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'expense', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_delete AFTER DELETE ON public.expenses REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'expense', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_insert AFTER INSERT ON public.receipts REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'receipt', 'organization_id,id,created_at,updated_at', 'content_sha256', 'ocr_metadata');
CREATE TRIGGER record_update AFTER UPDATE ON public.receipts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'receipt', 'organization_id,id,created_at,updated_at', 'content_sha256', 'ocr_metadata');
CREATE TRIGGER record_delete AFTER DELETE ON public.receipts REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'receipt', 'organization_id,id,created_at,updated_at', 'content_sha256', 'ocr_metadata');
CREATE TRIGGER record_insert AFTER INSERT ON public.tax_estimates REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('restricted', 'organization_id', 'id', '', 'tax_estimate', 'organization_id,id,created_at,updated_at', '', 'assumptions');
CREATE TRIGGER record_update AFTER UPDATE ON public.tax_estimates REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('restricted', 'organization_id', 'id', '', 'tax_estimate', 'organization_id,id,created_at,updated_at', '', 'assumptions');
CREATE TRIGGER record_delete AFTER DELETE ON public.tax_estimates REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('restricted', 'organization_id', 'id', '', 'tax_estimate', 'organization_id,id,created_at,updated_at', '', 'assumptions');
CREATE TRIGGER record_insert AFTER INSERT ON public.tax_reports REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('restricted', 'organization_id', 'id', '', 'tax_report', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_update AFTER UPDATE ON public.tax_reports REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('restricted', 'organization_id', 'id', '', 'tax_report', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_delete AFTER DELETE ON public.tax_reports REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('restricted', 'organization_id', 'id', '', 'tax_report', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_insert AFTER INSERT ON public.marketplace_tools REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'marketplace_tool', 'organization_id,id,created_at,updated_at', '', 'features,tech_stack');
CREATE TRIGGER record_update AFTER UPDATE ON public.marketplace_tools REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'marketplace_tool', 'organization_id,id,created_at,updated_at', '', 'features,tech_stack');
CREATE TRIGGER record_delete AFTER DELETE ON public.marketplace_tools REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'marketplace_tool', 'organization_id,id,created_at,updated_at', '', 'features,tech_stack');
CREATE TRIGGER record_insert AFTER INSERT ON public.marketplace_bundles REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'marketplace_bundle', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_update AFTER UPDATE ON public.marketplace_bundles REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'marketplace_bundle', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_delete AFTER DELETE ON public.marketplace_bundles REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'marketplace_bundle', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_insert AFTER INSERT ON public.marketplace_bundle_items REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'marketplace_bundle_item', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_update AFTER UPDATE ON public.marketplace_bundle_items REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'marketplace_bundle_item', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_delete AFTER DELETE ON public.marketplace_bundle_items REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'marketplace_bundle_item', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_insert AFTER INSERT ON public.marketplace_purchases REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'marketplace_purchase', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_update AFTER UPDATE ON public.marketplace_purchases REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'marketplace_purchase', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_delete AFTER DELETE ON public.marketplace_purchases REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'marketplace_purchase', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_insert AFTER INSERT ON public.marketplace_cart REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('personal', 'organization_id', 'id', 'user_id', 'marketplace_cart_item', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_update AFTER UPDATE ON public.marketplace_cart REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('personal', 'organization_id', 'id', 'user_id', 'marketplace_cart_item', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_delete AFTER DELETE ON public.marketplace_cart REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('personal', 'organization_id', 'id', 'user_id', 'marketplace_cart_item', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_insert AFTER INSERT ON public.marketplace_reviews REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'marketplace_review', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_update AFTER UPDATE ON public.marketplace_reviews REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'marketplace_review', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_delete AFTER DELETE ON public.marketplace_reviews REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'marketplace_review', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_insert AFTER INSERT ON public.organizations REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'id', 'id', '', 'organization', 'id,created_at,updated_at', '', 'settings');
CREATE TRIGGER record_update AFTER UPDATE ON public.organizations REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'id', 'id', '', 'organization', 'id,created_at,updated_at', '', 'settings');
CREATE TRIGGER record_delete AFTER DELETE ON public.organizations REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'id', 'id', '', 'organization', 'id,created_at,updated_at', '', 'settings');
CREATE TRIGGER record_insert AFTER INSERT ON public.organization_members REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'user_id', '', 'organization_member', 'organization_id,user_id,created_at,updated_at', '', 'permissions');
CREATE TRIGGER record_update AFTER UPDATE ON public.organization_members REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'user_id', '', 'organization_member', 'organization_id,user_id,created_at,updated_at', '', 'permissions');
CREATE TRIGGER record_delete AFTER DELETE ON public.organization_members REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'user_id', '', 'organization_member', 'organization_id,user_id,created_at,updated_at', '', 'permissions');
CREATE TRIGGER record_insert AFTER INSERT ON public.subscriptions REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'subscription', 'organization_id,id,created_at,updated_at', '', 'metadata');
CREATE TRIGGER record_update AFTER UPDATE ON public.subscriptions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'subscription', 'organization_id,id,created_at,updated_at', '', 'metadata');
CREATE TRIGGER record_delete AFTER DELETE ON public.subscriptions REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'subscription', 'organization_id,id,created_at,updated_at', '', 'metadata');
CREATE TRIGGER record_insert AFTER INSERT ON public.reid_market_data REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'reid_market_data', 'organization_id,id,created_at,updated_at', '', 'api_response');
CREATE TRIGGER record_update AFTER UPDATE ON public.reid_market_data REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'reid_market_data', 'organization_id,id,created_at,updated_at', '', 'api_response');
CREATE TRIGGER record_delete AFTER DELETE ON public.reid_market_data REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'reid_market_data', 'organization_id,id,created_at,updated_at', '', 'api_response');
CREATE TRIGGER record_insert AFTER INSERT ON public.reid_demographics REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'reid_demographics', 'organization_id,id,created_at,updated_at', '', 'age_distribution,income_distribution,education_levels,ethnic_distribution,top_industries,api_response');
CREATE TRIGGER record_update AFTER UPDATE ON public.reid_demographics REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'reid_demographics', 'organization_id,id,created_at,updated_at', '', 'age_distribution,income_distribution,education_levels,ethnic_distribution,top_industries,api_response');
CREATE TRIGGER record_delete AFTER DELETE ON public.reid_demographics REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'reid_demographics', 'organization_id,id,created_at,updated_at', '', 'age_distribution,income_distribution,education_levels,ethnic_distribution,top_industries,api_response');
CREATE TRIGGER record_insert AFTER INSERT ON public.reid_schools REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'reid_school', 'organization_id,id,created_at,updated_at', '', 'rating_history,test_scores,extracurriculars,boundary_geojson,api_response');
CREATE TRIGGER record_update AFTER UPDATE ON public.reid_schools REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'reid_school', 'organization_id,id,created_at,updated_at', '', 'rating_history,test_scores,extracurriculars,boundary_geojson,api_response');
CREATE TRIGGER record_delete AFTER DELETE ON public.reid_schools REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'reid_school', 'organization_id,id,created_at,updated_at', '', 'rating_history,test_scores,extracurriculars,boundary_geojson,api_response');
CREATE TRIGGER record_insert AFTER INSERT ON public.reid_roi_simulations REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('restricted', 'organization_id', 'id', '', 'reid_roi_simulation', 'organization_id,id,created_at,updated_at', '', 'inputs,results');
CREATE TRIGGER record_update AFTER UPDATE ON public.reid_roi_simulations REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('restricted', 'organization_id', 'id', '', 'reid_roi_simulation', 'organization_id,id,created_at,updated_at', '', 'inputs,results');
CREATE TRIGGER record_delete AFTER DELETE ON public.reid_roi_simulations REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('restricted', 'organization_id', 'id', '', 'reid_roi_simulation', 'organization_id,id,created_at,updated_at', '', 'inputs,results');
CREATE TRIGGER record_insert AFTER INSERT ON public.reid_alerts REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('restricted', 'organization_id', 'id', '', 'reid_alert', 'organization_id,id,created_at,updated_at', '', 'conditions');
CREATE TRIGGER record_update AFTER UPDATE ON public.reid_alerts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('restricted', 'organization_id', 'id', '', 'reid_alert', 'organization_id,id,created_at,updated_at', '', 'conditions');
CREATE TRIGGER record_delete AFTER DELETE ON public.reid_alerts REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('restricted', 'organization_id', 'id', '', 'reid_alert', 'organization_id,id,created_at,updated_at', '', 'conditions');
CREATE TRIGGER record_insert AFTER INSERT ON public.reid_reports REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('restricted', 'organization_id', 'id', '', 'reid_report', 'organization_id,id,created_at,updated_at', 'share_token_hash', 'configuration,data,insights,schedule');
CREATE TRIGGER record_update AFTER UPDATE ON public.reid_reports REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('restricted', 'organization_id', 'id', '', 'reid_report', 'organization_id,id,created_at,updated_at', 'share_token_hash', 'configuration,data,insights,schedule');
CREATE TRIGGER record_delete AFTER DELETE ON public.reid_reports REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('restricted', 'organization_id', 'id', '', 'reid_report', 'organization_id,id,created_at,updated_at', 'share_token_hash', 'configuration,data,insights,schedule');
CREATE TRIGGER record_insert AFTER INSERT ON public.reid_ai_profiles REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('restricted', 'organization_id', 'id', '', 'reid_ai_profile', 'organization_id,id,created_at,updated_at', '', 'strengths,weaknesses,opportunities,metrics,recommendations');
CREATE TRIGGER record_update AFTER UPDATE ON public.reid_ai_profiles REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('restricted', 'organization_id', 'id', '', 'reid_ai_profile', 'organization_id,id,created_at,updated_at', '', 'strengths,weaknesses,opportunities,metrics,recommendations');
CREATE TRIGGER record_delete AFTER DELETE ON public.reid_ai_profiles REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('restricted', 'organization_id', 'id', '', 'reid_ai_profile', 'organization_id,id,created_at,updated_at', '', 'strengths,weaknesses,opportunities,metrics,recommendations');
CREATE TRIGGER record_insert AFTER INSERT ON public.listings REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'listing', 'organization_id,id,created_at,updated_at', '', 'custom_fields');
CREATE TRIGGER record_update AFTER UPDATE ON public.listings REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'listing', 'organization_id,id,created_at,updated_at', '', 'custom_fields');
CREATE TRIGGER record_delete AFTER DELETE ON public.listings REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'listing', 'organization_id,id,created_at,updated_at', '', 'custom_fields');
CREATE TRIGGER record_insert AFTER INSERT ON public.transaction_loops REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'transaction_loop', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_update AFTER UPDATE ON public.transaction_loops REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'transaction_loop', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_delete AFTER DELETE ON public.transaction_loops REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'transaction_loop', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_insert AFTER INSERT ON public.loop_parties REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'loop_party', 'organization_id,id,created_at,updated_at', '', 'permissions');
CREATE TRIGGER record_update AFTER UPDATE ON public.loop_parties REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'loop_party', 'organization_id,id,created_at,updated_at', '', 'permissions');
CREATE TRIGGER record_delete AFTER DELETE ON public.loop_parties REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'loop_party', 'organization_id,id,created_at,updated_at', '', 'permissions');
CREATE TRIGGER record_insert AFTER INSERT ON public.documents REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'document', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_update AFTER UPDATE ON public.documents REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'document', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_delete AFTER DELETE ON public.documents REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'document', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_insert AFTER INSERT ON public.document_versions REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'document_version', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_update AFTER UPDATE ON public.document_versions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'document_version', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_delete AFTER DELETE ON public.document_versions REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'document_version', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_insert AFTER INSERT ON public.signature_requests REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'signature_request', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_update AFTER UPDATE ON public.signature_requests REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'signature_request', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_delete AFTER DELETE ON public.signature_requests REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'signature_request', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_insert AFTER INSERT ON public.document_signatures REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'document_signature', 'organization_id,id,created_at,updated_at', 'signature_data', '');
CREATE TRIGGER record_update AFTER UPDATE ON public.document_signatures REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'document_signature', 'organization_id,id,created_at,updated_at', 'signature_data', '');
CREATE TRIGGER record_delete AFTER DELETE ON public.document_signatures REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'document_signature', 'organization_id,id,created_at,updated_at', 'signature_data', '');
CREATE TRIGGER record_insert AFTER INSERT ON public.transaction_tasks REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'transaction_task', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_update AFTER UPDATE ON public.transaction_tasks REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'transaction_task', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_delete AFTER DELETE ON public.transaction_tasks REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'transaction_task', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_insert AFTER INSERT ON public.workflows REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'workflow', 'organization_id,id,created_at,updated_at', '', 'steps');
CREATE TRIGGER record_update AFTER UPDATE ON public.workflows REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'workflow', 'organization_id,id,created_at,updated_at', '', 'steps');
CREATE TRIGGER record_delete AFTER DELETE ON public.workflows REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'workflow', 'organization_id,id,created_at,updated_at', '', 'steps');
CREATE TRIGGER record_insert AFTER INSERT ON public.projects REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'project', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_update AFTER UPDATE ON public.projects REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'project', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_delete AFTER DELETE ON public.projects REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'project', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_insert AFTER INSERT ON public.tasks REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'task', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_update AFTER UPDATE ON public.tasks REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'task', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_delete AFTER DELETE ON public.tasks REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'task', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_insert AFTER INSERT ON public.attachments REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'attachment', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_update AFTER UPDATE ON public.attachments REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'attachment', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_delete AFTER DELETE ON public.attachments REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('shared', 'organization_id', 'id', '', 'attachment', 'organization_id,id,created_at,updated_at', '', '');
CREATE TRIGGER record_insert AFTER INSERT ON public.notifications REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('personal', 'organization_id', 'id', 'user_id', 'notification', 'organization_id,id,created_at,updated_at', '', 'payload');
CREATE TRIGGER record_update AFTER UPDATE ON public.notifications REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('personal', 'organization_id', 'id', 'user_id', 'notification', 'organization_id,id,created_at,updated_at', '', 'payload');
CREATE TRIGGER record_delete AFTER DELETE ON public.notifications REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.record_changes('personal', 'organization_id', 'id', 'user_id', 'notification', 'organization_id,id,created_at,updated_at', '', 'payload');

RESET ROLE;

DO $$
BEGIN
  -- A shadow database has no such table.
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    UPDATE public._prisma_migrations SET finished_at = now(), applied_steps_count = 1
    WHERE migration_name = '20261126001302_add-platform-server' AND finished_at IS NULL AND rolled_back_at IS NULL;
  END IF;
END $$;
