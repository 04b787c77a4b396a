-- lotline:atomic
-- One implicit transaction: the server applies all of this file or nothing. The last statement marks the migration as
-- finished in the same transaction, so that a row without a finish proves that nothing was applied.
-- Written by `npm run db:migrate` from the annotated Prisma models; not to be edited.

SET LOCAL ROLE lotline_owner;

SET LOCAL check_function_bodies = off;

-- Schemas beside Prisma’s

CREATE SCHEMA IF NOT EXISTS files;
REVOKE ALL ON SCHEMA files FROM PUBLIC;
GRANT USAGE ON SCHEMA files TO lotline_platform;
CREATE SCHEMA IF NOT EXISTS server;
REVOKE ALL ON SCHEMA server FROM PUBLIC;
GRANT USAGE ON SCHEMA server TO lotline_platform;
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
-- For the sweep: what has waited longest in a state.
CREATE INDEX IF NOT EXISTS files_uploads_state_changed_at_idx ON files.uploads (organization_id, state, changed_at);
-- For the removal of old keys.
CREATE INDEX IF NOT EXISTS server_idempotency_keys_created_at_idx ON server.idempotency_keys (created_at);
CREATE INDEX IF NOT EXISTS server_rate_limits_window_start_idx ON server.rate_limits (window_start);
-- Functions

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

RESET ROLE;

DO $$
BEGIN
  -- A shadow database has no such table.
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    UPDATE public._prisma_migrations SET finished_at = now(), applied_steps_count = 1
    WHERE migration_name = '20261125225716_add-platform-server' AND finished_at IS NULL AND rolled_back_at IS NULL;
  END IF;
END $$;
