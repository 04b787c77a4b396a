-- lotline:atomic
-- One implicit transaction: the server applies all of this file or nothing. The last statement marks the migration as
-- finished in the same transaction, so that a row without a finish proves that nothing was applied.
-- Written by `npm run db:migrate` from the annotated Prisma models; not to be edited.

-- Roles belong to the whole server. What is missing is created where the migrating role may; otherwise the
-- statements for an administrator are told. The owner is NOINHERIT: it may SET ROLE to the platform role, whose
-- functions it creates, but does not see rows through that role's policies.
DO $$
DECLARE
  missing text := '';
  statement text;
BEGIN
  FOREACH statement IN ARRAY ARRAY[
    'CREATE ROLE lotline_owner NOINHERIT',
    'CREATE ROLE lotline_app LOGIN',
    'CREATE ROLE lotline_platform LOGIN',
    'CREATE ROLE lotline_ingest LOGIN',
    'CREATE ROLE lotline_custodian',
    'CREATE ROLE lotline_public_reader'
  ] LOOP
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = split_part(statement, ' ', 3)) THEN
      missing := missing || statement || '; ';
    END IF;
  END LOOP;
  FOREACH statement IN ARRAY ARRAY[
    'GRANT lotline_platform TO lotline_owner',
    'GRANT lotline_custodian TO lotline_owner',
    'GRANT lotline_public_reader TO lotline_owner'
  ] LOOP
    IF missing <> '' OR NOT pg_catalog.pg_has_role('lotline_owner', split_part(statement, ' ', 2), 'MEMBER') THEN
      missing := missing || statement || '; ';
    END IF;
  END LOOP;
  IF current_user <> 'lotline_owner' AND (missing <> '' OR NOT pg_catalog.pg_has_role('lotline_owner', 'MEMBER')) THEN
    missing := missing || pg_catalog.format('GRANT lotline_owner TO %I; ', current_user);
  END IF;
  IF missing <> '' THEN
    EXECUTE missing;
  END IF;
  IF NOT pg_catalog.has_database_privilege('lotline_owner', pg_catalog.current_database(), 'CREATE') THEN
    EXECUTE pg_catalog.format('GRANT CREATE, CONNECT ON DATABASE %I TO lotline_owner', pg_catalog.current_database());
  END IF;
  IF current_user <> 'lotline_owner' THEN
    -- In a temporary schema a caller could make types and functions that shadow those a function means. Only whoever owns
    -- the database can take the right away, which the owner of the tables may not be.
    EXECUTE pg_catalog.format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', pg_catalog.current_database());
  END IF;
  IF NOT pg_catalog.has_schema_privilege('lotline_owner', 'public', 'CREATE WITH GRANT OPTION') THEN
    -- The owner of a database is a member of pg_database_owner, but up to PostgreSQL 15 NOINHERIT keeps its rights away.
    IF current_user = 'lotline_owner' THEN
      SET LOCAL ROLE pg_database_owner;
    END IF;
    GRANT USAGE, CREATE ON SCHEMA public TO lotline_owner WITH GRANT OPTION;
    SET LOCAL ROLE NONE;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE EXCEPTION 'the role "%" may not prepare the roles of the boundary: %', current_user, SQLERRM
    USING ERRCODE = '42501', HINT = pg_catalog.format(
      'Ask an administrator to run: %s GRANT CREATE, CONNECT ON DATABASE %I TO lotline_owner; then repeat.',
      missing, pg_catalog.current_database());
END $$;

SET LOCAL ROLE lotline_owner;

SET LOCAL check_function_bodies = off;

CREATE SCHEMA IF NOT EXISTS app;
REVOKE ALL ON SCHEMA app FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
-- In a temporary schema a caller could make types and functions that shadow those a function means.
DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$;
GRANT USAGE ON SCHEMA app, public TO lotline_app, lotline_platform, lotline_ingest, lotline_custodian, lotline_public_reader;
-- What is made later is nobody's until it is granted: a table or function that a grant forgot stays closed.
ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- The signed context. One transaction-local setting carries organization, user and role with an HMAC-SHA256 under a
-- key that only the owner can read, so SQL injected into the application role cannot become another tenant.

