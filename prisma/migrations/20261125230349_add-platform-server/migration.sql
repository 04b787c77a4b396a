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
    WHERE migration_name = '20261125230349_add-platform-server' AND finished_at IS NULL AND rolled_back_at IS NULL;
  END IF;
END $$;
