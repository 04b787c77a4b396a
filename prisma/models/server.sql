-- What the HTTP server keeps: idempotency keys and rate limits. The tables are the platform's; requests reach them
-- through the functions below, which restrict themselves to the verified context.

-- One row for each write that was sent with an idempotency key. It is inserted in the transaction of the write, so it is
-- there if and only if the write is. `principal` is the person; `request_sha256` is of method, path and body.
CREATE TABLE server.idempotency_keys (
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

-- For the removal of old keys.
CREATE INDEX server_idempotency_keys_created_at_idx ON server.idempotency_keys (created_at);

-- Counts of requests in windows of a minute. `bucket` is a hash of key or address, or an organization.
CREATE TABLE server.rate_limits (
  bucket       bytea NOT NULL CHECK (octet_length(bucket) = 32),
  window_start timestamptz(0) NOT NULL,
  hits         integer NOT NULL DEFAULT 0 CHECK (hits >= 0),
  PRIMARY KEY (bucket, window_start)
);

CREATE INDEX server_rate_limits_window_start_idx ON server.rate_limits (window_start);

-- Claims an idempotency key for the write of this transaction, or tells what the first write with it answered.
--
-- No row: the key is claimed; the caller writes, then calls app.keep_answer(). A row: the answer that was kept; `matches`
-- is false where the first request was another. Two at once: the second waits until the first has committed (and then
-- reads its answer) or rolled back (and then claims), for five seconds at most: a connection each is held meanwhile. Raises
-- 55P03 after these, and 42501 without organization and person in the context.
CREATE FUNCTION app.claim_idempotency_key(key text, request_sha256 bytea)
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

-- Keeps the answer of a write beside its idempotency key, in the transaction of the write. Raises 22023 where the key was
-- not claimed.
CREATE FUNCTION app.keep_answer(key text, status integer, headers jsonb, body text) RETURNS void
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