-- Signing keys, two live at once while they rotate. The pads are the key XOR 0x36… and 0x5c… (RFC 2104), stored
-- ready for use, so that a verification costs two calls of sha256().
CREATE TABLE IF NOT EXISTS app.context_keys (
  id         smallint PRIMARY KEY,
  inner_pad  bytea NOT NULL CHECK (octet_length(inner_pad) = 64),
  outer_pad  bytea NOT NULL CHECK (octet_length(outer_pad) = 64),
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  expires_at timestamptz(6)
);
ALTER TABLE app.context_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.context_keys FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS context_keys_owner ON app.context_keys;
CREATE POLICY context_keys_owner ON app.context_keys TO lotline_owner USING (true) WITH CHECK (true);

-- A version 7 UUID (RFC 9562): 48 bits of milliseconds, then random bits.
CREATE OR REPLACE FUNCTION app.uuid_v7() RETURNS uuid
LANGUAGE sql VOLATILE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
RETURN encode(set_bit(set_bit(overlay(
  uuid_send(gen_random_uuid())
  PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
  52, 1), 53, 1), 'hex')::uuid;

-- Sets the context for the rest of the transaction. Runs twice: the same value is accepted, another tenant is
-- refused, because a released savepoint could otherwise carry one tenant's context into another's statement.
-- EXECUTE of SET LOCAL rather than set_config(), which does not reach the workers of a Citus cluster.
CREATE OR REPLACE FUNCTION app.set_context(token text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  held text := current_setting('app.context', true);
BEGIN
  IF token IS NULL OR token = '' THEN
    RAISE EXCEPTION 'the tenant context is empty' USING ERRCODE = '22004';
  END IF;
  IF held <> '' AND split_part(held, '.', 1) <> '' AND split_part(held, '.', 1) <> split_part(token, '.', 1) THEN
    RAISE EXCEPTION 'another tenant is set already in this transaction'
      USING ERRCODE = '25001', HINT = 'Use one transaction for one tenant.';
  END IF;
  EXECUTE format('SET LOCAL app.context = %L', token);
END $$;

-- The tenant of this transaction, or null where none is set. Fails with 42501 where the context is forged, expired or signed by a retired key.
CREATE OR REPLACE FUNCTION app.current_organization_id() RETURNS uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  token pg_catalog.text := current_setting('app.context', true);
  inner_key pg_catalog.bytea;
  outer_key pg_catalog.bytea;
BEGIN
  IF token IS NULL OR token = '' THEN
    RETURN NULL;
  END IF;
  SELECT k.inner_pad, k.outer_pad INTO inner_key, outer_key
  FROM app.context_keys k
  WHERE k.id::pg_catalog.text = split_part(token, '.', 4) AND (k.expires_at IS NULL OR k.expires_at > now());
  -- The signature comes first: only what the server has signed is read as number or uuid.
  IF outer_key IS NOT NULL
    AND right(token, 65) = '.' || encode(sha256(outer_key || sha256(inner_key || convert_to(left(token, -65), 'UTF8'))), 'hex')
    AND to_timestamp(split_part(token, '.', 5)::pg_catalog.float8) > now()
  THEN
    RETURN nullif(split_part(token, '.', 1), '')::pg_catalog.uuid;
  END IF;
  RAISE EXCEPTION 'the tenant context is not valid' USING ERRCODE = '42501',
    HINT = 'It is signed by the server and lives for a limited time. Sign in again; if that does not help, check the context key.';
END $$;

-- The person of this transaction, or null where none is set. Fails with 42501 where the context is forged, expired or signed by a retired key.
CREATE OR REPLACE FUNCTION app.current_user_id() RETURNS uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  token pg_catalog.text := current_setting('app.context', true);
  inner_key pg_catalog.bytea;
  outer_key pg_catalog.bytea;
BEGIN
  IF token IS NULL OR token = '' THEN
    RETURN NULL;
  END IF;
  SELECT k.inner_pad, k.outer_pad INTO inner_key, outer_key
  FROM app.context_keys k
  WHERE k.id::pg_catalog.text = split_part(token, '.', 4) AND (k.expires_at IS NULL OR k.expires_at > now());
  -- The signature comes first: only what the server has signed is read as number or uuid.
  IF outer_key IS NOT NULL
    AND right(token, 65) = '.' || encode(sha256(outer_key || sha256(inner_key || convert_to(left(token, -65), 'UTF8'))), 'hex')
    AND to_timestamp(split_part(token, '.', 5)::pg_catalog.float8) > now()
  THEN
    RETURN nullif(split_part(token, '.', 2), '')::pg_catalog.uuid;
  END IF;
  RAISE EXCEPTION 'the tenant context is not valid' USING ERRCODE = '42501',
    HINT = 'It is signed by the server and lives for a limited time. Sign in again; if that does not help, check the context key.';
END $$;

-- The role of the person in the tenant, or null. Fails with 42501 where the context is forged, expired or signed by a retired key.
CREATE OR REPLACE FUNCTION app.current_org_role() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  token pg_catalog.text := current_setting('app.context', true);
  inner_key pg_catalog.bytea;
  outer_key pg_catalog.bytea;
BEGIN
  IF token IS NULL OR token = '' THEN
    RETURN NULL;
  END IF;
  SELECT k.inner_pad, k.outer_pad INTO inner_key, outer_key
  FROM app.context_keys k
  WHERE k.id::pg_catalog.text = split_part(token, '.', 4) AND (k.expires_at IS NULL OR k.expires_at > now());
  -- The signature comes first: only what the server has signed is read as number or uuid.
  IF outer_key IS NOT NULL
    AND right(token, 65) = '.' || encode(sha256(outer_key || sha256(inner_key || convert_to(left(token, -65), 'UTF8'))), 'hex')
    AND to_timestamp(split_part(token, '.', 5)::pg_catalog.float8) > now()
  THEN
    RETURN nullif(split_part(token, '.', 3), '');
  END IF;
  RAISE EXCEPTION 'the tenant context is not valid' USING ERRCODE = '42501',
    HINT = 'It is signed by the server and lives for a limited time. Sign in again; if that does not help, check the context key.';
END $$;

-- Whether the person is OWNER or ADMIN of the tenant; false where none is set. Fails with 42501 where the context is forged, expired or signed by a retired key.
CREATE OR REPLACE FUNCTION app.is_org_admin() RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  token pg_catalog.text := current_setting('app.context', true);
  inner_key pg_catalog.bytea;
  outer_key pg_catalog.bytea;
BEGIN
  IF token IS NULL OR token = '' THEN
    RETURN false;
  END IF;
  SELECT k.inner_pad, k.outer_pad INTO inner_key, outer_key
  FROM app.context_keys k
  WHERE k.id::pg_catalog.text = split_part(token, '.', 4) AND (k.expires_at IS NULL OR k.expires_at > now());
  -- The signature comes first: only what the server has signed is read as number or uuid.
  IF outer_key IS NOT NULL
    AND right(token, 65) = '.' || encode(sha256(outer_key || sha256(inner_key || convert_to(left(token, -65), 'UTF8'))), 'hex')
    AND to_timestamp(split_part(token, '.', 5)::pg_catalog.float8) > now()
  THEN
    RETURN split_part(token, '.', 3) IN ('OWNER', 'ADMIN');
  END IF;
  RAISE EXCEPTION 'the tenant context is not valid' USING ERRCODE = '42501',
    HINT = 'It is signed by the server and lives for a limited time. Sign in again; if that does not help, check the context key.';
END $$;

REVOKE ALL ON app.context_keys FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION app.set_context(text), app.current_organization_id(), app.current_user_id(), app.current_org_role(), app.is_org_admin(), app.uuid_v7() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.set_context(text), app.current_organization_id(), app.current_user_id(), app.current_org_role(), app.is_org_admin(), app.uuid_v7() TO lotline_app, lotline_platform, lotline_ingest, lotline_custodian, lotline_public_reader;

-- What happened to tenants as a whole: provisioned, exported, imported, erased. The rows outlive the tenant, so they
-- refer to nothing, hold no content of it, and can be neither changed nor deleted by a role of the boundary.
CREATE TABLE IF NOT EXISTS app.tenant_events (
  id              uuid PRIMARY KEY DEFAULT app.uuid_v7(),
  occurred_at     timestamptz(6) NOT NULL DEFAULT now(),
  organization_id uuid NOT NULL,
  event           text NOT NULL CHECK (event IN ('provisioned', 'exported', 'imported', 'erased')),
  actor           text NOT NULL CHECK (char_length(actor) BETWEEN 1 AND 200),
  login           text NOT NULL DEFAULT session_user,
  row_counts      jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(row_counts) = 'object'),
  manifest_sha256 text CHECK (manifest_sha256 ~ '^[0-9a-f]{64}$')
);
CREATE INDEX IF NOT EXISTS tenant_events_organization_idx ON app.tenant_events (organization_id, occurred_at);
ALTER TABLE app.tenant_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.tenant_events FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS tenant_events_read ON app.tenant_events;
CREATE POLICY tenant_events_read ON app.tenant_events FOR SELECT TO lotline_platform USING (true);
DROP POLICY IF EXISTS tenant_events_write ON app.tenant_events;
CREATE POLICY tenant_events_write ON app.tenant_events FOR INSERT TO lotline_platform WITH CHECK (true);
REVOKE ALL ON app.tenant_events FROM PUBLIC;
GRANT SELECT, INSERT ON app.tenant_events TO lotline_platform;

-- Functions and triggers of expense categories.

-- The lines of Schedule C and Schedule E (Form 1040) to which a system category's expenses go in a tax year. No row
-- for other codes. An organization's own line in expense_categories, where set, takes precedence.
--
-- By year, because forms move lines: "other expenses" of Schedule C are 27a up to 2024 and 27b since 2025, when 27a
-- became energy-efficient buildings. Meals on Schedule E are those of travel. Source: the forms and their
-- instructions, through the project's tax notes; to be confirmed for each new year.
CREATE OR REPLACE FUNCTION app.schedule_lines(category_code text, tax_year integer)
RETURNS TABLE (schedule_c_line text, schedule_e_line text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = ''
AS $$
  SELECT CASE WHEN line.c = 'other' THEN CASE WHEN tax_year >= 2025 THEN '27b' ELSE '27a' END ELSE line.c END, line.e
  FROM (VALUES
    ('COMMISSION', '10', '8'), ('TRAVEL', '24a', '6'), ('MARKETING', '8', '5'), ('OFFICE', '18', '15'),
    ('UTILITIES', '25', '17'), ('LEGAL', '17', '10'), ('INSURANCE', '15', '9'), ('REPAIRS', '21', '14'),
    ('MEALS', '24b', '6'), ('EDUCATION', 'other', '19'), ('SOFTWARE', 'other', '19'), ('OTHER', 'other', '19'),
    ('MILEAGE', '9', '6')
  ) AS line (code, c, e)
  WHERE line.code = category_code AND tax_year IS NOT NULL
$$;
REVOKE EXECUTE ON FUNCTION app.schedule_lines FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.schedule_lines TO lotline_app, lotline_platform, lotline_ingest, lotline_custodian, lotline_public_reader;

-- Functions of listings and transactions.

-- True for the two-letter postal code of a state, the District of Columbia or a territory of the United States that
-- is written as one: 50 states, DC, AS, GU, MP, PR, VI. Upper case only. Null gives null, which a check lets pass.
CREATE OR REPLACE FUNCTION app.is_state_code(code text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = ''
AS $$
  SELECT code IN (
    'AL', 'AK', 'AZ', 'AR', 'CA', 'CO', 'CT', 'DE', 'FL', 'GA', 'HI', 'ID', 'IL', 'IN', 'IA', 'KS', 'KY', 'LA',
    'ME', 'MD', 'MA', 'MI', 'MN', 'MS', 'MO', 'MT', 'NE', 'NV', 'NH', 'NJ', 'NM', 'NY', 'NC', 'ND', 'OH', 'OK',
    'OR', 'PA', 'RI', 'SC', 'SD', 'TN', 'TX', 'UT', 'VT', 'VA', 'WA', 'WV', 'WI', 'WY',
    'DC', 'AS', 'GU', 'MP', 'PR', 'VI')
$$;
REVOKE EXECUTE ON FUNCTION app.is_state_code FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.is_state_code TO lotline_app, lotline_platform, lotline_ingest, lotline_custodian, lotline_public_reader;

DROP TRIGGER IF EXISTS guard_publication ON marketplace_bundles;

DROP TRIGGER IF EXISTS check_item_on_sale ON marketplace_cart;

DROP TRIGGER IF EXISTS check_item_on_sale ON marketplace_purchases;

DROP TRIGGER IF EXISTS check_purchase_price ON marketplace_purchases;

DROP TRIGGER IF EXISTS verify_review_purchase ON marketplace_reviews;

DROP TRIGGER IF EXISTS guard_publication ON marketplace_tools;

DROP TRIGGER IF EXISTS keep_an_owner ON organization_members;

DROP TRIGGER IF EXISTS keep_an_owner_on_delete ON organization_members;

DROP TRIGGER IF EXISTS seed_new_organization ON organizations;

DROP TRIGGER IF EXISTS set_area_key ON reid_demographics;

DROP TRIGGER IF EXISTS set_area_key ON reid_market_data;

-- Triggers

-- See app.seed_new_organization().
CREATE TRIGGER seed_new_organization AFTER INSERT ON public.organizations
FOR EACH ROW WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.seed_new_organization();
-- See app.guard_publication().
CREATE TRIGGER guard_publication BEFORE INSERT OR UPDATE ON public.marketplace_tools
FOR EACH ROW WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.guard_publication();
-- See app.guard_publication().
CREATE TRIGGER guard_publication BEFORE INSERT OR UPDATE ON public.marketplace_bundles
FOR EACH ROW WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.guard_publication();
-- See app.check_item_on_sale().
CREATE TRIGGER check_item_on_sale BEFORE INSERT ON public.marketplace_purchases
FOR EACH ROW WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.check_item_on_sale();
-- See app.check_item_on_sale(). A cart item may be exchanged, so updates of the item are checked too.
CREATE TRIGGER check_item_on_sale BEFORE INSERT OR UPDATE OF tool_id, bundle_id ON public.marketplace_cart
FOR EACH ROW WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.check_item_on_sale();
-- See app.check_purchase_price().
CREATE TRIGGER check_purchase_price BEFORE INSERT ON public.marketplace_purchases
FOR EACH ROW WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.check_purchase_price();
-- See app.verify_review_purchase().
CREATE TRIGGER verify_review_purchase BEFORE INSERT OR UPDATE ON public.marketplace_reviews
FOR EACH ROW WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.verify_review_purchase();
-- See app.keep_an_owner(): an owner loses the role, leaves, or is moved.
CREATE CONSTRAINT TRIGGER keep_an_owner AFTER UPDATE ON public.organization_members
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (current_user <> 'lotline_custodian' AND (OLD.role = 'OWNER' AND OLD.left_at IS NULL AND
  (NEW.role <> 'OWNER' OR NEW.left_at IS NOT NULL OR NEW.organization_id <> OLD.organization_id)))
EXECUTE FUNCTION app.keep_an_owner();
-- See app.keep_an_owner(): an owner's membership is deleted.
CREATE CONSTRAINT TRIGGER keep_an_owner_on_delete AFTER DELETE ON public.organization_members
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (current_user <> 'lotline_custodian' AND (OLD.role = 'OWNER' AND OLD.left_at IS NULL))
EXECUTE FUNCTION app.keep_an_owner();
-- See app.set_area_key().
CREATE TRIGGER set_area_key BEFORE INSERT OR UPDATE ON public.reid_market_data
FOR EACH ROW WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.set_area_key();
-- See app.set_area_key().
CREATE TRIGGER set_area_key BEFORE INSERT OR UPDATE ON public.reid_demographics
FOR EACH ROW WHEN (current_user <> 'lotline_custodian')
EXECUTE FUNCTION app.set_area_key();
-- Row security

CREATE POLICY ai_conversations_custodian ON ai_conversations TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY ai_conversations_custodian_floor ON ai_conversations AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON ai_conversations TO lotline_custodian;
CREATE POLICY conversations_custodian ON conversations TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY conversations_custodian_floor ON conversations AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON conversations TO lotline_custodian;
CREATE POLICY analytics_events_custodian ON analytics_events TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY analytics_events_custodian_floor ON analytics_events AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON analytics_events TO lotline_custodian;
CREATE POLICY page_views_custodian ON page_views TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY page_views_custodian_floor ON page_views AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON page_views TO lotline_custodian;
CREATE POLICY user_sessions_custodian ON user_sessions TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY user_sessions_custodian_floor ON user_sessions AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON user_sessions TO lotline_custodian;
CREATE POLICY web_vitals_metrics_custodian ON web_vitals_metrics TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY web_vitals_metrics_custodian_floor ON web_vitals_metrics AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON web_vitals_metrics TO lotline_custodian;
CREATE POLICY analytics_goals_custodian ON analytics_goals TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY analytics_goals_custodian_floor ON analytics_goals AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON analytics_goals TO lotline_custodian;
CREATE POLICY goal_conversions_custodian ON goal_conversions TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY goal_conversions_custodian_floor ON goal_conversions AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON goal_conversions TO lotline_custodian;
CREATE POLICY campaigns_custodian ON campaigns TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY campaigns_custodian_floor ON campaigns AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON campaigns TO lotline_custodian;
CREATE POLICY email_campaigns_custodian ON email_campaigns TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY email_campaigns_custodian_floor ON email_campaigns AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON email_campaigns TO lotline_custodian;
CREATE POLICY social_media_posts_custodian ON social_media_posts TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY social_media_posts_custodian_floor ON social_media_posts AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON social_media_posts TO lotline_custodian;
CREATE POLICY campaign_content_custodian ON campaign_content TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY campaign_content_custodian_floor ON campaign_content AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON campaign_content TO lotline_custodian;
CREATE POLICY content_custodian ON content TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY content_custodian_floor ON content AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON content TO lotline_custodian;
CREATE POLICY leads_custodian ON leads TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY leads_custodian_floor ON leads AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON leads TO lotline_custodian;
CREATE POLICY contacts_custodian ON contacts TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY contacts_custodian_floor ON contacts AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON contacts TO lotline_custodian;
CREATE POLICY customers_custodian ON customers TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY customers_custodian_floor ON customers AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON customers TO lotline_custodian;
CREATE POLICY deals_custodian ON deals TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY deals_custodian_floor ON deals AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON deals TO lotline_custodian;
CREATE POLICY activities_custodian ON activities TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY activities_custodian_floor ON activities AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON activities TO lotline_custodian;
CREATE POLICY appointments_custodian ON appointments TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY appointments_custodian_floor ON appointments AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON appointments TO lotline_custodian;
CREATE POLICY expense_categories_custodian ON expense_categories TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY expense_categories_custodian_floor ON expense_categories AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON expense_categories TO lotline_custodian;
CREATE POLICY expenses_custodian ON expenses TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY expenses_custodian_floor ON expenses AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON expenses TO lotline_custodian;
CREATE POLICY receipts_custodian ON receipts TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY receipts_custodian_floor ON receipts AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON receipts TO lotline_custodian;
CREATE POLICY tax_estimates_custodian ON tax_estimates TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY tax_estimates_custodian_floor ON tax_estimates AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON tax_estimates TO lotline_custodian;
CREATE POLICY tax_reports_custodian ON tax_reports TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY tax_reports_custodian_floor ON tax_reports AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON tax_reports TO lotline_custodian;
CREATE POLICY marketplace_tools_custodian ON marketplace_tools TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_tools_custodian_floor ON marketplace_tools AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON marketplace_tools TO lotline_custodian;
CREATE POLICY marketplace_bundles_custodian ON marketplace_bundles TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_bundles_custodian_floor ON marketplace_bundles AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON marketplace_bundles TO lotline_custodian;
CREATE POLICY marketplace_bundle_items_custodian ON marketplace_bundle_items TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_bundle_items_custodian_floor ON marketplace_bundle_items AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON marketplace_bundle_items TO lotline_custodian;
CREATE POLICY marketplace_purchases_custodian ON marketplace_purchases TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_purchases_custodian_floor ON marketplace_purchases AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE, UPDATE (renews_purchase_id) ON marketplace_purchases TO lotline_custodian;
CREATE POLICY marketplace_cart_custodian ON marketplace_cart TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_cart_custodian_floor ON marketplace_cart AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON marketplace_cart TO lotline_custodian;
CREATE POLICY marketplace_reviews_custodian ON marketplace_reviews TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_reviews_custodian_floor ON marketplace_reviews AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON marketplace_reviews TO lotline_custodian;
CREATE POLICY organizations_custodian ON organizations TO lotline_custodian
  USING (id = (select app.current_organization_id()))
  WITH CHECK (id = (select app.current_organization_id()));
CREATE POLICY organizations_custodian_floor ON organizations AS RESTRICTIVE TO lotline_custodian
  USING (id = (select app.current_organization_id()))
  WITH CHECK (id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON organizations TO lotline_custodian;
CREATE POLICY organization_members_custodian ON organization_members TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY organization_members_custodian_floor ON organization_members AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON organization_members TO lotline_custodian;
CREATE POLICY subscriptions_custodian ON subscriptions TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY subscriptions_custodian_floor ON subscriptions AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON subscriptions TO lotline_custodian;
CREATE POLICY reid_market_data_custodian ON reid_market_data TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_market_data_custodian_floor ON reid_market_data AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON reid_market_data TO lotline_custodian;
CREATE POLICY reid_demographics_custodian ON reid_demographics TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_demographics_custodian_floor ON reid_demographics AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON reid_demographics TO lotline_custodian;
CREATE POLICY reid_schools_custodian ON reid_schools TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_schools_custodian_floor ON reid_schools AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON reid_schools TO lotline_custodian;
CREATE POLICY reid_roi_simulations_custodian ON reid_roi_simulations TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_roi_simulations_custodian_floor ON reid_roi_simulations AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE, UPDATE (parent_simulation_id) ON reid_roi_simulations TO lotline_custodian;
CREATE POLICY reid_alerts_custodian ON reid_alerts TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_alerts_custodian_floor ON reid_alerts AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON reid_alerts TO lotline_custodian;
CREATE POLICY reid_reports_custodian ON reid_reports TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_reports_custodian_floor ON reid_reports AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE, UPDATE (template_id) ON reid_reports TO lotline_custodian;
CREATE POLICY reid_ai_profiles_custodian ON reid_ai_profiles TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_ai_profiles_custodian_floor ON reid_ai_profiles AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON reid_ai_profiles TO lotline_custodian;
CREATE POLICY listings_custodian ON listings TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY listings_custodian_floor ON listings AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON listings TO lotline_custodian;
CREATE POLICY transaction_loops_custodian ON transaction_loops TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY transaction_loops_custodian_floor ON transaction_loops AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON transaction_loops TO lotline_custodian;
CREATE POLICY loop_parties_custodian ON loop_parties TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY loop_parties_custodian_floor ON loop_parties AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON loop_parties TO lotline_custodian;
CREATE POLICY documents_custodian ON documents TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY documents_custodian_floor ON documents AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON documents TO lotline_custodian;
CREATE POLICY document_versions_custodian ON document_versions TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY document_versions_custodian_floor ON document_versions AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON document_versions TO lotline_custodian;
CREATE POLICY signature_requests_custodian ON signature_requests TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY signature_requests_custodian_floor ON signature_requests AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON signature_requests TO lotline_custodian;
CREATE POLICY document_signatures_custodian ON document_signatures TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY document_signatures_custodian_floor ON document_signatures AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON document_signatures TO lotline_custodian;
CREATE POLICY transaction_tasks_custodian ON transaction_tasks TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY transaction_tasks_custodian_floor ON transaction_tasks AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON transaction_tasks TO lotline_custodian;
CREATE POLICY transaction_audit_logs_custodian ON transaction_audit_logs TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY transaction_audit_logs_custodian_floor ON transaction_audit_logs AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON transaction_audit_logs TO lotline_custodian;
CREATE POLICY workflows_custodian ON workflows TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY workflows_custodian_floor ON workflows AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON workflows TO lotline_custodian;
CREATE POLICY projects_custodian ON projects TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY projects_custodian_floor ON projects AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON projects TO lotline_custodian;
CREATE POLICY tasks_custodian ON tasks TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY tasks_custodian_floor ON tasks AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE, UPDATE (parent_task_id) ON tasks TO lotline_custodian;
CREATE POLICY attachments_custodian ON attachments TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY attachments_custodian_floor ON attachments AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON attachments TO lotline_custodian;
CREATE POLICY notifications_custodian ON notifications TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY notifications_custodian_floor ON notifications AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON notifications TO lotline_custodian;
CREATE POLICY activity_logs_custodian ON activity_logs TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY activity_logs_custodian_floor ON activity_logs AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON activity_logs TO lotline_custodian;
CREATE POLICY usage_tracking_custodian ON usage_tracking TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY usage_tracking_custodian_floor ON usage_tracking AS RESTRICTIVE TO lotline_custodian
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
GRANT SELECT, INSERT, DELETE ON usage_tracking TO lotline_custodian;

RESET ROLE;

DO $$
BEGIN
  -- A shadow database has no such table.
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    UPDATE public._prisma_migrations SET finished_at = now(), applied_steps_count = 1
    WHERE migration_name = '20261122225631_add-custodian' AND finished_at IS NULL AND rolled_back_at IS NULL;
  END IF;
END $$;
