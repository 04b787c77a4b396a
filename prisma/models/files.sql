-- What organizations have uploaded. The table is the platform's; requests and jobs reach it through the functions below,
-- which restrict themselves to the verified context. The bytes lie in the storage under `storage_key`.
--
-- A row comes before its bytes and goes after them, so whatever a crash leaves behind has a row that the sweep finds.

-- `pending`: the bytes are on their way. `ready`: they are there and are what size and hash say. `removed`: to be removed,
-- the sweep does it. `linked_at` says when a record last took the file up, `changed_at` when state or link changed.
-- `created_by` is a person without foreign key: files stay where people go.
CREATE TABLE files.uploads (
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

-- For the sweep: what has waited longest in a state.
CREATE INDEX files_uploads_state_changed_at_idx ON files.uploads (organization_id, state, changed_at);

-- How many records of the current organization refer to a file. Every column that holds a storage key has to stand here; a
-- test compares them with the schema. Without context: 0.
CREATE FUNCTION app.file_references(key text) RETURNS bigint
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

-- The bytes that the current organization uses, those of uploads on their way included, under a lock that is held to the end
-- of the transaction: two uploads at once are counted one after the other. Raises 42501 without organization.
CREATE FUNCTION app.file_bytes_for_update() RETURNS bigint
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

-- The bytes that the current organization uses, without a lock, for people to read.
CREATE FUNCTION app.file_bytes() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
  SELECT coalesce(sum(upload.size), 0)::pg_catalog.int8 FROM files.uploads AS upload
  WHERE upload.organization_id = app.current_organization_id() AND upload.state <> 'removed'
$$;

-- Makes the row of an upload before its bytes are stored, and says under which key to store them:
-- <organization>/<year>/<id>, in which nothing comes from the person. Called twice it makes two. Raises 42501 without
-- organization and person in the context; what is wrong in shape fails the checks of the table (23514).
CREATE FUNCTION app.begin_upload(name text, size bigint, mime_type text, sha256 bytea)
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

-- Says that the bytes of an upload are stored. False where the upload is not there or was given up meanwhile (the sweep came
-- first, or another call): its bytes are nobody's then. Twice: true both times.
CREATE FUNCTION app.finish_upload(upload_id uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  UPDATE files.uploads AS upload SET state = 'ready', changed_at = now()
  WHERE upload.organization_id = app.current_organization_id() AND upload.id = upload_id AND upload.state = 'pending';
  RETURN FOUND OR EXISTS (SELECT FROM files.uploads AS upload
    WHERE upload.organization_id = app.current_organization_id() AND upload.id = upload_id AND upload.state = 'ready');
END
$$;

-- Finished uploads of the current organization, newest first: one by its id, or a page of at most `most` before the id
-- `before`. Ids rise with time.
CREATE FUNCTION app.find_files(only_id uuid, before uuid, most integer)
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

-- Marks a finished upload of the current organization as taken up and returns it; no row where there is none. Holds the row
-- to the end of the transaction, so neither the sweep nor a removal comes between this and the record that refers to it.
CREATE FUNCTION app.link_file(key text)
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

-- To be called before a record that refers to a file is deleted: the file is free unless others refer to it. Twice, or for
-- an unknown key: nothing.
CREATE FUNCTION app.unlink_file(key text) RETURNS void
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

-- Gives a file of the current organization up: the sweep removes its bytes, then its row. Says what came of it: `removed`,
-- `missing`, or `linked` where a record refers to it, which is looked up anew under the lock. Twice: `missing`.
CREATE FUNCTION app.remove_file(file_id uuid) RETURNS text
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

-- Claims for the sweep what nobody needs: uploads that began before `begun_before` and never ended, and files to which no
-- record refers and none has since `idle_before`; returns these and all that were given up already, at most `most`. Whether
-- a record refers is looked up under the row's lock; a file that is in use is not looked at again before as long a time has
-- passed. Rows that somebody holds are left for the next time. Twice, or two at once: both may name the same keys, whose
-- removal does no harm.
CREATE FUNCTION app.claim_dead_files(begun_before timestamptz, idle_before timestamptz, most integer)
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

-- Forgets files that were given up, after their bytes are gone. Twice: nothing.
CREATE FUNCTION app.forget_files(file_ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  DELETE FROM files.uploads AS upload
  WHERE upload.organization_id = app.current_organization_id() AND upload.id = ANY (file_ids) AND upload.state = 'removed';
END
$$;

-- Which of these keys no upload of the current organization has: bytes without a row.
CREATE FUNCTION app.unknown_file_keys(keys text[]) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
  SELECT coalesce(pg_catalog.array_agg(candidate.key), '{}') FROM pg_catalog.unnest(keys) AS candidate (key)
  WHERE app.current_organization_id() IS NOT NULL AND NOT EXISTS (SELECT FROM files.uploads AS upload
    WHERE upload.organization_id = app.current_organization_id() AND upload.storage_key = candidate.key)
$$;
