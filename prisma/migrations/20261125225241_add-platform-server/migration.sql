-- lotline:atomic
-- One implicit transaction: the server applies all of this file or nothing. The last statement marks the migration as
-- finished in the same transaction, so that a row without a finish proves that nothing was applied.
-- Written by `npm run db:migrate` from the annotated Prisma models; not to be edited.

SET LOCAL ROLE lotline_owner;

SET LOCAL check_function_bodies = off;

-- Schemas beside Prisma’s

CREATE SCHEMA IF NOT EXISTS server;
REVOKE ALL ON SCHEMA server FROM PUBLIC;
GRANT USAGE ON SCHEMA server TO lotline_platform;
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
-- For the removal of old keys.
CREATE INDEX IF NOT EXISTS server_idempotency_keys_created_at_idx ON server.idempotency_keys (created_at);
CREATE INDEX IF NOT EXISTS server_rate_limits_window_start_idx ON server.rate_limits (window_start);
-- Functions

GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Claims an idempotency key for the write of this transaction, or tells what the first write with it answered.
--
-- No row: the key is claimed; the caller writes, then calls app.keep_answer(). A row: the answer that was kept; `matches`
-- is false where the first request was another. Two at once: the second waits until the first has committed (and then
-- reads its answer) or rolled back (and then claims). Raises 42501 without organization and person in the context.
CREATE OR REPLACE FUNCTION app.claim_idempotency_key(key text, request_sha256 bytea)
RETURNS TABLE (matches boolean, status smallint, headers jsonb, body text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
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
      SELECT FROM public.transaction_audit_logs AS entry
      WHERE entry.organization_id = tenant AND entry.entity_type = 'signature_request'
        AND entry.entity_id = ended.id AND entry.action = 'EXPIRED');
  RETURN FOUND;
END
$$;
REVOKE EXECUTE ON FUNCTION app.log_request_expiry FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.log_request_expiry TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;

RESET ROLE;

DO $$
BEGIN
  -- A shadow database has no such table.
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    UPDATE public._prisma_migrations SET finished_at = now(), applied_steps_count = 1
    WHERE migration_name = '20261125225241_add-platform-server' AND finished_at IS NULL AND rolled_back_at IS NULL;
  END IF;
END $$;
