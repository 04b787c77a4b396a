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
    'CREATE ROLE lotline_public_reader'
  ] LOOP
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = split_part(statement, ' ', 3)) THEN
      missing := missing || statement || '; ';
    END IF;
  END LOOP;
  FOREACH statement IN ARRAY ARRAY[
    'GRANT lotline_platform TO lotline_owner',
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
GRANT USAGE ON SCHEMA app, public TO lotline_app, lotline_platform, lotline_ingest, lotline_public_reader;
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
GRANT EXECUTE ON FUNCTION app.set_context(text), app.current_organization_id(), app.current_user_id(), app.current_org_role(), app.is_org_admin(), app.uuid_v7() TO lotline_app, lotline_platform, lotline_ingest, lotline_public_reader;

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
GRANT EXECUTE ON FUNCTION app.schedule_lines TO lotline_app, lotline_platform, lotline_ingest, lotline_public_reader;

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
GRANT EXECUTE ON FUNCTION app.is_state_code TO lotline_app, lotline_platform, lotline_ingest, lotline_public_reader;

-- CreateEnum
CREATE TYPE "campaign_status" AS ENUM ('DRAFT', 'PLANNING', 'ACTIVE', 'PAUSED', 'COMPLETED', 'CANCELLED', 'SCHEDULED');

-- CreateEnum
CREATE TYPE "campaign_type" AS ENUM ('CONTENT_MARKETING', 'EMAIL_MARKETING', 'SOCIAL_MEDIA', 'PAID_ADVERTISING', 'SEO_CAMPAIGN', 'LEAD_GENERATION', 'BRAND_AWARENESS', 'PRODUCT_LAUNCH', 'MIXED');

-- CreateEnum
CREATE TYPE "email_status" AS ENUM ('DRAFT', 'SCHEDULED', 'SENDING', 'SENT', 'FAILED', 'PAUSED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "post_status" AS ENUM ('DRAFT', 'SCHEDULED', 'PUBLISHED', 'FAILED', 'PUBLISHING', 'CANCELLED');

-- CreateEnum
CREATE TYPE "social_platform" AS ENUM ('FACEBOOK', 'TWITTER', 'INSTAGRAM', 'LINKEDIN', 'YOUTUBE', 'TIKTOK', 'PINTEREST');

-- CreateEnum
CREATE TYPE "social_post_format" AS ENUM ('STANDARD', 'CAROUSEL', 'VIDEO', 'STORY', 'REEL');

-- CreateEnum
CREATE TYPE "expense_status" AS ENUM ('PENDING', 'APPROVED', 'REJECTED', 'NEEDS_REVIEW');

-- CreateEnum
CREATE TYPE "tax_calculation_method" AS ENUM ('STANDARD', 'SIMPLIFIED', 'CUSTOM');

-- CreateEnum
CREATE TYPE "tax_report_status" AS ENUM ('GENERATING', 'COMPLETED', 'FAILED', 'EXPIRED');

-- CreateEnum
CREATE TYPE "tax_report_type" AS ENUM ('FORM_1099_MISC', 'FORM_1099_NEC', 'SCHEDULE_C', 'SCHEDULE_E', 'EXPENSE_SUMMARY', 'CATEGORY_BREAKDOWN', 'QUARTERLY_ESTIMATE', 'ANNUAL_SUMMARY', 'CUSTOM');

-- CreateEnum
CREATE TYPE "bundle_status" AS ENUM ('DRAFT', 'ACTIVE', 'ARCHIVED');

-- CreateEnum
CREATE TYPE "integration_type" AS ENUM ('API', 'WEBHOOK', 'EMBED', 'STANDALONE', 'N8N_WORKFLOW', 'NATIVE');

-- CreateEnum
CREATE TYPE "marketplace_item_type" AS ENUM ('TOOL', 'BUNDLE');

-- CreateEnum
CREATE TYPE "marketplace_tool_category" AS ENUM ('LEAD_GENERATION', 'LEAD_NURTURING', 'LISTING_OPTIMIZATION', 'PROPERTY_SHOPPING', 'MARKET_INTELLIGENCE', 'INVESTMENT_ANALYSIS', 'DOCUMENT_PROCESSING', 'COMMISSION_FINANCIAL', 'BOOKING_SCHEDULING', 'COMMUNICATION', 'CRM_TOOLS', 'ANALYTICS_TOOLS', 'AUTOMATION_TOOLS', 'INTEGRATION_TOOLS');

-- CreateEnum
CREATE TYPE "payment_method" AS ENUM ('CREDIT_CARD', 'ACH', 'INVOICE', 'PLATFORM_CREDITS');

-- CreateEnum
CREATE TYPE "price_model" AS ENUM ('FREE', 'ONE_TIME', 'MONTHLY', 'ANNUAL', 'USAGE_BASED', 'CUSTOM');

-- CreateEnum
CREATE TYPE "purchase_status" AS ENUM ('ACTIVE', 'CANCELLED', 'REFUNDED', 'EXPIRED', 'PENDING');

-- CreateEnum
CREATE TYPE "review_status" AS ENUM ('PENDING', 'APPROVED', 'REJECTED', 'FLAGGED');

-- CreateEnum
CREATE TYPE "tool_status" AS ENUM ('ACTIVE', 'COMING_SOON', 'BETA', 'DEPRECATED', 'DISABLED');

-- CreateEnum
CREATE TYPE "alert_frequency" AS ENUM ('IMMEDIATE', 'DAILY', 'WEEKLY', 'MONTHLY');

-- CreateEnum
CREATE TYPE "alert_type" AS ENUM ('PRICE_DROP', 'PRICE_INCREASE', 'NEW_LISTING', 'SOLD', 'INVENTORY_CHANGE', 'MARKET_TREND', 'DEMOGRAPHIC_CHANGE');

-- CreateEnum
CREATE TYPE "area_type" AS ENUM ('ZIP', 'SCHOOL_DISTRICT', 'NEIGHBORHOOD', 'COUNTY', 'MSA', 'CITY', 'STATE', 'COUNTRY');

-- CreateEnum
CREATE TYPE "reid_alert_channel" AS ENUM ('EMAIL', 'IN_APP', 'SMS', 'WEBHOOK');

-- CreateEnum
CREATE TYPE "reid_period_type" AS ENUM ('DAILY', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'YEARLY', 'ROLLING_QUARTER');

-- CreateEnum
CREATE TYPE "reid_profile_type" AS ENUM ('PROPERTY', 'NEIGHBORHOOD', 'MARKET_SEGMENT');

-- CreateEnum
CREATE TYPE "reid_property_type" AS ENUM ('ALL', 'SINGLE_FAMILY', 'CONDO', 'TOWNHOUSE', 'MULTI_FAMILY', 'SINGLE_UNIT');

-- CreateEnum
CREATE TYPE "reid_report_type" AS ENUM ('NEIGHBORHOOD_ANALYSIS', 'MARKET_OVERVIEW', 'COMPARATIVE_STUDY', 'INVESTMENT_ANALYSIS', 'DEMOGRAPHIC_REPORT', 'CUSTOM');

-- CreateEnum
CREATE TYPE "reid_scenario_type" AS ENUM ('BASE', 'OPTIMISTIC', 'PESSIMISTIC', 'CUSTOM');

-- CreateEnum
CREATE TYPE "reid_school_sector" AS ENUM ('PUBLIC', 'CHARTER', 'PRIVATE');

-- CreateEnum
CREATE TYPE "reid_school_type" AS ENUM ('ELEMENTARY', 'MIDDLE', 'HIGH', 'COMBINED');

-- CreateEnum
CREATE TYPE "report_file_format" AS ENUM ('PDF', 'XLSX', 'CSV', 'JSON');

-- CreateTable
CREATE TABLE "campaigns" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "description" TEXT,
    "type" "campaign_type" NOT NULL,
    "status" "campaign_status" NOT NULL DEFAULT 'DRAFT',
    "start_date" TIMESTAMPTZ(6),
    "end_date" TIMESTAMPTZ(6),
    "goals" JSONB NOT NULL DEFAULT '{}',
    "budget" DECIMAL(14,2),
    "budget_spent" DECIMAL(14,2) NOT NULL DEFAULT 0,
    "attributed_revenue" DECIMAL(14,2) NOT NULL DEFAULT 0,
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "conversions" INTEGER NOT NULL DEFAULT 0,
    "metrics" JSONB,
    "metrics_at" TIMESTAMPTZ(6),
    "created_by_id" UUID NOT NULL,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "archived_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "campaigns_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "email_campaigns" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "campaign_id" UUID NOT NULL,
    "template_id" UUID,
    "name" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "preview_text" TEXT,
    "body_html" TEXT NOT NULL,
    "body_plaintext" TEXT,
    "from_name" TEXT NOT NULL,
    "from_email" TEXT NOT NULL,
    "reply_to" TEXT,
    "recipient_lists" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "recipient_count" INTEGER NOT NULL DEFAULT 0,
    "scheduled_at" TIMESTAMPTZ(6),
    "started_at" TIMESTAMPTZ(6),
    "sent_at" TIMESTAMPTZ(6),
    "status" "email_status" NOT NULL DEFAULT 'DRAFT',
    "total_sent" INTEGER NOT NULL DEFAULT 0,
    "total_delivered" INTEGER NOT NULL DEFAULT 0,
    "total_opened" INTEGER NOT NULL DEFAULT 0,
    "total_clicked" INTEGER NOT NULL DEFAULT 0,
    "total_bounced" INTEGER NOT NULL DEFAULT 0,
    "total_unsubscribed" INTEGER NOT NULL DEFAULT 0,
    "total_failed" INTEGER NOT NULL DEFAULT 0,
    "is_ab_test" BOOLEAN NOT NULL DEFAULT false,
    "ab_test_config" JSONB,
    "last_error" TEXT,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "email_campaigns_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "social_media_posts" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "campaign_id" UUID NOT NULL,
    "title" TEXT,
    "post_text" TEXT NOT NULL,
    "hashtags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "mentions" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "platform" "social_platform" NOT NULL,
    "format" "social_post_format" NOT NULL DEFAULT 'STANDARD',
    "platform_config" JSONB,
    "media" JSONB NOT NULL DEFAULT '[]',
    "link_url" TEXT,
    "link_preview" JSONB,
    "scheduled_at" TIMESTAMPTZ(6),
    "publishing_at" TIMESTAMPTZ(6),
    "published_at" TIMESTAMPTZ(6),
    "status" "post_status" NOT NULL DEFAULT 'DRAFT',
    "publish_attempts" SMALLINT NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "external_post_id" TEXT,
    "external_url" TEXT,
    "impressions" BIGINT NOT NULL DEFAULT 0,
    "reach" BIGINT NOT NULL DEFAULT 0,
    "likes" BIGINT NOT NULL DEFAULT 0,
    "comments" BIGINT NOT NULL DEFAULT 0,
    "shares" BIGINT NOT NULL DEFAULT 0,
    "clicks" BIGINT NOT NULL DEFAULT 0,
    "metrics_at" TIMESTAMPTZ(6),
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "social_media_posts_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "campaign_content" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "campaign_id" UUID NOT NULL,
    "content_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL DEFAULT 0,
    "is_primary" BOOLEAN NOT NULL DEFAULT false,
    "notes" TEXT,
    "linked_by_id" UUID NOT NULL,
    "linked_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "campaign_content_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "expense_categories" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "name" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "description" TEXT,
    "schedule_c_line" TEXT,
    "schedule_e_line" TEXT,
    "default_deductible" BOOLEAN NOT NULL DEFAULT true,
    "deduction_limit_percent" DECIMAL(5,2) NOT NULL DEFAULT 100,
    "color" TEXT,
    "icon" TEXT,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "is_system" BOOLEAN NOT NULL DEFAULT false,
    "quickbooks_id" TEXT,
    "quickbooks_synced_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "expense_categories_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "expenses" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "user_id" UUID NOT NULL,
    "date" DATE NOT NULL,
    "merchant" TEXT NOT NULL,
    "amount" DECIMAL(14,2) NOT NULL,
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "category_id" UUID NOT NULL,
    "listing_id" UUID,
    "description" TEXT,
    "notes" TEXT,
    "is_deductible" BOOLEAN NOT NULL DEFAULT true,
    "deduction_percent" DECIMAL(5,2) NOT NULL DEFAULT 100,
    "tax_year" SMALLINT NOT NULL,
    "mileage_start" TEXT,
    "mileage_end" TEXT,
    "mileage_distance" DECIMAL(8,2),
    "mileage_rate" DECIMAL(6,4),
    "mileage_purpose" TEXT,
    "status" "expense_status" NOT NULL DEFAULT 'PENDING',
    "approved_by_id" UUID,
    "approved_at" TIMESTAMPTZ(6),
    "rejection_reason" TEXT,
    "quickbooks_id" TEXT,
    "quickbooks_synced_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "expenses_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "receipts" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "expense_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "file_name" TEXT NOT NULL,
    "storage_key" TEXT NOT NULL,
    "file_type" TEXT NOT NULL,
    "file_size_bytes" BIGINT NOT NULL,
    "content_sha256" BYTEA,
    "ocr_text" TEXT,
    "ocr_confidence" DECIMAL(4,3),
    "ocr_processed_at" TIMESTAMPTZ(6),
    "ocr_metadata" JSONB,
    "merchant_name" TEXT,
    "receipt_date" DATE,
    "receipt_total" DECIMAL(14,2),
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "is_verified" BOOLEAN NOT NULL DEFAULT false,
    "verified_by_id" UUID,
    "verified_at" TIMESTAMPTZ(6),
    "uploaded_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "receipts_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "tax_estimates" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "user_id" UUID,
    "calculated_by_id" UUID NOT NULL,
    "tax_year" SMALLINT NOT NULL,
    "quarter" SMALLINT,
    "period_start" DATE NOT NULL,
    "period_end" DATE NOT NULL,
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "total_income" DECIMAL(14,2) NOT NULL,
    "total_expenses" DECIMAL(14,2) NOT NULL,
    "total_deductions" DECIMAL(14,2) NOT NULL,
    "net_income" DECIMAL(14,2) NOT NULL,
    "estimated_tax_rate" DECIMAL(9,6) NOT NULL,
    "state_code" CHAR(2),
    "federal_tax_estimated" DECIMAL(14,2) NOT NULL,
    "state_tax_estimated" DECIMAL(14,2) NOT NULL,
    "self_employment_tax" DECIMAL(14,2) NOT NULL,
    "total_tax_estimated" DECIMAL(14,2) NOT NULL,
    "amount_paid" DECIMAL(14,2) NOT NULL DEFAULT 0,
    "paid_at" TIMESTAMPTZ(6),
    "payment_due_date" DATE,
    "payment_status" "payment_status" NOT NULL DEFAULT 'PENDING',
    "calculation_method" "tax_calculation_method" NOT NULL DEFAULT 'STANDARD',
    "assumptions" JSONB,
    "calculated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(6),
    "quickbooks_id" TEXT,
    "quickbooks_synced_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tax_estimates_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "tax_reports" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "template_type" "tax_report_type" NOT NULL,
    "tax_year" SMALLINT NOT NULL,
    "period_start" DATE,
    "period_end" DATE,
    "status" "tax_report_status" NOT NULL DEFAULT 'GENERATING',
    "file_key" TEXT,
    "file_format" "report_file_format",
    "file_size_bytes" BIGINT,
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "total_income" DECIMAL(14,2),
    "total_expenses" DECIMAL(14,2),
    "total_deductions" DECIMAL(14,2),
    "categories_count" INTEGER,
    "expenses_count" INTEGER,
    "is_shared" BOOLEAN NOT NULL DEFAULT false,
    "shared_with_user_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "share_expires_at" TIMESTAMPTZ(6),
    "generated_at" TIMESTAMPTZ(6),
    "generation_time_ms" INTEGER,
    "template_version" TEXT NOT NULL DEFAULT '1.0',
    "error" TEXT,
    "quickbooks_id" TEXT,
    "quickbooks_synced_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tax_reports_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "marketplace_tools" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "long_description" TEXT,
    "category" "marketplace_tool_category" NOT NULL,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "price_model" "price_model" NOT NULL,
    "price_amount" DECIMAL(14,2) NOT NULL DEFAULT 0,
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "required_tier" "subscription_tier" NOT NULL,
    "features" JSONB NOT NULL DEFAULT '[]',
    "tech_stack" JSONB NOT NULL DEFAULT '[]',
    "integration_type" "integration_type" NOT NULL,
    "status" "tool_status" NOT NULL DEFAULT 'ACTIVE',
    "is_featured" BOOLEAN NOT NULL DEFAULT false,
    "is_popular" BOOLEAN NOT NULL DEFAULT false,
    "provider" TEXT NOT NULL DEFAULT 'Internal',
    "documentation_url" TEXT,
    "demo_url" TEXT,
    "support_url" TEXT,
    "icon_url" TEXT,
    "video_url" TEXT,
    "images" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" TEXT NOT NULL DEFAULT '1.0.0',
    "published_at" TIMESTAMPTZ(6),
    "purchase_count" INTEGER NOT NULL DEFAULT 0,
    "view_count" INTEGER NOT NULL DEFAULT 0,
    "review_count" INTEGER NOT NULL DEFAULT 0,
    "avg_rating" DECIMAL(3,2),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "marketplace_tools_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "marketplace_bundles" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "long_description" TEXT,
    "price_model" "price_model" NOT NULL,
    "price_amount" DECIMAL(14,2) NOT NULL DEFAULT 0,
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "discount_percent" DECIMAL(5,2) NOT NULL,
    "required_tier" "subscription_tier" NOT NULL,
    "status" "bundle_status" NOT NULL DEFAULT 'DRAFT',
    "is_featured" BOOLEAN NOT NULL DEFAULT false,
    "is_popular" BOOLEAN NOT NULL DEFAULT false,
    "icon_url" TEXT,
    "images" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "published_at" TIMESTAMPTZ(6),
    "purchase_count" INTEGER NOT NULL DEFAULT 0,
    "view_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "marketplace_bundles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "marketplace_bundle_items" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "bundle_id" UUID NOT NULL,
    "tool_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "marketplace_bundle_items_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "marketplace_purchases" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "user_id" UUID NOT NULL,
    "purchase_type" "marketplace_item_type" NOT NULL,
    "tool_id" UUID,
    "bundle_id" UUID,
    "item_name" TEXT NOT NULL,
    "price_model" "price_model" NOT NULL,
    "amount" DECIMAL(14,2) NOT NULL,
    "refunded_amount" DECIMAL(14,2) NOT NULL DEFAULT 0,
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "payment_method" "payment_method" NOT NULL,
    "payment_status" "payment_status" NOT NULL DEFAULT 'PENDING',
    "stripe_payment_id" TEXT,
    "stripe_invoice_id" TEXT,
    "is_subscription" BOOLEAN NOT NULL DEFAULT false,
    "subscription_start" TIMESTAMPTZ(6),
    "subscription_end" TIMESTAMPTZ(6),
    "auto_renew" BOOLEAN NOT NULL DEFAULT false,
    "renews_purchase_id" UUID,
    "status" "purchase_status" NOT NULL DEFAULT 'PENDING',
    "activated_at" TIMESTAMPTZ(6),
    "cancelled_at" TIMESTAMPTZ(6),
    "refunded_at" TIMESTAMPTZ(6),
    "usage_count" BIGINT NOT NULL DEFAULT 0,
    "last_used_at" TIMESTAMPTZ(6),
    "purchase_date" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "marketplace_purchases_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "marketplace_cart" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "user_id" UUID NOT NULL,
    "item_type" "marketplace_item_type" NOT NULL,
    "tool_id" UUID,
    "bundle_id" UUID,
    "quantity" SMALLINT NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "marketplace_cart_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "marketplace_reviews" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "tool_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "purchase_id" UUID,
    "rating" SMALLINT NOT NULL,
    "title" TEXT,
    "review" TEXT,
    "verified_purchase" BOOLEAN NOT NULL DEFAULT false,
    "helpful_count" INTEGER NOT NULL DEFAULT 0,
    "flagged_count" INTEGER NOT NULL DEFAULT 0,
    "status" "review_status" NOT NULL DEFAULT 'PENDING',
    "moderated_at" TIMESTAMPTZ(6),
    "moderated_by_id" UUID,
    "moderation_notes" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "marketplace_reviews_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "reid_market_data" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "area_type" "area_type" NOT NULL,
    "area_key" TEXT NOT NULL DEFAULT '',
    "zip_code" TEXT,
    "city" TEXT,
    "county" TEXT,
    "state" CHAR(2),
    "neighborhood" TEXT,
    "msa_code" TEXT,
    "school_district_code" TEXT,
    "report_date" DATE NOT NULL,
    "period_type" "reid_period_type" NOT NULL,
    "property_type" "reid_property_type" NOT NULL DEFAULT 'ALL',
    "seasonally_adjusted" BOOLEAN NOT NULL DEFAULT false,
    "median_price" DECIMAL(14,2),
    "avg_price" DECIMAL(14,2),
    "min_price" DECIMAL(14,2),
    "max_price" DECIMAL(14,2),
    "price_per_sqft" DECIMAL(14,2),
    "median_list_price" DECIMAL(14,2),
    "home_value_index" DECIMAL(14,2),
    "price_index" DECIMAL(10,4),
    "rent_index" DECIMAL(14,2),
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "price_change_rate" DECIMAL(9,6),
    "active_listings" INTEGER,
    "new_listings" INTEGER,
    "sold_listings" INTEGER,
    "pending_listings" INTEGER,
    "expired_listings" INTEGER,
    "inventory_months" DECIMAL(6,2),
    "days_on_market" DECIMAL(6,2),
    "sale_to_list_ratio" DECIMAL(9,6),
    "absorption_ratio" DECIMAL(9,6),
    "turnover_rate" DECIMAL(9,6),
    "price_drop_share" DECIMAL(9,6),
    "sold_above_list_share" DECIMAL(9,6),
    "off_market_in_two_weeks_share" DECIMAL(9,6),
    "data_source" TEXT NOT NULL DEFAULT 'manual',
    "source_vintage" DATE,
    "external_id" TEXT,
    "api_response" JSONB,
    "is_verified" BOOLEAN NOT NULL DEFAULT false,
    "confidence_score" DECIMAL(4,3),
    "notes" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reid_market_data_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "reid_demographics" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "area_type" "area_type" NOT NULL,
    "area_key" TEXT NOT NULL DEFAULT '',
    "zip_code" TEXT,
    "city" TEXT,
    "county" TEXT,
    "state" CHAR(2),
    "neighborhood" TEXT,
    "msa_code" TEXT,
    "school_district_code" TEXT,
    "report_year" SMALLINT NOT NULL,
    "total_population" INTEGER,
    "households" INTEGER,
    "labor_force_size" INTEGER,
    "population_density" DECIMAL(12,2),
    "population_growth_rate" DECIMAL(9,6),
    "avg_household_size" DECIMAL(4,2),
    "age_distribution" JSONB,
    "income_distribution" JSONB,
    "education_levels" JSONB,
    "ethnic_distribution" JSONB,
    "median_age" DECIMAL(4,1),
    "median_income" DECIMAL(14,2),
    "avg_income" DECIMAL(14,2),
    "median_home_value" DECIMAL(14,2),
    "median_rent" DECIMAL(14,2),
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "poverty_rate" DECIMAL(9,6),
    "high_school_rate" DECIMAL(9,6),
    "college_rate" DECIMAL(9,6),
    "employment_rate" DECIMAL(9,6),
    "unemployment_rate" DECIMAL(9,6),
    "homeownership_rate" DECIMAL(9,6),
    "renter_rate" DECIMAL(9,6),
    "top_industries" JSONB,
    "diversity_index" DECIMAL(9,6),
    "data_source" TEXT NOT NULL DEFAULT 'manual',
    "source_vintage" DATE,
    "external_id" TEXT,
    "api_response" JSONB,
    "is_verified" BOOLEAN NOT NULL DEFAULT false,
    "confidence_score" DECIMAL(4,3),
    "notes" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reid_demographics_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "reid_schools" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "name" TEXT NOT NULL,
    "school_type" "reid_school_type" NOT NULL,
    "sector" "reid_school_sector" NOT NULL DEFAULT 'PUBLIC',
    "district_name" TEXT,
    "district_code" TEXT,
    "address" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "state" CHAR(2) NOT NULL,
    "zip_code" TEXT NOT NULL,
    "county" TEXT,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "rating_overall" DECIMAL(3,1),
    "rating_source" TEXT,
    "rating_history" JSONB NOT NULL DEFAULT '[]',
    "test_scores" JSONB,
    "state_ranking" INTEGER,
    "national_ranking" INTEGER,
    "total_students" INTEGER,
    "student_teacher_ratio" DECIMAL(5,2),
    "diversity_score" DECIMAL(5,2),
    "low_income_rate" DECIMAL(9,6),
    "graduation_rate" DECIMAL(9,6),
    "college_readiness_rate" DECIMAL(9,6),
    "advanced_placement" BOOLEAN NOT NULL DEFAULT false,
    "extracurriculars" JSONB,
    "boundary_geojson" JSONB,
    "serves_grades" TEXT,
    "nces_id" TEXT,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "source_updated_at" TIMESTAMPTZ(6),
    "data_source" TEXT NOT NULL DEFAULT 'manual',
    "external_id" TEXT,
    "api_response" JSONB,
    "is_verified" BOOLEAN NOT NULL DEFAULT false,
    "confidence_score" DECIMAL(4,3),
    "notes" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reid_schools_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "reid_roi_simulations" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "property_address" TEXT,
    "zip_code" TEXT,
    "city" TEXT,
    "state" CHAR(2),
    "inputs" JSONB NOT NULL,
    "results" JSONB,
    "purchase_price" DECIMAL(14,2),
    "monthly_cash_flow" DECIMAL(14,2),
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "cap_rate" DECIMAL(9,6),
    "cash_on_cash_rate" DECIMAL(9,6),
    "annual_roi_rate" DECIMAL(9,6),
    "irr_rate" DECIMAL(9,6),
    "scenario_type" "reid_scenario_type" NOT NULL DEFAULT 'BASE',
    "parent_simulation_id" UUID,
    "market_data_id" UUID,
    "demographics_id" UUID,
    "is_shared" BOOLEAN NOT NULL DEFAULT false,
    "shared_with_user_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "is_template" BOOLEAN NOT NULL DEFAULT false,
    "template_category" TEXT,
    "calculation_version" TEXT NOT NULL,
    "calculated_at" TIMESTAMPTZ(6),
    "last_viewed_at" TIMESTAMPTZ(6),
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "notes" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reid_roi_simulations_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "reid_alerts" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "created_by_id" UUID NOT NULL,
    "user_id" UUID,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "alert_type" "alert_type" NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "disabled_reason" TEXT,
    "area_type" "area_type",
    "zip_codes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "cities" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "states" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "counties" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "neighborhoods" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "msa_codes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "school_district_codes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "conditions" JSONB NOT NULL,
    "frequency" "alert_frequency" NOT NULL,
    "delivery_channels" "reid_alert_channel"[] DEFAULT ARRAY[]::"reid_alert_channel"[],
    "priority" "priority" NOT NULL DEFAULT 'MEDIUM',
    "auto_disable_after_days" SMALLINT,
    "max_triggers_per_day" SMALLINT,
    "require_verification" BOOLEAN NOT NULL DEFAULT false,
    "email_addresses" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "webhook_url" TEXT,
    "notification_template" TEXT,
    "next_evaluation_at" TIMESTAMPTZ(6),
    "last_triggered_at" TIMESTAMPTZ(6),
    "trigger_count" INTEGER NOT NULL DEFAULT 0,
    "day_trigger_date" DATE,
    "day_trigger_count" SMALLINT NOT NULL DEFAULT 0,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "notes" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reid_alerts_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "reid_reports" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "report_type" "reid_report_type" NOT NULL,
    "status" "content_status" NOT NULL DEFAULT 'DRAFT',
    "area_type" "area_type",
    "zip_codes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "cities" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "states" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "counties" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "neighborhoods" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "msa_codes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "school_district_codes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "date_range_start" DATE,
    "date_range_end" DATE,
    "configuration" JSONB,
    "data" JSONB,
    "insights" JSONB,
    "file_path" TEXT,
    "file_size" BIGINT,
    "file_format" "report_file_format",
    "is_public" BOOLEAN NOT NULL DEFAULT false,
    "share_token_hash" BYTEA,
    "share_expires_at" TIMESTAMPTZ(6),
    "shared_with_user_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "is_template" BOOLEAN NOT NULL DEFAULT false,
    "template_id" UUID,
    "schedule" JSONB,
    "next_run_at" TIMESTAMPTZ(6),
    "view_count" INTEGER NOT NULL DEFAULT 0,
    "download_count" INTEGER NOT NULL DEFAULT 0,
    "last_viewed_at" TIMESTAMPTZ(6),
    "generated_at" TIMESTAMPTZ(6),
    "generation_error" TEXT,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "notes" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reid_reports_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "reid_ai_profiles" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "user_id" UUID,
    "profile_type" "reid_profile_type" NOT NULL,
    "target_type" TEXT,
    "address" TEXT,
    "zip_code" TEXT,
    "city" TEXT,
    "county" TEXT,
    "state" CHAR(2),
    "neighborhood" TEXT,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "summary" TEXT NOT NULL,
    "detailed_analysis" TEXT NOT NULL,
    "strengths" JSONB NOT NULL DEFAULT '[]',
    "weaknesses" JSONB NOT NULL DEFAULT '[]',
    "opportunities" JSONB NOT NULL DEFAULT '[]',
    "overall_score" DECIMAL(5,2),
    "investment_score" DECIMAL(5,2),
    "lifestyle_score" DECIMAL(5,2),
    "growth_potential" DECIMAL(5,2),
    "risk_score" DECIMAL(5,2),
    "metrics" JSONB,
    "recommendations" JSONB,
    "data_sources" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "ai_model" "ai_model" NOT NULL DEFAULT 'KIMIK2',
    "model_version" TEXT,
    "confidence_score" DECIMAL(4,3),
    "is_shared" BOOLEAN NOT NULL DEFAULT false,
    "is_verified" BOOLEAN NOT NULL DEFAULT false,
    "verified_by_id" UUID,
    "verified_at" TIMESTAMPTZ(6),
    "view_count" INTEGER NOT NULL DEFAULT 0,
    "last_viewed_at" TIMESTAMPTZ(6),
    "expires_at" TIMESTAMPTZ(6),
    "last_refreshed_at" TIMESTAMPTZ(6),
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "notes" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reid_ai_profiles_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateIndex
CREATE INDEX "campaigns_organization_id_start_date_idx" ON "campaigns"("organization_id", "start_date");

-- CreateIndex
CREATE INDEX "campaigns_organization_id_created_by_id_created_at_idx" ON "campaigns"("organization_id", "created_by_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "campaigns_organization_id_slug_key" ON "campaigns"("organization_id", "slug");

-- CreateIndex
CREATE INDEX "email_campaigns_organization_id_campaign_id_created_at_idx" ON "email_campaigns"("organization_id", "campaign_id", "created_at");

-- CreateIndex
CREATE INDEX "email_campaigns_organization_id_created_at_idx" ON "email_campaigns"("organization_id", "created_at");

-- CreateIndex
CREATE INDEX "email_campaigns_organization_id_template_id_idx" ON "email_campaigns"("organization_id", "template_id");

-- CreateIndex
CREATE INDEX "email_campaigns_organization_id_created_by_id_idx" ON "email_campaigns"("organization_id", "created_by_id");

-- CreateIndex
CREATE INDEX "social_media_posts_organization_id_campaign_id_created_at_idx" ON "social_media_posts"("organization_id", "campaign_id", "created_at");

-- CreateIndex
CREATE INDEX "social_media_posts_organization_id_created_at_idx" ON "social_media_posts"("organization_id", "created_at");

-- CreateIndex
CREATE INDEX "social_media_posts_organization_id_published_at_idx" ON "social_media_posts"("organization_id", "published_at");

-- CreateIndex
CREATE INDEX "social_media_posts_organization_id_created_by_id_idx" ON "social_media_posts"("organization_id", "created_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "social_media_posts_external_post_id_platform_key" ON "social_media_posts"("organization_id", "external_post_id", "platform");

-- CreateIndex
CREATE INDEX "campaign_content_organization_id_campaign_id_position_idx" ON "campaign_content"("organization_id", "campaign_id", "position");

-- CreateIndex
CREATE INDEX "campaign_content_organization_id_content_id_idx" ON "campaign_content"("organization_id", "content_id");

-- CreateIndex
CREATE INDEX "campaign_content_organization_id_linked_by_id_idx" ON "campaign_content"("organization_id", "linked_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "campaign_content_organization_id_campaign_id_content_id_key" ON "campaign_content"("organization_id", "campaign_id", "content_id");

-- CreateIndex
CREATE INDEX "expense_categories_organization_id_is_active_name_idx" ON "expense_categories"("organization_id", "is_active", "name");

-- CreateIndex
CREATE UNIQUE INDEX "expense_categories_organization_id_code_key" ON "expense_categories"("organization_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "expense_categories_organization_id_quickbooks_id_key" ON "expense_categories"("organization_id", "quickbooks_id");

-- CreateIndex
CREATE INDEX "expenses_organization_id_date_idx" ON "expenses"("organization_id", "date");

-- CreateIndex
CREATE INDEX "expenses_organization_id_user_id_date_idx" ON "expenses"("organization_id", "user_id", "date");

-- CreateIndex
CREATE INDEX "expenses_organization_id_category_id_date_idx" ON "expenses"("organization_id", "category_id", "date");

-- CreateIndex
CREATE INDEX "expenses_organization_id_listing_id_date_idx" ON "expenses"("organization_id", "listing_id", "date");

-- CreateIndex
CREATE INDEX "expenses_organization_id_tax_year_category_id_idx" ON "expenses"("organization_id", "tax_year", "category_id");

-- CreateIndex
CREATE INDEX "expenses_organization_id_approved_by_id_idx" ON "expenses"("organization_id", "approved_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "expenses_organization_id_quickbooks_id_key" ON "expenses"("organization_id", "quickbooks_id");

-- CreateIndex
CREATE INDEX "receipts_organization_id_content_sha256_idx" ON "receipts"("organization_id", "content_sha256");

-- CreateIndex
CREATE INDEX "receipts_organization_id_uploaded_by_id_idx" ON "receipts"("organization_id", "uploaded_by_id");

-- CreateIndex
CREATE INDEX "receipts_organization_id_verified_by_id_idx" ON "receipts"("organization_id", "verified_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "receipts_organization_id_expense_id_position_key" ON "receipts"("organization_id", "expense_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "receipts_organization_id_storage_key_key" ON "receipts"("organization_id", "storage_key");

-- CreateIndex
CREATE INDEX "tax_estimates_tax_year_quarter_calculated_at_idx" ON "tax_estimates"("organization_id", "tax_year", "quarter", "calculated_at");

-- CreateIndex
CREATE INDEX "tax_estimates_organization_id_user_id_tax_year_idx" ON "tax_estimates"("organization_id", "user_id", "tax_year");

-- CreateIndex
CREATE INDEX "tax_estimates_organization_id_calculated_by_id_idx" ON "tax_estimates"("organization_id", "calculated_by_id");

-- CreateIndex
CREATE INDEX "tax_reports_organization_id_tax_year_created_at_idx" ON "tax_reports"("organization_id", "tax_year", "created_at");

-- CreateIndex
CREATE INDEX "tax_reports_organization_id_user_id_created_at_idx" ON "tax_reports"("organization_id", "user_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "tax_reports_organization_id_quickbooks_id_key" ON "tax_reports"("organization_id", "quickbooks_id");

-- CreateIndex
CREATE UNIQUE INDEX "marketplace_tools_organization_id_name_key" ON "marketplace_tools"("organization_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "marketplace_tools_organization_id_id_key" ON "marketplace_tools"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "marketplace_bundles_organization_id_name_key" ON "marketplace_bundles"("organization_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "marketplace_bundles_organization_id_id_key" ON "marketplace_bundles"("organization_id", "id");

-- CreateIndex
CREATE INDEX "marketplace_bundle_items_organization_id_tool_id_idx" ON "marketplace_bundle_items"("organization_id", "tool_id");

-- CreateIndex
CREATE UNIQUE INDEX "marketplace_bundle_items_organization_id_bundle_id_tool_id_key" ON "marketplace_bundle_items"("organization_id", "bundle_id", "tool_id");

-- CreateIndex
CREATE INDEX "marketplace_purchases_organization_id_purchase_date_idx" ON "marketplace_purchases"("organization_id", "purchase_date");

-- CreateIndex
CREATE INDEX "marketplace_purchases_organization_id_user_id_purchase_date_idx" ON "marketplace_purchases"("organization_id", "user_id", "purchase_date");

-- CreateIndex
CREATE INDEX "marketplace_purchases_organization_id_tool_id_purchase_date_idx" ON "marketplace_purchases"("organization_id", "tool_id", "purchase_date");

-- CreateIndex
CREATE INDEX "marketplace_purchases_bundle_id_purchase_date_idx" ON "marketplace_purchases"("organization_id", "bundle_id", "purchase_date");

-- CreateIndex
CREATE INDEX "marketplace_purchases_organization_id_renews_purchase_id_idx" ON "marketplace_purchases"("organization_id", "renews_purchase_id");

-- CreateIndex
CREATE INDEX "marketplace_purchases_tool_id_idx" ON "marketplace_purchases"("tool_id");

-- CreateIndex
CREATE INDEX "marketplace_purchases_bundle_id_idx" ON "marketplace_purchases"("bundle_id");

-- CreateIndex
CREATE INDEX "marketplace_cart_tool_id_idx" ON "marketplace_cart"("tool_id");

-- CreateIndex
CREATE INDEX "marketplace_cart_bundle_id_idx" ON "marketplace_cart"("bundle_id");

-- CreateIndex
CREATE UNIQUE INDEX "marketplace_cart_organization_id_user_id_tool_id_bundle_id_key" ON "marketplace_cart"("organization_id", "user_id", "tool_id", "bundle_id") NULLS NOT DISTINCT;

-- CreateIndex
CREATE INDEX "marketplace_reviews_organization_id_user_id_idx" ON "marketplace_reviews"("organization_id", "user_id");

-- CreateIndex
CREATE INDEX "marketplace_reviews_organization_id_purchase_id_idx" ON "marketplace_reviews"("organization_id", "purchase_id");

-- CreateIndex
CREATE INDEX "marketplace_reviews_tool_id_status_created_at_idx" ON "marketplace_reviews"("tool_id", "status", "created_at");

-- CreateIndex
CREATE INDEX "marketplace_reviews_moderated_by_id_idx" ON "marketplace_reviews"("moderated_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "marketplace_reviews_organization_id_tool_id_user_id_key" ON "marketplace_reviews"("organization_id", "tool_id", "user_id");

-- CreateIndex
CREATE INDEX "reid_market_data_organization_id_state_city_report_date_idx" ON "reid_market_data"("organization_id", "state", "city", "report_date");

-- CreateIndex
CREATE INDEX "reid_market_data_organization_id_report_date_idx" ON "reid_market_data"("organization_id", "report_date");

-- CreateIndex
CREATE UNIQUE INDEX "reid_market_data_series_key" ON "reid_market_data"("organization_id", "area_key", "report_date", "area_type", "period_type", "property_type", "seasonally_adjusted", "data_source");

-- CreateIndex
CREATE INDEX "reid_demographics_organization_id_state_city_report_year_idx" ON "reid_demographics"("organization_id", "state", "city", "report_year");

-- CreateIndex
CREATE UNIQUE INDEX "reid_demographics_series_key" ON "reid_demographics"("organization_id", "area_key", "report_year", "area_type", "data_source");

-- CreateIndex
CREATE INDEX "reid_schools_organization_id_zip_code_idx" ON "reid_schools"("organization_id", "zip_code");

-- CreateIndex
CREATE INDEX "reid_schools_organization_id_state_city_idx" ON "reid_schools"("organization_id", "state", "city");

-- CreateIndex
CREATE INDEX "reid_schools_organization_id_district_code_idx" ON "reid_schools"("organization_id", "district_code");

-- CreateIndex
CREATE INDEX "reid_schools_organization_id_latitude_longitude_idx" ON "reid_schools"("organization_id", "latitude", "longitude");

-- CreateIndex
CREATE UNIQUE INDEX "reid_schools_organization_id_nces_id_key" ON "reid_schools"("organization_id", "nces_id");

-- CreateIndex
CREATE UNIQUE INDEX "reid_schools_organization_id_data_source_external_id_key" ON "reid_schools"("organization_id", "data_source", "external_id");

-- CreateIndex
CREATE INDEX "reid_roi_simulations_organization_id_user_id_created_at_idx" ON "reid_roi_simulations"("organization_id", "user_id", "created_at");

-- CreateIndex
CREATE INDEX "reid_roi_simulations_organization_id_created_at_idx" ON "reid_roi_simulations"("organization_id", "created_at");

-- CreateIndex
CREATE INDEX "reid_roi_simulations_organization_id_zip_code_created_at_idx" ON "reid_roi_simulations"("organization_id", "zip_code", "created_at");

-- CreateIndex
CREATE INDEX "reid_roi_simulations_organization_id_parent_simulation_id_idx" ON "reid_roi_simulations"("organization_id", "parent_simulation_id");

-- CreateIndex
CREATE INDEX "reid_roi_simulations_organization_id_market_data_id_idx" ON "reid_roi_simulations"("organization_id", "market_data_id");

-- CreateIndex
CREATE INDEX "reid_roi_simulations_organization_id_demographics_id_idx" ON "reid_roi_simulations"("organization_id", "demographics_id");

-- CreateIndex
CREATE INDEX "reid_alerts_organization_id_user_id_is_active_idx" ON "reid_alerts"("organization_id", "user_id", "is_active");

-- CreateIndex
CREATE INDEX "reid_alerts_organization_id_created_by_id_idx" ON "reid_alerts"("organization_id", "created_by_id");

-- CreateIndex
CREATE INDEX "reid_reports_organization_id_created_at_idx" ON "reid_reports"("organization_id", "created_at");

-- CreateIndex
CREATE INDEX "reid_reports_organization_id_user_id_created_at_idx" ON "reid_reports"("organization_id", "user_id", "created_at");

-- CreateIndex
CREATE INDEX "reid_reports_organization_id_template_id_created_at_idx" ON "reid_reports"("organization_id", "template_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "reid_reports_organization_id_share_token_hash_key" ON "reid_reports"("organization_id", "share_token_hash");

-- CreateIndex
CREATE INDEX "reid_ai_profiles_organization_id_zip_code_idx" ON "reid_ai_profiles"("organization_id", "zip_code");

-- CreateIndex
CREATE INDEX "reid_ai_profiles_organization_id_state_city_idx" ON "reid_ai_profiles"("organization_id", "state", "city");

-- CreateIndex
CREATE INDEX "reid_ai_profiles_organization_id_overall_score_idx" ON "reid_ai_profiles"("organization_id", "overall_score");

-- CreateIndex
CREATE INDEX "reid_ai_profiles_organization_id_created_at_idx" ON "reid_ai_profiles"("organization_id", "created_at");

-- CreateIndex
CREATE INDEX "reid_ai_profiles_organization_id_expires_at_idx" ON "reid_ai_profiles"("organization_id", "expires_at");

-- CreateIndex
CREATE INDEX "reid_ai_profiles_organization_id_user_id_idx" ON "reid_ai_profiles"("organization_id", "user_id");

-- CreateIndex
CREATE INDEX "reid_ai_profiles_organization_id_verified_by_id_idx" ON "reid_ai_profiles"("organization_id", "verified_by_id");

-- AddForeignKey
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_organization_id_created_by_id_fkey" FOREIGN KEY ("organization_id", "created_by_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "email_campaigns" ADD CONSTRAINT "email_campaigns_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "email_campaigns" ADD CONSTRAINT "email_campaigns_organization_id_campaign_id_fkey" FOREIGN KEY ("organization_id", "campaign_id") REFERENCES "campaigns"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "email_campaigns" ADD CONSTRAINT "email_campaigns_organization_id_template_id_fkey" FOREIGN KEY ("organization_id", "template_id") REFERENCES "content"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "email_campaigns" ADD CONSTRAINT "email_campaigns_organization_id_created_by_id_fkey" FOREIGN KEY ("organization_id", "created_by_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "social_media_posts" ADD CONSTRAINT "social_media_posts_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "social_media_posts" ADD CONSTRAINT "social_media_posts_organization_id_campaign_id_fkey" FOREIGN KEY ("organization_id", "campaign_id") REFERENCES "campaigns"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "social_media_posts" ADD CONSTRAINT "social_media_posts_organization_id_created_by_id_fkey" FOREIGN KEY ("organization_id", "created_by_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "campaign_content" ADD CONSTRAINT "campaign_content_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "campaign_content" ADD CONSTRAINT "campaign_content_organization_id_campaign_id_fkey" FOREIGN KEY ("organization_id", "campaign_id") REFERENCES "campaigns"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "campaign_content" ADD CONSTRAINT "campaign_content_organization_id_content_id_fkey" FOREIGN KEY ("organization_id", "content_id") REFERENCES "content"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "campaign_content" ADD CONSTRAINT "campaign_content_organization_id_linked_by_id_fkey" FOREIGN KEY ("organization_id", "linked_by_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "expense_categories" ADD CONSTRAINT "expense_categories_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "expenses" ADD CONSTRAINT "expenses_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "expenses" ADD CONSTRAINT "expenses_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "expenses" ADD CONSTRAINT "expenses_organization_id_category_id_fkey" FOREIGN KEY ("organization_id", "category_id") REFERENCES "expense_categories"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "expenses" ADD CONSTRAINT "expenses_organization_id_listing_id_fkey" FOREIGN KEY ("organization_id", "listing_id") REFERENCES "listings"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "expenses" ADD CONSTRAINT "expenses_organization_id_approved_by_id_fkey" FOREIGN KEY ("organization_id", "approved_by_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_organization_id_expense_id_fkey" FOREIGN KEY ("organization_id", "expense_id") REFERENCES "expenses"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_organization_id_uploaded_by_id_fkey" FOREIGN KEY ("organization_id", "uploaded_by_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_organization_id_verified_by_id_fkey" FOREIGN KEY ("organization_id", "verified_by_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tax_estimates" ADD CONSTRAINT "tax_estimates_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tax_estimates" ADD CONSTRAINT "tax_estimates_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tax_estimates" ADD CONSTRAINT "tax_estimates_organization_id_calculated_by_id_fkey" FOREIGN KEY ("organization_id", "calculated_by_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tax_reports" ADD CONSTRAINT "tax_reports_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tax_reports" ADD CONSTRAINT "tax_reports_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "marketplace_tools" ADD CONSTRAINT "marketplace_tools_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "marketplace_bundles" ADD CONSTRAINT "marketplace_bundles_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "marketplace_bundle_items" ADD CONSTRAINT "marketplace_bundle_items_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "marketplace_bundle_items" ADD CONSTRAINT "marketplace_bundle_items_organization_id_bundle_id_fkey" FOREIGN KEY ("organization_id", "bundle_id") REFERENCES "marketplace_bundles"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "marketplace_bundle_items" ADD CONSTRAINT "marketplace_bundle_items_organization_id_tool_id_fkey" FOREIGN KEY ("organization_id", "tool_id") REFERENCES "marketplace_tools"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "marketplace_purchases" ADD CONSTRAINT "marketplace_purchases_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "marketplace_purchases" ADD CONSTRAINT "marketplace_purchases_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "marketplace_purchases" ADD CONSTRAINT "marketplace_purchases_tool_id_fkey" FOREIGN KEY ("tool_id") REFERENCES "marketplace_tools"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "marketplace_purchases" ADD CONSTRAINT "marketplace_purchases_bundle_id_fkey" FOREIGN KEY ("bundle_id") REFERENCES "marketplace_bundles"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "marketplace_purchases" ADD CONSTRAINT "marketplace_purchases_organization_id_renews_purchase_id_fkey" FOREIGN KEY ("organization_id", "renews_purchase_id") REFERENCES "marketplace_purchases"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "marketplace_cart" ADD CONSTRAINT "marketplace_cart_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "marketplace_cart" ADD CONSTRAINT "marketplace_cart_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "marketplace_cart" ADD CONSTRAINT "marketplace_cart_tool_id_fkey" FOREIGN KEY ("tool_id") REFERENCES "marketplace_tools"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "marketplace_cart" ADD CONSTRAINT "marketplace_cart_bundle_id_fkey" FOREIGN KEY ("bundle_id") REFERENCES "marketplace_bundles"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "marketplace_reviews" ADD CONSTRAINT "marketplace_reviews_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "marketplace_reviews" ADD CONSTRAINT "marketplace_reviews_tool_id_fkey" FOREIGN KEY ("tool_id") REFERENCES "marketplace_tools"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "marketplace_reviews" ADD CONSTRAINT "marketplace_reviews_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "marketplace_reviews" ADD CONSTRAINT "marketplace_reviews_organization_id_purchase_id_fkey" FOREIGN KEY ("organization_id", "purchase_id") REFERENCES "marketplace_purchases"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "marketplace_reviews" ADD CONSTRAINT "marketplace_reviews_moderated_by_id_fkey" FOREIGN KEY ("moderated_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reid_market_data" ADD CONSTRAINT "reid_market_data_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reid_demographics" ADD CONSTRAINT "reid_demographics_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reid_schools" ADD CONSTRAINT "reid_schools_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reid_roi_simulations" ADD CONSTRAINT "reid_roi_simulations_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reid_roi_simulations" ADD CONSTRAINT "reid_roi_simulations_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reid_roi_simulations" ADD CONSTRAINT "reid_roi_simulations_organization_id_parent_simulation_id_fkey" FOREIGN KEY ("organization_id", "parent_simulation_id") REFERENCES "reid_roi_simulations"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reid_roi_simulations" ADD CONSTRAINT "reid_roi_simulations_organization_id_market_data_id_fkey" FOREIGN KEY ("organization_id", "market_data_id") REFERENCES "reid_market_data"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reid_roi_simulations" ADD CONSTRAINT "reid_roi_simulations_organization_id_demographics_id_fkey" FOREIGN KEY ("organization_id", "demographics_id") REFERENCES "reid_demographics"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reid_alerts" ADD CONSTRAINT "reid_alerts_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reid_alerts" ADD CONSTRAINT "reid_alerts_organization_id_created_by_id_fkey" FOREIGN KEY ("organization_id", "created_by_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reid_alerts" ADD CONSTRAINT "reid_alerts_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reid_reports" ADD CONSTRAINT "reid_reports_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reid_reports" ADD CONSTRAINT "reid_reports_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reid_reports" ADD CONSTRAINT "reid_reports_organization_id_template_id_fkey" FOREIGN KEY ("organization_id", "template_id") REFERENCES "reid_reports"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reid_ai_profiles" ADD CONSTRAINT "reid_ai_profiles_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reid_ai_profiles" ADD CONSTRAINT "reid_ai_profiles_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reid_ai_profiles" ADD CONSTRAINT "reid_ai_profiles_organization_id_verified_by_id_fkey" FOREIGN KEY ("organization_id", "verified_by_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- Lists are never null; Prisma leaves them nullable

ALTER TABLE campaigns ALTER COLUMN tags SET NOT NULL;
ALTER TABLE email_campaigns ALTER COLUMN recipient_lists SET NOT NULL;
ALTER TABLE social_media_posts ALTER COLUMN hashtags SET NOT NULL;
ALTER TABLE social_media_posts ALTER COLUMN mentions SET NOT NULL;
ALTER TABLE tax_reports ALTER COLUMN shared_with_user_ids SET NOT NULL;
ALTER TABLE marketplace_tools ALTER COLUMN tags SET NOT NULL;
ALTER TABLE marketplace_tools ALTER COLUMN images SET NOT NULL;
ALTER TABLE marketplace_bundles ALTER COLUMN images SET NOT NULL;
ALTER TABLE reid_roi_simulations ALTER COLUMN shared_with_user_ids SET NOT NULL;
ALTER TABLE reid_roi_simulations ALTER COLUMN tags SET NOT NULL;
ALTER TABLE reid_alerts ALTER COLUMN zip_codes SET NOT NULL;
ALTER TABLE reid_alerts ALTER COLUMN cities SET NOT NULL;
ALTER TABLE reid_alerts ALTER COLUMN states SET NOT NULL;
ALTER TABLE reid_alerts ALTER COLUMN counties SET NOT NULL;
ALTER TABLE reid_alerts ALTER COLUMN neighborhoods SET NOT NULL;
ALTER TABLE reid_alerts ALTER COLUMN msa_codes SET NOT NULL;
ALTER TABLE reid_alerts ALTER COLUMN school_district_codes SET NOT NULL;
ALTER TABLE reid_alerts ALTER COLUMN delivery_channels SET NOT NULL;
ALTER TABLE reid_alerts ALTER COLUMN email_addresses SET NOT NULL;
ALTER TABLE reid_alerts ALTER COLUMN tags SET NOT NULL;
ALTER TABLE reid_reports ALTER COLUMN zip_codes SET NOT NULL;
ALTER TABLE reid_reports ALTER COLUMN cities SET NOT NULL;
ALTER TABLE reid_reports ALTER COLUMN states SET NOT NULL;
ALTER TABLE reid_reports ALTER COLUMN counties SET NOT NULL;
ALTER TABLE reid_reports ALTER COLUMN neighborhoods SET NOT NULL;
ALTER TABLE reid_reports ALTER COLUMN msa_codes SET NOT NULL;
ALTER TABLE reid_reports ALTER COLUMN school_district_codes SET NOT NULL;
ALTER TABLE reid_reports ALTER COLUMN shared_with_user_ids SET NOT NULL;
ALTER TABLE reid_reports ALTER COLUMN tags SET NOT NULL;
ALTER TABLE reid_ai_profiles ALTER COLUMN data_sources SET NOT NULL;
ALTER TABLE reid_ai_profiles ALTER COLUMN tags SET NOT NULL;
-- Checks

ALTER TABLE campaigns ADD CONSTRAINT campaigns_name_check CHECK (char_length(name) BETWEEN 1 AND 200);
ALTER TABLE campaigns ADD CONSTRAINT campaigns_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length(slug) <= 255);
ALTER TABLE campaigns ADD CONSTRAINT campaigns_goals_check CHECK (jsonb_typeof(goals) = 'object');
ALTER TABLE campaigns ADD CONSTRAINT campaigns_budget_check CHECK (budget >= 0);
ALTER TABLE campaigns ADD CONSTRAINT campaigns_budget_spent_check CHECK (budget_spent >= 0);
ALTER TABLE campaigns ADD CONSTRAINT campaigns_attributed_revenue_check CHECK (attributed_revenue >= 0);
ALTER TABLE campaigns ADD CONSTRAINT campaigns_currency_check CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE campaigns ADD CONSTRAINT campaigns_conversions_check CHECK (conversions >= 0);
ALTER TABLE campaigns ADD CONSTRAINT campaigns_metrics_check CHECK (jsonb_typeof(metrics) = 'object');
ALTER TABLE campaigns ADD CONSTRAINT campaigns_date_order_rule CHECK (end_date > start_date);
ALTER TABLE campaigns ADD CONSTRAINT campaigns_scheduled_has_start_rule CHECK (status <> 'SCHEDULED' OR start_date IS NOT NULL);
ALTER TABLE campaigns ADD CONSTRAINT campaigns_metrics_pair_rule CHECK ((metrics IS NULL) = (metrics_at IS NULL));
ALTER TABLE campaigns ADD CONSTRAINT campaigns_archived_is_over_rule CHECK (archived_at IS NULL OR status IN ('DRAFT', 'COMPLETED', 'CANCELLED'));
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_name_check CHECK (char_length(name) BETWEEN 1 AND 200);
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_subject_check CHECK (char_length(subject) <= 255);
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_preview_text_check CHECK (char_length(preview_text) <= 255);
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_from_name_check CHECK (char_length(from_name) BETWEEN 1 AND 100);
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_from_email_check CHECK (from_email = lower(from_email) AND char_length(from_email) BETWEEN 3 AND 320 AND from_email LIKE '%_@_%');
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_reply_to_check CHECK (reply_to = lower(reply_to) AND char_length(reply_to) BETWEEN 3 AND 320 AND reply_to LIKE '%_@_%');
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_recipient_count_check CHECK (recipient_count >= 0);
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_total_sent_check CHECK (total_sent >= 0);
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_total_delivered_check CHECK (total_delivered >= 0);
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_total_opened_check CHECK (total_opened >= 0);
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_total_clicked_check CHECK (total_clicked >= 0);
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_total_bounced_check CHECK (total_bounced >= 0);
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_total_unsubscribed_check CHECK (total_unsubscribed >= 0);
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_total_failed_check CHECK (total_failed >= 0);
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_ab_test_config_check CHECK (jsonb_typeof(ab_test_config) = 'object');
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_last_error_check CHECK (char_length(last_error) <= 1000);
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_sendable_rule CHECK (status IN ('DRAFT', 'CANCELLED') OR (char_length(subject) > 0 AND char_length(body_html) > 0 AND cardinality(recipient_lists) > 0));
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_scheduled_rule CHECK (status <> 'SCHEDULED' OR scheduled_at IS NOT NULL);
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_started_rule CHECK (status NOT IN ('SENDING', 'PAUSED', 'SENT') OR started_at IS NOT NULL);
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_sent_rule CHECK ((status = 'SENT') = (sent_at IS NOT NULL));
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_failed_has_error_rule CHECK (status <> 'FAILED' OR last_error IS NOT NULL);
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_sent_within_recipients_rule CHECK (total_sent + total_failed <= recipient_count);
ALTER TABLE email_campaigns ADD CONSTRAINT email_campaigns_ab_config_rule CHECK (is_ab_test = (ab_test_config IS NOT NULL));
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_title_check CHECK (char_length(title) <= 200);
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_post_text_check CHECK (char_length(post_text) <= 10000);
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_platform_config_check CHECK (jsonb_typeof(platform_config) = 'object');
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_media_check CHECK (jsonb_typeof(media) = 'array');
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_link_url_check CHECK (link_url ~ '^https?://' AND char_length(link_url) <= 500);
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_link_preview_check CHECK (jsonb_typeof(link_preview) = 'object');
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_publish_attempts_check CHECK (publish_attempts >= 0);
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_last_error_check CHECK (char_length(last_error) <= 1000);
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_external_post_id_check CHECK (char_length(external_post_id) BETWEEN 1 AND 255);
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_external_url_check CHECK (external_url ~ '^https?://' AND char_length(external_url) <= 500);
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_impressions_check CHECK (impressions >= 0);
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_reach_check CHECK (reach >= 0);
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_likes_check CHECK (likes >= 0);
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_comments_check CHECK (comments >= 0);
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_shares_check CHECK (shares >= 0);
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_clicks_check CHECK (clicks >= 0);
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_publishable_rule CHECK (status IN ('DRAFT', 'CANCELLED') OR char_length(post_text) > 0 OR jsonb_array_length(media) > 0);
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_scheduled_rule CHECK (status <> 'SCHEDULED' OR scheduled_at IS NOT NULL);
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_publishing_rule CHECK (status <> 'PUBLISHING' OR publishing_at IS NOT NULL);
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_published_rule CHECK ((status = 'PUBLISHED') = (published_at IS NOT NULL));
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_external_when_published_rule CHECK (external_post_id IS NULL OR status = 'PUBLISHED');
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_failed_has_error_rule CHECK (status <> 'FAILED' OR last_error IS NOT NULL);
ALTER TABLE social_media_posts ADD CONSTRAINT social_media_posts_carousel_has_media_rule CHECK (format <> 'CAROUSEL' OR status = 'DRAFT' OR jsonb_array_length(media) >= 2);
ALTER TABLE campaign_content ADD CONSTRAINT campaign_content_position_check CHECK (position >= 0);
ALTER TABLE expense_categories ADD CONSTRAINT expense_categories_name_check CHECK (char_length(name) BETWEEN 1 AND 100);
ALTER TABLE expense_categories ADD CONSTRAINT expense_categories_code_check CHECK (char_length(code) BETWEEN 1 AND 50);
ALTER TABLE expense_categories ADD CONSTRAINT expense_categories_schedule_c_line_check CHECK (char_length(schedule_c_line) BETWEEN 1 AND 5);
ALTER TABLE expense_categories ADD CONSTRAINT expense_categories_schedule_e_line_check CHECK (char_length(schedule_e_line) BETWEEN 1 AND 5);
ALTER TABLE expense_categories ADD CONSTRAINT expense_categories_deduction_limit_percent_check CHECK (deduction_limit_percent BETWEEN 0 AND 100);
ALTER TABLE expense_categories ADD CONSTRAINT expense_categories_color_check CHECK (char_length(color) BETWEEN 7 AND 7);
ALTER TABLE expense_categories ADD CONSTRAINT expense_categories_icon_check CHECK (char_length(icon) BETWEEN 1 AND 50);
ALTER TABLE expense_categories ADD CONSTRAINT expense_categories_quickbooks_id_check CHECK (char_length(quickbooks_id) BETWEEN 1 AND 100);
ALTER TABLE expense_categories ADD CONSTRAINT expense_categories_code_format_rule CHECK (code ~ '^[A-Z][A-Z0-9_]*$');
ALTER TABLE expense_categories ADD CONSTRAINT expense_categories_color_format_rule CHECK (color ~* '^#[0-9a-f]{6}$');
ALTER TABLE expense_categories ADD CONSTRAINT expense_categories_synced_pair_rule CHECK (quickbooks_id IS NOT NULL OR quickbooks_synced_at IS NULL);
ALTER TABLE expenses ADD CONSTRAINT expenses_merchant_check CHECK (char_length(merchant) BETWEEN 1 AND 255);
ALTER TABLE expenses ADD CONSTRAINT expenses_amount_check CHECK (amount > 0);
ALTER TABLE expenses ADD CONSTRAINT expenses_currency_check CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE expenses ADD CONSTRAINT expenses_deduction_percent_check CHECK (deduction_percent BETWEEN 0 AND 100);
ALTER TABLE expenses ADD CONSTRAINT expenses_tax_year_check CHECK (tax_year BETWEEN 2000 AND 2200);
ALTER TABLE expenses ADD CONSTRAINT expenses_mileage_start_check CHECK (char_length(mileage_start) BETWEEN 1 AND 255);
ALTER TABLE expenses ADD CONSTRAINT expenses_mileage_end_check CHECK (char_length(mileage_end) BETWEEN 1 AND 255);
ALTER TABLE expenses ADD CONSTRAINT expenses_mileage_distance_check CHECK (mileage_distance > 0);
ALTER TABLE expenses ADD CONSTRAINT expenses_mileage_rate_check CHECK (mileage_rate > 0);
ALTER TABLE expenses ADD CONSTRAINT expenses_mileage_purpose_check CHECK (char_length(mileage_purpose) BETWEEN 1 AND 500);
ALTER TABLE expenses ADD CONSTRAINT expenses_rejection_reason_check CHECK (char_length(rejection_reason) BETWEEN 1 AND 500);
ALTER TABLE expenses ADD CONSTRAINT expenses_quickbooks_id_check CHECK (char_length(quickbooks_id) BETWEEN 1 AND 100);
ALTER TABLE expenses ADD CONSTRAINT expenses_deductible_percent_rule CHECK (is_deductible = (deduction_percent > 0));
ALTER TABLE expenses ADD CONSTRAINT expenses_tax_year_near_date_rule CHECK (abs(extract(year FROM date) - tax_year) <= 1);
ALTER TABLE expenses ADD CONSTRAINT expenses_mileage_is_whole_rule CHECK (num_nulls(mileage_start, mileage_end, mileage_distance, mileage_rate, mileage_purpose) IN (0, 5));
ALTER TABLE expenses ADD CONSTRAINT expenses_mileage_amount_rule CHECK (amount = round(mileage_distance * mileage_rate, 2));
ALTER TABLE expenses ADD CONSTRAINT expenses_approved_rule CHECK ((status = 'APPROVED') = (approved_by_id IS NOT NULL AND approved_at IS NOT NULL));
ALTER TABLE expenses ADD CONSTRAINT expenses_rejected_rule CHECK ((status = 'REJECTED') = (rejection_reason IS NOT NULL));
ALTER TABLE expenses ADD CONSTRAINT expenses_synced_pair_rule CHECK (quickbooks_id IS NOT NULL OR quickbooks_synced_at IS NULL);
ALTER TABLE receipts ADD CONSTRAINT receipts_position_check CHECK (position BETWEEN 1 AND 5);
ALTER TABLE receipts ADD CONSTRAINT receipts_file_name_check CHECK (char_length(file_name) BETWEEN 1 AND 255);
ALTER TABLE receipts ADD CONSTRAINT receipts_storage_key_check CHECK (starts_with(storage_key, organization_id::text || '/') AND char_length(storage_key) <= 500);
ALTER TABLE receipts ADD CONSTRAINT receipts_file_type_check CHECK (char_length(file_type) BETWEEN 1 AND 50);
ALTER TABLE receipts ADD CONSTRAINT receipts_file_size_bytes_check CHECK (file_size_bytes BETWEEN 1 AND 10485760);
ALTER TABLE receipts ADD CONSTRAINT receipts_content_sha256_check CHECK (octet_length(content_sha256) = 32);
ALTER TABLE receipts ADD CONSTRAINT receipts_ocr_confidence_check CHECK (ocr_confidence BETWEEN 0 AND 1);
ALTER TABLE receipts ADD CONSTRAINT receipts_ocr_metadata_check CHECK (jsonb_typeof(ocr_metadata) = 'object');
ALTER TABLE receipts ADD CONSTRAINT receipts_merchant_name_check CHECK (char_length(merchant_name) BETWEEN 1 AND 255);
ALTER TABLE receipts ADD CONSTRAINT receipts_receipt_total_check CHECK (receipt_total >= 0);
ALTER TABLE receipts ADD CONSTRAINT receipts_currency_check CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE receipts ADD CONSTRAINT receipts_file_type_allowed_rule CHECK (file_type IN ('image/jpeg', 'image/png', 'image/webp', 'application/pdf'));
ALTER TABLE receipts ADD CONSTRAINT receipts_verified_rule CHECK (is_verified = (verified_at IS NOT NULL AND verified_by_id IS NOT NULL));
ALTER TABLE receipts ADD CONSTRAINT receipts_ocr_has_time_rule CHECK (ocr_text IS NULL OR ocr_processed_at IS NOT NULL);
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_tax_year_check CHECK (tax_year BETWEEN 2000 AND 2200);
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_quarter_check CHECK (quarter BETWEEN 1 AND 4);
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_currency_check CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_total_income_check CHECK (total_income >= 0);
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_total_expenses_check CHECK (total_expenses >= 0);
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_total_deductions_check CHECK (total_deductions >= 0);
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_estimated_tax_rate_check CHECK (estimated_tax_rate BETWEEN 0 AND 1);
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_state_code_check CHECK (app.is_state_code(state_code));
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_federal_tax_estimated_check CHECK (federal_tax_estimated >= 0);
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_state_tax_estimated_check CHECK (state_tax_estimated >= 0);
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_self_employment_tax_check CHECK (self_employment_tax >= 0);
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_total_tax_estimated_check CHECK (total_tax_estimated >= 0);
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_amount_paid_check CHECK (amount_paid >= 0);
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_assumptions_check CHECK (jsonb_typeof(assumptions) = 'object');
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_quickbooks_id_check CHECK (char_length(quickbooks_id) BETWEEN 1 AND 100);
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_period_order_rule CHECK (period_end > period_start);
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_period_in_year_rule CHECK (extract(year FROM period_start) BETWEEN tax_year - 1 AND tax_year + 1);
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_net_is_difference_rule CHECK (net_income = total_income - total_deductions);
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_total_is_sum_rule CHECK (total_tax_estimated = federal_tax_estimated + state_tax_estimated + self_employment_tax);
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_paid_rule CHECK (payment_status <> 'SUCCEEDED' OR (amount_paid >= total_tax_estimated AND paid_at IS NOT NULL));
ALTER TABLE tax_estimates ADD CONSTRAINT tax_estimates_synced_pair_rule CHECK (quickbooks_id IS NOT NULL OR quickbooks_synced_at IS NULL);
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_name_check CHECK (char_length(name) BETWEEN 1 AND 200);
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_tax_year_check CHECK (tax_year BETWEEN 2000 AND 2200);
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_file_key_check CHECK (starts_with(file_key, organization_id::text || '/') AND char_length(file_key) <= 500);
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_file_size_bytes_check CHECK (file_size_bytes > 0);
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_currency_check CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_total_income_check CHECK (total_income >= 0);
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_total_expenses_check CHECK (total_expenses >= 0);
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_total_deductions_check CHECK (total_deductions >= 0);
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_categories_count_check CHECK (categories_count >= 0);
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_expenses_count_check CHECK (expenses_count >= 0);
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_generation_time_ms_check CHECK (generation_time_ms >= 0);
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_template_version_check CHECK (char_length(template_version) BETWEEN 1 AND 20);
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_error_check CHECK (char_length(error) <= 1000);
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_quickbooks_id_check CHECK (char_length(quickbooks_id) BETWEEN 1 AND 100);
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_period_is_whole_rule CHECK ((period_start IS NULL) = (period_end IS NULL));
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_period_order_rule CHECK (period_end >= period_start);
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_custom_has_period_rule CHECK (template_type <> 'CUSTOM' OR period_start IS NOT NULL);
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_completed_rule CHECK (status <> 'COMPLETED' OR (file_key IS NOT NULL AND file_format IS NOT NULL AND generated_at IS NOT NULL));
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_failed_rule CHECK ((status = 'FAILED') = (error IS NOT NULL));
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_format_allowed_rule CHECK (file_format <> 'JSON');
ALTER TABLE tax_reports ADD CONSTRAINT tax_reports_synced_pair_rule CHECK (quickbooks_id IS NOT NULL OR quickbooks_synced_at IS NULL);
ALTER TABLE marketplace_tools ADD CONSTRAINT marketplace_tools_name_check CHECK (char_length(name) BETWEEN 1 AND 100);
ALTER TABLE marketplace_tools ADD CONSTRAINT marketplace_tools_description_check CHECK (char_length(description) BETWEEN 1 AND 2000);
ALTER TABLE marketplace_tools ADD CONSTRAINT marketplace_tools_price_amount_check CHECK (price_amount >= 0);
ALTER TABLE marketplace_tools ADD CONSTRAINT marketplace_tools_currency_check CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE marketplace_tools ADD CONSTRAINT marketplace_tools_features_check CHECK (jsonb_typeof(features) = 'array');
ALTER TABLE marketplace_tools ADD CONSTRAINT marketplace_tools_tech_stack_check CHECK (jsonb_typeof(tech_stack) = 'array');
ALTER TABLE marketplace_tools ADD CONSTRAINT marketplace_tools_provider_check CHECK (char_length(provider) BETWEEN 1 AND 100);
ALTER TABLE marketplace_tools ADD CONSTRAINT marketplace_tools_documentation_url_check CHECK (documentation_url ~ '^https?://' AND char_length(documentation_url) <= 500);
ALTER TABLE marketplace_tools ADD CONSTRAINT marketplace_tools_demo_url_check CHECK (demo_url ~ '^https?://' AND char_length(demo_url) <= 500);
ALTER TABLE marketplace_tools ADD CONSTRAINT marketplace_tools_support_url_check CHECK (support_url ~ '^https?://' AND char_length(support_url) <= 500);
ALTER TABLE marketplace_tools ADD CONSTRAINT marketplace_tools_icon_url_check CHECK (icon_url ~ '^https?://' AND char_length(icon_url) <= 500);
ALTER TABLE marketplace_tools ADD CONSTRAINT marketplace_tools_video_url_check CHECK (video_url ~ '^https?://' AND char_length(video_url) <= 500);
ALTER TABLE marketplace_tools ADD CONSTRAINT marketplace_tools_version_check CHECK (char_length(version) BETWEEN 1 AND 20);
ALTER TABLE marketplace_tools ADD CONSTRAINT marketplace_tools_purchase_count_check CHECK (purchase_count >= 0);
ALTER TABLE marketplace_tools ADD CONSTRAINT marketplace_tools_view_count_check CHECK (view_count >= 0);
ALTER TABLE marketplace_tools ADD CONSTRAINT marketplace_tools_review_count_check CHECK (review_count >= 0);
ALTER TABLE marketplace_tools ADD CONSTRAINT marketplace_tools_avg_rating_check CHECK (avg_rating BETWEEN 1 AND 5);
ALTER TABLE marketplace_tools ADD CONSTRAINT marketplace_tools_price_matches_model_rule CHECK (price_model IN ('FREE', 'CUSTOM') AND price_amount = 0 OR price_model NOT IN ('FREE', 'CUSTOM') AND price_amount > 0);
ALTER TABLE marketplace_tools ADD CONSTRAINT marketplace_tools_rating_needs_reviews_rule CHECK ((avg_rating IS NULL) = (review_count = 0));
ALTER TABLE marketplace_bundles ADD CONSTRAINT marketplace_bundles_name_check CHECK (char_length(name) BETWEEN 1 AND 100);
ALTER TABLE marketplace_bundles ADD CONSTRAINT marketplace_bundles_description_check CHECK (char_length(description) BETWEEN 1 AND 2000);
ALTER TABLE marketplace_bundles ADD CONSTRAINT marketplace_bundles_price_amount_check CHECK (price_amount >= 0);
ALTER TABLE marketplace_bundles ADD CONSTRAINT marketplace_bundles_currency_check CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE marketplace_bundles ADD CONSTRAINT marketplace_bundles_discount_percent_check CHECK (discount_percent BETWEEN 0 AND 100);
ALTER TABLE marketplace_bundles ADD CONSTRAINT marketplace_bundles_icon_url_check CHECK (icon_url ~ '^https?://' AND char_length(icon_url) <= 500);
ALTER TABLE marketplace_bundles ADD CONSTRAINT marketplace_bundles_purchase_count_check CHECK (purchase_count >= 0);
ALTER TABLE marketplace_bundles ADD CONSTRAINT marketplace_bundles_view_count_check CHECK (view_count >= 0);
ALTER TABLE marketplace_bundles ADD CONSTRAINT marketplace_bundles_price_matches_model_rule CHECK (price_model IN ('FREE', 'CUSTOM') AND price_amount = 0 OR price_model NOT IN ('FREE', 'CUSTOM') AND price_amount > 0);
ALTER TABLE marketplace_bundles ADD CONSTRAINT marketplace_bundles_draft_is_private_rule CHECK (status <> 'DRAFT' OR published_at IS NULL);
ALTER TABLE marketplace_bundle_items ADD CONSTRAINT marketplace_bundle_items_position_check CHECK (position >= 0);
ALTER TABLE marketplace_purchases ADD CONSTRAINT marketplace_purchases_item_name_check CHECK (char_length(item_name) BETWEEN 1 AND 100);
ALTER TABLE marketplace_purchases ADD CONSTRAINT marketplace_purchases_amount_check CHECK (amount >= 0);
ALTER TABLE marketplace_purchases ADD CONSTRAINT marketplace_purchases_refunded_amount_check CHECK (refunded_amount >= 0);
ALTER TABLE marketplace_purchases ADD CONSTRAINT marketplace_purchases_currency_check CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE marketplace_purchases ADD CONSTRAINT marketplace_purchases_stripe_payment_id_check CHECK (char_length(stripe_payment_id) BETWEEN 1 AND 255);
ALTER TABLE marketplace_purchases ADD CONSTRAINT marketplace_purchases_stripe_invoice_id_check CHECK (char_length(stripe_invoice_id) BETWEEN 1 AND 255);
ALTER TABLE marketplace_purchases ADD CONSTRAINT marketplace_purchases_usage_count_check CHECK (usage_count >= 0);
ALTER TABLE marketplace_purchases ADD CONSTRAINT marketplace_purchases_item_xor_rule CHECK ((tool_id IS NOT NULL AND bundle_id IS NULL AND purchase_type = 'TOOL') OR (bundle_id IS NOT NULL AND tool_id IS NULL AND purchase_type = 'BUNDLE'));
ALTER TABLE marketplace_purchases ADD CONSTRAINT marketplace_purchases_subscription_only_rule CHECK (is_subscription OR (subscription_start IS NULL AND subscription_end IS NULL AND NOT auto_renew));
ALTER TABLE marketplace_purchases ADD CONSTRAINT marketplace_purchases_subscription_order_rule CHECK (subscription_end > subscription_start);
ALTER TABLE marketplace_purchases ADD CONSTRAINT marketplace_purchases_subscription_model_rule CHECK (is_subscription = (price_model IN ('MONTHLY', 'ANNUAL', 'USAGE_BASED')));
ALTER TABLE marketplace_purchases ADD CONSTRAINT marketplace_purchases_active_is_paid_rule CHECK (status <> 'ACTIVE' OR (activated_at IS NOT NULL AND (amount = 0 OR payment_method = 'INVOICE' OR payment_status IN ('SUCCEEDED', 'PARTIALLY_REFUNDED'))));
ALTER TABLE marketplace_purchases ADD CONSTRAINT marketplace_purchases_active_has_period_rule CHECK (status <> 'ACTIVE' OR NOT is_subscription OR subscription_start IS NOT NULL);
ALTER TABLE marketplace_purchases ADD CONSTRAINT marketplace_purchases_cancelled_at_rule CHECK (status <> 'CANCELLED' OR cancelled_at IS NOT NULL);
ALTER TABLE marketplace_purchases ADD CONSTRAINT marketplace_purchases_expired_has_end_rule CHECK (status <> 'EXPIRED' OR subscription_end IS NOT NULL);
ALTER TABLE marketplace_purchases ADD CONSTRAINT marketplace_purchases_refunded_rule CHECK ((status = 'REFUNDED') = (payment_status = 'REFUNDED') AND (status <> 'REFUNDED' OR refunded_at IS NOT NULL));
ALTER TABLE marketplace_purchases ADD CONSTRAINT marketplace_purchases_refund_amount_rule CHECK (CASE payment_status WHEN 'REFUNDED' THEN refunded_amount = amount WHEN 'PARTIALLY_REFUNDED' THEN refunded_amount > 0 AND refunded_amount < amount ELSE refunded_amount = 0 END);
ALTER TABLE marketplace_purchases ADD CONSTRAINT marketplace_purchases_not_own_renewal_rule CHECK (renews_purchase_id <> id);
ALTER TABLE marketplace_cart ADD CONSTRAINT marketplace_cart_quantity_check CHECK (quantity BETWEEN 1 AND 99);
ALTER TABLE marketplace_cart ADD CONSTRAINT marketplace_cart_item_xor_rule CHECK ((tool_id IS NOT NULL AND bundle_id IS NULL AND item_type = 'TOOL') OR (bundle_id IS NOT NULL AND tool_id IS NULL AND item_type = 'BUNDLE'));
ALTER TABLE marketplace_reviews ADD CONSTRAINT marketplace_reviews_rating_check CHECK (rating BETWEEN 1 AND 5);
ALTER TABLE marketplace_reviews ADD CONSTRAINT marketplace_reviews_title_check CHECK (char_length(title) BETWEEN 1 AND 200);
ALTER TABLE marketplace_reviews ADD CONSTRAINT marketplace_reviews_review_check CHECK (char_length(review) BETWEEN 1 AND 5000);
ALTER TABLE marketplace_reviews ADD CONSTRAINT marketplace_reviews_helpful_count_check CHECK (helpful_count >= 0);
ALTER TABLE marketplace_reviews ADD CONSTRAINT marketplace_reviews_flagged_count_check CHECK (flagged_count >= 0);
ALTER TABLE marketplace_reviews ADD CONSTRAINT marketplace_reviews_verified_has_purchase_rule CHECK (verified_purchase = (purchase_id IS NOT NULL));
ALTER TABLE marketplace_reviews ADD CONSTRAINT marketplace_reviews_moderated_rule CHECK (status NOT IN ('APPROVED', 'REJECTED') OR moderated_at IS NOT NULL);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_area_key_check CHECK (char_length(area_key) BETWEEN 1 AND 320);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_zip_code_check CHECK (zip_code ~ '^[0-9]{5}(-[0-9]{4})?$');
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_city_check CHECK (char_length(city) BETWEEN 1 AND 100);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_county_check CHECK (char_length(county) BETWEEN 1 AND 100);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_state_check CHECK (app.is_state_code(state));
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_neighborhood_check CHECK (char_length(neighborhood) BETWEEN 1 AND 200);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_msa_code_check CHECK (char_length(msa_code) BETWEEN 1 AND 10);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_school_district_code_check CHECK (char_length(school_district_code) BETWEEN 1 AND 100);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_median_price_check CHECK (median_price >= 0);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_avg_price_check CHECK (avg_price >= 0);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_min_price_check CHECK (min_price >= 0);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_max_price_check CHECK (max_price >= 0);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_price_per_sqft_check CHECK (price_per_sqft >= 0);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_median_list_price_check CHECK (median_list_price >= 0);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_home_value_index_check CHECK (home_value_index >= 0);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_price_index_check CHECK (price_index >= 0);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_rent_index_check CHECK (rent_index >= 0);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_currency_check CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_price_change_rate_check CHECK (price_change_rate >= -1);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_active_listings_check CHECK (active_listings >= 0);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_new_listings_check CHECK (new_listings >= 0);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_sold_listings_check CHECK (sold_listings >= 0);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_pending_listings_check CHECK (pending_listings >= 0);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_expired_listings_check CHECK (expired_listings >= 0);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_inventory_months_check CHECK (inventory_months >= 0);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_days_on_market_check CHECK (days_on_market >= 0);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_sale_to_list_ratio_check CHECK (sale_to_list_ratio >= 0);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_absorption_ratio_check CHECK (absorption_ratio >= 0);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_turnover_rate_check CHECK (turnover_rate BETWEEN 0 AND 1);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_price_drop_share_check CHECK (price_drop_share BETWEEN 0 AND 1);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_sold_above_list_share_check CHECK (sold_above_list_share BETWEEN 0 AND 1);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_off_market_in_two_weeks_share_check CHECK (off_market_in_two_weeks_share BETWEEN 0 AND 1);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_data_source_check CHECK (char_length(data_source) BETWEEN 1 AND 100);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_external_id_check CHECK (char_length(external_id) BETWEEN 1 AND 255);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_api_response_check CHECK (jsonb_typeof(api_response) IN ('object', 'array'));
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_confidence_score_check CHECK (confidence_score BETWEEN 0 AND 1);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_area_key_matches_rule CHECK (area_key IS NOT DISTINCT FROM CASE area_type WHEN 'ZIP' THEN zip_code WHEN 'CITY' THEN state || ':' || lower(city) WHEN 'COUNTY' THEN state || ':' || lower(county) WHEN 'NEIGHBORHOOD' THEN state || ':' || lower(city) || ':' || lower(neighborhood) WHEN 'MSA' THEN msa_code WHEN 'SCHOOL_DISTRICT' THEN state || ':' || school_district_code WHEN 'STATE' THEN state::text WHEN 'COUNTRY' THEN 'US' END);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_period_start_rule CHECK (CASE period_type WHEN 'WEEKLY' THEN extract(isodow FROM report_date) = 1 WHEN 'MONTHLY' THEN extract(day FROM report_date) = 1 WHEN 'ROLLING_QUARTER' THEN extract(day FROM report_date) = 1 WHEN 'QUARTERLY' THEN extract(day FROM report_date) = 1 AND extract(month FROM report_date) IN (1, 4, 7, 10) WHEN 'YEARLY' THEN extract(doy FROM report_date) = 1 ELSE true END);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_price_order_rule CHECK (min_price <= max_price);
ALTER TABLE reid_market_data ADD CONSTRAINT reid_market_data_median_between_rule CHECK (median_price BETWEEN min_price AND max_price);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_area_key_check CHECK (char_length(area_key) BETWEEN 1 AND 320);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_zip_code_check CHECK (zip_code ~ '^[0-9]{5}(-[0-9]{4})?$');
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_city_check CHECK (char_length(city) BETWEEN 1 AND 100);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_county_check CHECK (char_length(county) BETWEEN 1 AND 100);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_state_check CHECK (app.is_state_code(state));
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_neighborhood_check CHECK (char_length(neighborhood) BETWEEN 1 AND 200);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_msa_code_check CHECK (char_length(msa_code) BETWEEN 1 AND 10);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_school_district_code_check CHECK (char_length(school_district_code) BETWEEN 1 AND 100);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_report_year_check CHECK (report_year BETWEEN 1900 AND 2200);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_total_population_check CHECK (total_population >= 0);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_households_check CHECK (households >= 0);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_labor_force_size_check CHECK (labor_force_size >= 0);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_population_density_check CHECK (population_density >= 0);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_population_growth_rate_check CHECK (population_growth_rate >= -1);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_avg_household_size_check CHECK (avg_household_size >= 0);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_age_distribution_check CHECK (jsonb_typeof(age_distribution) = 'object');
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_income_distribution_check CHECK (jsonb_typeof(income_distribution) = 'object');
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_education_levels_check CHECK (jsonb_typeof(education_levels) = 'object');
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_ethnic_distribution_check CHECK (jsonb_typeof(ethnic_distribution) = 'object');
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_median_age_check CHECK (median_age BETWEEN 0 AND 120);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_median_income_check CHECK (median_income >= 0);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_avg_income_check CHECK (avg_income >= 0);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_median_home_value_check CHECK (median_home_value >= 0);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_median_rent_check CHECK (median_rent >= 0);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_currency_check CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_poverty_rate_check CHECK (poverty_rate BETWEEN 0 AND 1);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_high_school_rate_check CHECK (high_school_rate BETWEEN 0 AND 1);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_college_rate_check CHECK (college_rate BETWEEN 0 AND 1);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_employment_rate_check CHECK (employment_rate BETWEEN 0 AND 1);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_unemployment_rate_check CHECK (unemployment_rate BETWEEN 0 AND 1);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_homeownership_rate_check CHECK (homeownership_rate BETWEEN 0 AND 1);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_renter_rate_check CHECK (renter_rate BETWEEN 0 AND 1);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_top_industries_check CHECK (jsonb_typeof(top_industries) = 'array');
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_diversity_index_check CHECK (diversity_index BETWEEN 0 AND 1);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_data_source_check CHECK (char_length(data_source) BETWEEN 1 AND 100);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_external_id_check CHECK (char_length(external_id) BETWEEN 1 AND 255);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_api_response_check CHECK (jsonb_typeof(api_response) IN ('object', 'array'));
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_confidence_score_check CHECK (confidence_score BETWEEN 0 AND 1);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_area_key_matches_rule CHECK (area_key IS NOT DISTINCT FROM CASE area_type WHEN 'ZIP' THEN zip_code WHEN 'CITY' THEN state || ':' || lower(city) WHEN 'COUNTY' THEN state || ':' || lower(county) WHEN 'NEIGHBORHOOD' THEN state || ':' || lower(city) || ':' || lower(neighborhood) WHEN 'MSA' THEN msa_code WHEN 'SCHOOL_DISTRICT' THEN state || ':' || school_district_code WHEN 'STATE' THEN state::text WHEN 'COUNTRY' THEN 'US' END);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_tenure_sum_rule CHECK (homeownership_rate + renter_rate <= 1.01);
ALTER TABLE reid_demographics ADD CONSTRAINT reid_demographics_top_five_rule CHECK (jsonb_array_length(top_industries) <= 5);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_name_check CHECK (char_length(name) BETWEEN 1 AND 200);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_district_name_check CHECK (char_length(district_name) BETWEEN 1 AND 200);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_district_code_check CHECK (char_length(district_code) BETWEEN 1 AND 100);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_address_check CHECK (char_length(address) BETWEEN 1 AND 500);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_city_check CHECK (char_length(city) BETWEEN 1 AND 100);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_state_check CHECK (app.is_state_code(state));
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_zip_code_check CHECK (zip_code ~ '^[0-9]{5}(-[0-9]{4})?$');
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_county_check CHECK (char_length(county) BETWEEN 1 AND 100);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_latitude_check CHECK (latitude BETWEEN -90 AND 90);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_longitude_check CHECK (longitude BETWEEN -180 AND 180);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_rating_overall_check CHECK (rating_overall BETWEEN 1 AND 10);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_rating_source_check CHECK (char_length(rating_source) BETWEEN 1 AND 100);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_rating_history_check CHECK (jsonb_typeof(rating_history) = 'array');
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_test_scores_check CHECK (jsonb_typeof(test_scores) = 'object');
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_state_ranking_check CHECK (state_ranking >= 1);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_national_ranking_check CHECK (national_ranking >= 1);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_total_students_check CHECK (total_students >= 0);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_student_teacher_ratio_check CHECK (student_teacher_ratio >= 0);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_diversity_score_check CHECK (diversity_score BETWEEN 0 AND 100);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_low_income_rate_check CHECK (low_income_rate BETWEEN 0 AND 1);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_graduation_rate_check CHECK (graduation_rate BETWEEN 0 AND 1);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_college_readiness_rate_check CHECK (college_readiness_rate BETWEEN 0 AND 1);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_extracurriculars_check CHECK (jsonb_typeof(extracurriculars) = 'array');
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_boundary_geojson_check CHECK (jsonb_typeof(boundary_geojson) = 'object');
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_serves_grades_check CHECK (char_length(serves_grades) BETWEEN 1 AND 50);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_nces_id_check CHECK (char_length(nces_id) BETWEEN 1 AND 50);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_data_source_check CHECK (char_length(data_source) BETWEEN 1 AND 100);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_external_id_check CHECK (char_length(external_id) BETWEEN 1 AND 255);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_api_response_check CHECK (jsonb_typeof(api_response) IN ('object', 'array'));
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_confidence_score_check CHECK (confidence_score BETWEEN 0 AND 1);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_point_is_whole_rule CHECK ((latitude IS NULL) = (longitude IS NULL));
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_rating_has_source_rule CHECK (rating_overall IS NULL OR rating_source IS NOT NULL);
ALTER TABLE reid_schools ADD CONSTRAINT reid_schools_boundary_type_rule CHECK (boundary_geojson IS NULL OR boundary_geojson->>'type' IN ('Polygon', 'MultiPolygon'));
ALTER TABLE reid_roi_simulations ADD CONSTRAINT reid_roi_simulations_name_check CHECK (char_length(name) BETWEEN 1 AND 200);
ALTER TABLE reid_roi_simulations ADD CONSTRAINT reid_roi_simulations_property_address_check CHECK (char_length(property_address) BETWEEN 1 AND 500);
ALTER TABLE reid_roi_simulations ADD CONSTRAINT reid_roi_simulations_zip_code_check CHECK (zip_code ~ '^[0-9]{5}(-[0-9]{4})?$');
ALTER TABLE reid_roi_simulations ADD CONSTRAINT reid_roi_simulations_city_check CHECK (char_length(city) BETWEEN 1 AND 100);
ALTER TABLE reid_roi_simulations ADD CONSTRAINT reid_roi_simulations_state_check CHECK (app.is_state_code(state));
ALTER TABLE reid_roi_simulations ADD CONSTRAINT reid_roi_simulations_inputs_check CHECK (jsonb_typeof(inputs) = 'object');
ALTER TABLE reid_roi_simulations ADD CONSTRAINT reid_roi_simulations_results_check CHECK (jsonb_typeof(results) = 'object');
ALTER TABLE reid_roi_simulations ADD CONSTRAINT reid_roi_simulations_purchase_price_check CHECK (purchase_price >= 0);
ALTER TABLE reid_roi_simulations ADD CONSTRAINT reid_roi_simulations_currency_check CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE reid_roi_simulations ADD CONSTRAINT reid_roi_simulations_template_category_check CHECK (char_length(template_category) BETWEEN 1 AND 100);
ALTER TABLE reid_roi_simulations ADD CONSTRAINT reid_roi_simulations_calculation_version_check CHECK (char_length(calculation_version) BETWEEN 1 AND 20);
ALTER TABLE reid_roi_simulations ADD CONSTRAINT reid_roi_simulations_results_present_rule CHECK (is_template OR (results IS NOT NULL AND calculated_at IS NOT NULL));
ALTER TABLE reid_roi_simulations ADD CONSTRAINT reid_roi_simulations_template_category_rule CHECK (template_category IS NULL OR is_template);
ALTER TABLE reid_roi_simulations ADD CONSTRAINT reid_roi_simulations_not_own_parent_rule CHECK (parent_simulation_id <> id);
ALTER TABLE reid_alerts ADD CONSTRAINT reid_alerts_name_check CHECK (char_length(name) BETWEEN 1 AND 200);
ALTER TABLE reid_alerts ADD CONSTRAINT reid_alerts_disabled_reason_check CHECK (char_length(disabled_reason) BETWEEN 1 AND 200);
ALTER TABLE reid_alerts ADD CONSTRAINT reid_alerts_conditions_check CHECK (jsonb_typeof(conditions) = 'object');
ALTER TABLE reid_alerts ADD CONSTRAINT reid_alerts_auto_disable_after_days_check CHECK (auto_disable_after_days > 0);
ALTER TABLE reid_alerts ADD CONSTRAINT reid_alerts_max_triggers_per_day_check CHECK (max_triggers_per_day > 0);
ALTER TABLE reid_alerts ADD CONSTRAINT reid_alerts_webhook_url_check CHECK (webhook_url ~ '^https?://' AND char_length(webhook_url) <= 500);
ALTER TABLE reid_alerts ADD CONSTRAINT reid_alerts_notification_template_check CHECK (char_length(notification_template) <= 4000);
ALTER TABLE reid_alerts ADD CONSTRAINT reid_alerts_trigger_count_check CHECK (trigger_count >= 0);
ALTER TABLE reid_alerts ADD CONSTRAINT reid_alerts_day_trigger_count_check CHECK (day_trigger_count >= 0);
ALTER TABLE reid_alerts ADD CONSTRAINT reid_alerts_has_channel_rule CHECK (cardinality(delivery_channels) > 0);
ALTER TABLE reid_alerts ADD CONSTRAINT reid_alerts_webhook_has_url_rule CHECK (NOT ('WEBHOOK' = ANY (delivery_channels)) OR webhook_url IS NOT NULL);
ALTER TABLE reid_alerts ADD CONSTRAINT reid_alerts_webhook_is_https_rule CHECK (webhook_url LIKE 'https://%');
ALTER TABLE reid_alerts ADD CONSTRAINT reid_alerts_email_limit_rule CHECK (cardinality(email_addresses) <= 20);
ALTER TABLE reid_alerts ADD CONSTRAINT reid_alerts_triggered_rule CHECK ((trigger_count = 0) = (last_triggered_at IS NULL));
ALTER TABLE reid_alerts ADD CONSTRAINT reid_alerts_day_limit_rule CHECK (max_triggers_per_day IS NULL OR day_trigger_count <= max_triggers_per_day);
ALTER TABLE reid_alerts ADD CONSTRAINT reid_alerts_has_area_rule CHECK (area_type IS NOT DISTINCT FROM 'COUNTRY' OR cardinality(zip_codes || cities || states || counties || neighborhoods || msa_codes || school_district_codes) > 0);
ALTER TABLE reid_reports ADD CONSTRAINT reid_reports_name_check CHECK (char_length(name) BETWEEN 1 AND 200);
ALTER TABLE reid_reports ADD CONSTRAINT reid_reports_configuration_check CHECK (jsonb_typeof(configuration) = 'object');
ALTER TABLE reid_reports ADD CONSTRAINT reid_reports_data_check CHECK (jsonb_typeof(data) = 'object');
ALTER TABLE reid_reports ADD CONSTRAINT reid_reports_insights_check CHECK (jsonb_typeof(insights) = 'object');
ALTER TABLE reid_reports ADD CONSTRAINT reid_reports_file_path_check CHECK (starts_with(file_path, organization_id::text || '/') AND char_length(file_path) <= 500);
ALTER TABLE reid_reports ADD CONSTRAINT reid_reports_file_size_check CHECK (file_size > 0);
ALTER TABLE reid_reports ADD CONSTRAINT reid_reports_share_token_hash_check CHECK (octet_length(share_token_hash) = 32);
ALTER TABLE reid_reports ADD CONSTRAINT reid_reports_schedule_check CHECK (jsonb_typeof(schedule) = 'object');
ALTER TABLE reid_reports ADD CONSTRAINT reid_reports_view_count_check CHECK (view_count >= 0);
ALTER TABLE reid_reports ADD CONSTRAINT reid_reports_download_count_check CHECK (download_count >= 0);
ALTER TABLE reid_reports ADD CONSTRAINT reid_reports_generation_error_check CHECK (char_length(generation_error) <= 1000);
ALTER TABLE reid_reports ADD CONSTRAINT reid_reports_range_order_rule CHECK (date_range_end >= date_range_start);
ALTER TABLE reid_reports ADD CONSTRAINT reid_reports_public_has_token_rule CHECK (is_public = (share_token_hash IS NOT NULL));
ALTER TABLE reid_reports ADD CONSTRAINT reid_reports_schedule_has_next_run_rule CHECK ((schedule IS NULL) = (next_run_at IS NULL));
ALTER TABLE reid_reports ADD CONSTRAINT reid_reports_schedule_on_template_rule CHECK (schedule IS NULL OR is_template);
ALTER TABLE reid_reports ADD CONSTRAINT reid_reports_file_is_whole_rule CHECK (num_nulls(file_path, file_size, file_format) IN (0, 3));
ALTER TABLE reid_reports ADD CONSTRAINT reid_reports_published_rule CHECK (status <> 'PUBLISHED' OR generated_at IS NOT NULL);
ALTER TABLE reid_reports ADD CONSTRAINT reid_reports_not_own_template_rule CHECK (template_id <> id);
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_target_type_check CHECK (char_length(target_type) BETWEEN 1 AND 50);
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_address_check CHECK (char_length(address) BETWEEN 1 AND 500);
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_zip_code_check CHECK (zip_code ~ '^[0-9]{5}(-[0-9]{4})?$');
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_city_check CHECK (char_length(city) BETWEEN 1 AND 100);
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_county_check CHECK (char_length(county) BETWEEN 1 AND 100);
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_state_check CHECK (app.is_state_code(state));
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_neighborhood_check CHECK (char_length(neighborhood) BETWEEN 1 AND 200);
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_latitude_check CHECK (latitude BETWEEN -90 AND 90);
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_longitude_check CHECK (longitude BETWEEN -180 AND 180);
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_strengths_check CHECK (jsonb_typeof(strengths) = 'array');
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_weaknesses_check CHECK (jsonb_typeof(weaknesses) = 'array');
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_opportunities_check CHECK (jsonb_typeof(opportunities) = 'array');
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_overall_score_check CHECK (overall_score BETWEEN 0 AND 100);
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_investment_score_check CHECK (investment_score BETWEEN 0 AND 100);
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_lifestyle_score_check CHECK (lifestyle_score BETWEEN 0 AND 100);
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_growth_potential_check CHECK (growth_potential BETWEEN 0 AND 100);
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_risk_score_check CHECK (risk_score BETWEEN 0 AND 100);
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_metrics_check CHECK (jsonb_typeof(metrics) = 'object');
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_recommendations_check CHECK (jsonb_typeof(recommendations) = 'object');
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_model_version_check CHECK (char_length(model_version) BETWEEN 1 AND 50);
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_confidence_score_check CHECK (confidence_score BETWEEN 0 AND 1);
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_view_count_check CHECK (view_count >= 0);
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_target_present_rule CHECK (CASE profile_type WHEN 'PROPERTY' THEN address IS NOT NULL WHEN 'NEIGHBORHOOD' THEN num_nulls(neighborhood, city, state) = 0 ELSE true END);
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_point_is_whole_rule CHECK ((latitude IS NULL) = (longitude IS NULL));
ALTER TABLE reid_ai_profiles ADD CONSTRAINT reid_ai_profiles_verified_rule CHECK (is_verified = (verified_at IS NOT NULL AND verified_by_id IS NOT NULL));
-- Indexes that Prisma cannot express

-- campaigns to start
CREATE INDEX campaigns_start_date_partial_idx ON campaigns (organization_id, start_date) WHERE status = 'SCHEDULED';
-- due to be sent
CREATE INDEX email_campaigns_scheduled_at_partial_idx ON email_campaigns (organization_id, scheduled_at) WHERE status = 'SCHEDULED';
-- sends in progress, stuck sends
CREATE INDEX email_campaigns_started_at_partial_idx ON email_campaigns (organization_id, started_at) WHERE status = 'SENDING';
-- due to be published
CREATE INDEX social_media_posts_scheduled_at_partial_idx ON social_media_posts (organization_id, scheduled_at) WHERE status = 'SCHEDULED';
-- stuck publications
CREATE INDEX social_media_posts_publishing_at_partial_idx ON social_media_posts (organization_id, publishing_at) WHERE status = 'PUBLISHING';
-- one primary content per campaign
CREATE UNIQUE INDEX campaign_content_campaign_id_partial_key ON campaign_content (organization_id, campaign_id) WHERE is_primary;
-- approval queue
CREATE INDEX expenses_date_partial_idx ON expenses (organization_id, date) WHERE status IN ('PENDING', 'NEEDS_REVIEW');
-- receipts to read
CREATE INDEX receipts_created_at_partial_idx ON receipts (organization_id, created_at) WHERE ocr_processed_at IS NULL;
-- one current estimate per person, year and quarter
CREATE UNIQUE INDEX tax_estimates_user_id_tax_year_quarter_partial_key ON tax_estimates (organization_id, user_id, tax_year, quarter) NULLS NOT DISTINCT WHERE superseded_at IS NULL;
-- external id of the current estimate
CREATE UNIQUE INDEX tax_estimates_quickbooks_id_partial_key ON tax_estimates (organization_id, quickbooks_id) WHERE superseded_at IS NULL;
-- payments due, reminders
CREATE INDEX tax_estimates_payment_due_date_partial_idx ON tax_estimates (organization_id, payment_due_date) WHERE payment_status <> 'SUCCEEDED' AND superseded_at IS NULL;
-- jobs to run or time out
CREATE INDEX tax_reports_created_at_partial_idx ON tax_reports (organization_id, created_at) WHERE status = 'GENERATING';
-- public pages by popularity
CREATE INDEX marketplace_tools_purchase_count_partial_idx ON marketplace_tools (purchase_count) WHERE published_at IS NOT NULL;
-- best rated
CREATE INDEX marketplace_tools_avg_rating_partial_idx ON marketplace_tools (avg_rating) WHERE published_at IS NOT NULL;
-- bundles by popularity
CREATE INDEX marketplace_bundles_purchase_count_partial_idx ON marketplace_bundles (purchase_count) WHERE published_at IS NOT NULL;
-- a payment buys an item once
CREATE UNIQUE INDEX marketplace_purchases_stripe_payment_item_partial_key ON marketplace_purchases (organization_id, stripe_payment_id, tool_id, bundle_id) NULLS NOT DISTINCT WHERE stripe_payment_id IS NOT NULL;
-- no tool is bought twice
CREATE UNIQUE INDEX marketplace_purchases_tool_id_partial_key ON marketplace_purchases (organization_id, tool_id) WHERE status = 'ACTIVE' AND tool_id IS NOT NULL;
-- no bundle is bought twice
CREATE UNIQUE INDEX marketplace_purchases_bundle_id_partial_key ON marketplace_purchases (organization_id, bundle_id) WHERE status = 'ACTIVE' AND bundle_id IS NOT NULL;
-- renewals and expiries due
CREATE INDEX marketplace_purchases_subscription_end_partial_idx ON marketplace_purchases (organization_id, subscription_end) WHERE status = 'ACTIVE' AND is_subscription;
-- payments to follow up
CREATE INDEX marketplace_purchases_purchase_date_partial_idx ON marketplace_purchases (organization_id, purchase_date) WHERE payment_status IN ('PENDING', 'PROCESSING', 'REQUIRES_ACTION');
-- moderation queue of the platform
CREATE INDEX marketplace_reviews_created_at_partial_idx ON marketplace_reviews (created_at) WHERE status IN ('PENDING', 'FLAGGED');
-- template picker
CREATE INDEX reid_roi_simulations_template_category_partial_idx ON reid_roi_simulations (organization_id, template_category) WHERE is_template;
-- alerts due or to test when data arrives; count against the tier limit
CREATE INDEX reid_alerts_next_evaluation_at_partial_idx ON reid_alerts (organization_id, next_evaluation_at) WHERE is_active;
-- scheduled reports due
CREATE INDEX reid_reports_next_run_at_partial_idx ON reid_reports (organization_id, next_run_at) WHERE next_run_at IS NOT NULL;
-- Functions

GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Gives an organization the 13 system categories that it lacks, and returns how many were added; the application can
-- do so for the current organization only (else 42501). Lines of Schedule C and E stay null: they are the
-- organization's overrides, while app.schedule_lines() knows the line of a system category in each tax year.
--
-- Repeating it adds nothing and changes nothing that the organization has edited (names, limits, is_active). Two at
-- once: the second waits for the first, then adds nothing. One INSERT, so there is no half. An organization that does
-- not exist raises 23503.
CREATE OR REPLACE FUNCTION app.seed_organization(organization uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  added integer;
BEGIN
  -- A new organization is nobody's context yet, and has no members. pg_trigger_depth() would not tell: a caller may own
  -- a trigger.
  IF NOT app.called_by_platform() AND organization IS DISTINCT FROM app.current_organization_id()
    AND NOT EXISTS (
      SELECT FROM public.organizations AS tenant
      WHERE tenant.id = organization AND tenant.created_at = now()
        AND NOT EXISTS (SELECT FROM public.organization_members AS member WHERE member.organization_id = tenant.id))
  THEN
    RAISE EXCEPTION 'Only the current organization can be given its categories' USING ERRCODE = '42501';
  END IF;

  INSERT INTO public.expense_categories (
    organization_id, code, name, default_deductible, deduction_limit_percent, color, icon, is_system)
  SELECT organization, category.code, category.name, category.code <> 'OTHER', category.percent_limit,
    category.color, category.icon, true
  FROM (VALUES
    ('COMMISSION', 'Commission', 100, '#3B82F6', 'DollarSign'),
    ('TRAVEL', 'Travel', 100, '#10B981', 'Plane'),
    ('MARKETING', 'Marketing', 100, '#EC4899', 'Megaphone'),
    ('OFFICE', 'Office', 100, '#6366F1', 'Briefcase'),
    ('UTILITIES', 'Utilities', 100, '#14B8A6', 'Zap'),
    ('LEGAL', 'Legal and professional', 100, '#8B5CF6', 'Scale'),
    ('INSURANCE', 'Insurance', 100, '#0EA5E9', 'Shield'),
    ('REPAIRS', 'Repairs and maintenance', 100, '#F97316', 'Wrench'),
    ('MEALS', 'Meals', 50, '#F59E0B', 'Coffee'),
    ('EDUCATION', 'Education', 100, '#84CC16', 'GraduationCap'),
    ('SOFTWARE', 'Software', 100, '#06B6D4', 'Monitor'),
    ('OTHER', 'Other', 100, '#6B7280', 'MoreHorizontal'),
    ('MILEAGE', 'Mileage', 100, '#EF4444', 'Car')
  ) AS category (code, name, percent_limit, color, icon)
  ON CONFLICT (organization_id, code) DO NOTHING;
  GET DIAGNOSTICS added = ROW_COUNT;
  RETURN added;
END
$$;
REVOKE EXECUTE ON FUNCTION app.seed_organization FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.seed_organization TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Runs app.seed_organization() for a new organization, so that no way of creating one misses its categories.
CREATE OR REPLACE FUNCTION app.seed_new_organization() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  PERFORM app.seed_organization(NEW.id);
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION app.seed_new_organization FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.seed_new_organization TO lotline_owner;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
-- Functions, triggers and the public view of the marketplace.

-- Keeps publication and counters in the platform's hands. published_at is set, changed or cleared only by the
-- platform role or where the publisher is the platform's own organization; purchase, view and review counters and the
-- average rating only by the platform role. Anything else raises 42501. On tools and bundles, before insert or update.
--
-- Runs with the rights of whoever writes, so that current_user tells: a SECURITY DEFINER function of the platform
-- counts as the platform. The publisher's row is visible to its own members, and nobody else can write for it.
CREATE OR REPLACE FUNCTION app.guard_publication() RETURNS trigger
LANGUAGE plpgsql SET search_path = ''
AS $$
DECLARE
  publishes boolean;
  counts boolean;
BEGIN
  IF pg_has_role(current_user, 'lotline_platform', 'USAGE') THEN
    RETURN NEW;
  END IF;

  IF TG_OP = 'INSERT' THEN
    publishes := NEW.published_at IS NOT NULL;
    counts := NEW.purchase_count <> 0 OR NEW.view_count <> 0;
    IF TG_TABLE_NAME = 'marketplace_tools' THEN
      counts := counts OR NEW.review_count <> 0 OR NEW.avg_rating IS NOT NULL;
    END IF;
  ELSE
    publishes := NEW.published_at IS DISTINCT FROM OLD.published_at;
    counts := NEW.purchase_count <> OLD.purchase_count OR NEW.view_count <> OLD.view_count;
    IF TG_TABLE_NAME = 'marketplace_tools' THEN
      counts := counts OR NEW.review_count <> OLD.review_count OR NEW.avg_rating IS DISTINCT FROM OLD.avg_rating;
    END IF;
  END IF;

  IF counts THEN
    RAISE EXCEPTION 'Counters and ratings are kept by the platform'
      USING ERRCODE = '42501', HINT = 'Leave the counters and the average rating out of the statement.';
  END IF;
  IF publishes AND NOT EXISTS (
    SELECT FROM public.organizations AS publisher
    WHERE publisher.id = NEW.organization_id AND publisher.is_platform)
  THEN
    RAISE EXCEPTION 'Publication is decided by the platform'
      USING ERRCODE = '42501', HINT = 'Leave published_at as it is and ask the platform to publish.';
  END IF;
  RETURN NEW;
END
$$;
REVOKE EXECUTE ON FUNCTION app.guard_publication FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.guard_publication TO lotline_owner;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Admits to carts and purchases only what the organization may buy: a published tool that is ACTIVE or BETA, or a
-- published bundle that is ACTIVE (its tools may still be announced), whose required tier the organization's plan
-- reaches. The plan of a subscription that is CANCELLED or INACTIVE, or missing, counts as FREE. Raises 23514, with
-- the same words for an item that is hidden and one that does not exist.
--
-- A purchase that renews another is exempt, so that a tool that is no longer sold still renews; it must be a recurring
-- purchase of the same item by the same organization that is ACTIVE or EXPIRED. Reads what is committed and takes no
-- locks: an item withdrawn at the same moment may still be bought, as if just before.
CREATE OR REPLACE FUNCTION app.check_item_on_sale() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  item_name pg_catalog.text;
  needed public.subscription_tier;
  plan public.subscription_tier;
BEGIN
  -- Runs before the policies do: what it said about another tenant would be told to this one.
  IF NOT app.called_by_platform() AND NEW.organization_id IS DISTINCT FROM app.current_organization_id() THEN
    RAISE EXCEPTION 'The row belongs to another organization' USING ERRCODE = '42501';
  END IF;

  IF TG_TABLE_NAME = 'marketplace_purchases' THEN
    IF NEW.renews_purchase_id IS NOT NULL THEN
      PERFORM FROM public.marketplace_purchases AS earlier
      WHERE earlier.organization_id = NEW.organization_id AND earlier.id = NEW.renews_purchase_id
        AND earlier.is_subscription AND earlier.status IN ('ACTIVE', 'EXPIRED')
        AND earlier.tool_id IS NOT DISTINCT FROM NEW.tool_id
        AND earlier.bundle_id IS NOT DISTINCT FROM NEW.bundle_id;
      IF FOUND THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'There is nothing here to renew'
        USING ERRCODE = '23514', CONSTRAINT = 'marketplace_purchases_renewal',
          HINT = 'Name an active or expired subscription to the same item, or buy anew without renews_purchase_id.';
    END IF;
  END IF;

  SELECT offer.name, offer.required_tier INTO item_name, needed
  FROM (
    SELECT tool.name, tool.required_tier FROM public.marketplace_tools AS tool
    WHERE tool.id = NEW.tool_id AND tool.published_at IS NOT NULL AND tool.status IN ('ACTIVE', 'BETA')
    UNION ALL
    SELECT bundle.name, bundle.required_tier FROM public.marketplace_bundles AS bundle
    WHERE bundle.id = NEW.bundle_id AND bundle.published_at IS NOT NULL AND bundle.status = 'ACTIVE'
  ) AS offer;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'This item is not on sale'
      USING ERRCODE = '23514', CONSTRAINT = TG_TABLE_NAME || '_item_on_sale',
        HINT = 'Choose a tool or bundle that the marketplace offers now.';
  END IF;

  SELECT CASE WHEN subscription.status IN ('CANCELLED', 'INACTIVE') THEN 'FREE' ELSE subscription.tier END INTO plan
  FROM public.subscriptions AS subscription WHERE subscription.organization_id = NEW.organization_id;
  IF coalesce(plan, 'FREE') < needed THEN
    RAISE EXCEPTION '% needs the plan % or a higher one', item_name, needed
      USING ERRCODE = '23514', CONSTRAINT = TG_TABLE_NAME || '_tier', HINT = 'Change the plan of the organization first.';
  END IF;
  RETURN NEW;
END
$$;
REVOKE EXECUTE ON FUNCTION app.check_item_on_sale FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.check_item_on_sale TO lotline_owner;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Ties a purchase that the application inserts to the price list: name, price model and currency as in the catalogue,
-- and an amount that is the list price times a whole number from 1 to 99. A renewal may also keep the amount of the
-- period before. CUSTOM prices are quoted: only the platform role, which is not checked at all, records such a sale.
-- Otherwise 23514; a price that changed while the item was in the cart shows here, and the buyer must agree anew.
--
-- Without it an amount of 0 would be enough to activate a paid tool.
CREATE OR REPLACE FUNCTION app.check_purchase_price() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  -- Runs before the policies do: what it said about another tenant would be told to this one.
  IF NOT app.called_by_platform() AND NEW.organization_id IS DISTINCT FROM app.current_organization_id() THEN
    RAISE EXCEPTION 'The row belongs to another organization' USING ERRCODE = '42501';
  END IF;

  IF app.called_by_platform() THEN
    RETURN NEW;
  END IF;
  PERFORM FROM (
    SELECT tool.name, tool.price_model, tool.price_amount, tool.currency
    FROM public.marketplace_tools AS tool WHERE tool.id = NEW.tool_id
    UNION ALL
    SELECT bundle.name, bundle.price_model, bundle.price_amount, bundle.currency
    FROM public.marketplace_bundles AS bundle WHERE bundle.id = NEW.bundle_id
  ) AS offer
  WHERE offer.price_model <> 'CUSTOM' AND offer.price_model = NEW.price_model
    AND offer.name = NEW.item_name AND offer.currency = NEW.currency
    AND (offer.price_amount = 0 AND NEW.amount = 0
      OR NEW.amount BETWEEN offer.price_amount AND offer.price_amount * 99 AND NEW.amount % nullif(offer.price_amount, 0) = 0);
  IF FOUND THEN
    RETURN NEW;
  END IF;
  PERFORM FROM public.marketplace_purchases AS earlier
  WHERE earlier.organization_id = NEW.organization_id AND earlier.id = NEW.renews_purchase_id
    AND earlier.item_name = NEW.item_name AND earlier.price_model = NEW.price_model
    AND earlier.amount = NEW.amount AND earlier.currency = NEW.currency;
  IF FOUND THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'The purchase does not match the price list'
    USING ERRCODE = '23514', CONSTRAINT = 'marketplace_purchases_price',
      HINT = 'Read name, price model, amount and currency from the catalogue again and show them to the buyer.';
END
$$;
REVOKE EXECUTE ON FUNCTION app.check_purchase_price FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.check_purchase_price TO lotline_owner;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Decides whether a review is by a buyer: sets purchase_id to the organization's newest purchase that covers the tool,
-- itself or through a bundle, and verified_purchase accordingly; resets both where there is none. ACTIVE, EXPIRED and
-- CANCELLED purchases count, unpaid and refunded ones do not. Whatever the writer claims is replaced.
--
-- Runs before every insert and update, so repeating it gives the same. A purchase refunded at the same moment, or
-- later, shows at the next change of the review. A bundle counts with the tools that it has now.
CREATE OR REPLACE FUNCTION app.verify_review_purchase() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  -- Runs before the policies do: what it said about another tenant would be told to this one.
  IF NOT app.called_by_platform() AND NEW.organization_id IS DISTINCT FROM app.current_organization_id() THEN
    RAISE EXCEPTION 'The row belongs to another organization' USING ERRCODE = '42501';
  END IF;

  NEW.purchase_id := (
    SELECT purchase.id FROM public.marketplace_purchases AS purchase
    WHERE purchase.organization_id = NEW.organization_id
      AND purchase.status IN ('ACTIVE', 'EXPIRED', 'CANCELLED')
      AND purchase.payment_status <> 'REFUNDED'
      AND (purchase.tool_id = NEW.tool_id OR EXISTS (
        SELECT FROM public.marketplace_bundle_items AS item
        WHERE item.bundle_id = purchase.bundle_id AND item.tool_id = NEW.tool_id))
    ORDER BY purchase.purchase_date DESC, purchase.id DESC
    LIMIT 1);
  NEW.verified_purchase := NEW.purchase_id IS NOT NULL;
  RETURN NEW;
END
$$;
REVOKE EXECUTE ON FUNCTION app.verify_review_purchase FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.verify_review_purchase TO lotline_owner;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
-- Functions and triggers of market data, alerts and shared reports.

-- Fills area_key from the columns that the area type needs, so that one area has one spelling: parts joined by a
-- colon, names in lower case. COUNTRY is always the United States ("US"). A missing part raises 23502 and names what
-- the type needs. Whatever the writer put into area_key is replaced; the check area_key_matches of the table keeps
-- key and columns equal. Changes the new row only.
CREATE OR REPLACE FUNCTION app.set_area_key() RETURNS trigger
LANGUAGE plpgsql SET search_path = ''
AS $$
BEGIN
  NEW.area_key := CASE NEW.area_type
    WHEN 'ZIP' THEN NEW.zip_code
    WHEN 'CITY' THEN NEW.state || ':' || lower(NEW.city)
    WHEN 'COUNTY' THEN NEW.state || ':' || lower(NEW.county)
    WHEN 'NEIGHBORHOOD' THEN NEW.state || ':' || lower(NEW.city) || ':' || lower(NEW.neighborhood)
    WHEN 'MSA' THEN NEW.msa_code
    WHEN 'SCHOOL_DISTRICT' THEN NEW.state || ':' || NEW.school_district_code
    WHEN 'STATE' THEN NEW.state::pg_catalog.text
    WHEN 'COUNTRY' THEN 'US'
  END;
  IF NEW.area_key IS NULL THEN
    RAISE EXCEPTION 'An area of type % needs %', NEW.area_type, CASE NEW.area_type
        WHEN 'ZIP' THEN 'zip_code'
        WHEN 'CITY' THEN 'state and city'
        WHEN 'COUNTY' THEN 'state and county'
        WHEN 'NEIGHBORHOOD' THEN 'state, city and neighborhood'
        WHEN 'MSA' THEN 'msa_code'
        WHEN 'SCHOOL_DISTRICT' THEN 'state and school_district_code'
        WHEN 'STATE' THEN 'state'
        ELSE 'a type' END
      USING ERRCODE = '23502', COLUMN = 'area_key', HINT = 'Fill the columns that name the area.';
  END IF;
  RETURN NEW;
END
$$;
REVOKE EXECUTE ON FUNCTION app.set_area_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.set_area_key TO lotline_owner;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Opens a report by its public link and counts the view: at most one row, for a visitor without any context.
--
-- The link holds the organization's id and a random token, of which the table keeps the SHA-256. No row comes back
-- when the token is wrong or null, the report is not public (any more), the link has expired or the organization is
-- archived; all look alike. One UPDATE by unique key, so two visitors at once count twice; updated_at stays, since a
-- view is no edit.
CREATE OR REPLACE FUNCTION app.open_shared_report(organization uuid, token text)
RETURNS TABLE (
  name text,
  report_type public.reid_report_type,
  data jsonb,
  insights jsonb,
  file_path text
)
LANGUAGE sql SECURITY DEFINER SET search_path = ''
AS $$
  UPDATE public.reid_reports AS report
  SET view_count = report.view_count + 1, last_viewed_at = now()
  WHERE report.organization_id = organization
    AND report.share_token_hash = sha256(convert_to(token, 'UTF8'))
    AND report.is_public
    AND (report.share_expires_at IS NULL OR report.share_expires_at > now())
    AND EXISTS (
      SELECT FROM public.organizations AS tenant
      WHERE tenant.id = report.organization_id AND tenant.archived_at IS NULL)
  RETURNING report.name, report.report_type, report.data, report.insights, report.file_path
$$;
REVOKE EXECUTE ON FUNCTION app.open_shared_report FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.open_shared_report TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- The events of an alert, newest first, each once, however many members were told: notifications of one event share
-- their dedupe_key. Empty when the alert is not of the current organization, or when the current user may not see it
-- (another member's, and the user is neither OWNER nor ADMIN). Shows no recipients. Reads only.
CREATE OR REPLACE FUNCTION app.alert_history(alert uuid)
RETURNS TABLE (occurred_at timestamptz, title text, message text, payload jsonb, event_key text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
  SELECT event.created_at, event.title, event.message, event.payload, event.dedupe_key
  FROM (
    SELECT DISTINCT ON (coalesce(note.dedupe_key, note.id::pg_catalog.text))
      note.created_at, note.title, note.message, note.payload, note.dedupe_key
    FROM public.reid_alerts AS watch
    JOIN public.notifications AS note
      ON note.organization_id = watch.organization_id AND note.entity_type = 'reid_alert' AND note.entity_id = watch.id
    WHERE watch.organization_id = (SELECT app.current_organization_id()) AND watch.id = alert
      AND (watch.user_id IS NULL OR watch.user_id = (SELECT app.current_user_id()) OR (SELECT app.is_org_admin()))
    ORDER BY coalesce(note.dedupe_key, note.id::pg_catalog.text), note.created_at, note.id
  ) AS event
  ORDER BY event.created_at DESC, event.dedupe_key
$$;
REVOKE EXECUTE ON FUNCTION app.alert_history FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.alert_history TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
-- Triggers

-- See app.seed_new_organization().
CREATE TRIGGER seed_new_organization AFTER INSERT ON public.organizations
FOR EACH ROW EXECUTE FUNCTION app.seed_new_organization();
-- See app.guard_publication().
CREATE TRIGGER guard_publication BEFORE INSERT OR UPDATE ON public.marketplace_tools
FOR EACH ROW EXECUTE FUNCTION app.guard_publication();
-- See app.guard_publication().
CREATE TRIGGER guard_publication BEFORE INSERT OR UPDATE ON public.marketplace_bundles
FOR EACH ROW EXECUTE FUNCTION app.guard_publication();
-- See app.check_item_on_sale().
CREATE TRIGGER check_item_on_sale BEFORE INSERT ON public.marketplace_purchases
FOR EACH ROW EXECUTE FUNCTION app.check_item_on_sale();
-- See app.check_item_on_sale(). A cart item may be exchanged, so updates of the item are checked too.
CREATE TRIGGER check_item_on_sale BEFORE INSERT OR UPDATE OF tool_id, bundle_id ON public.marketplace_cart
FOR EACH ROW EXECUTE FUNCTION app.check_item_on_sale();
-- See app.check_purchase_price().
CREATE TRIGGER check_purchase_price BEFORE INSERT ON public.marketplace_purchases
FOR EACH ROW EXECUTE FUNCTION app.check_purchase_price();
-- See app.verify_review_purchase().
CREATE TRIGGER verify_review_purchase BEFORE INSERT OR UPDATE ON public.marketplace_reviews
FOR EACH ROW EXECUTE FUNCTION app.verify_review_purchase();
-- See app.set_area_key().
CREATE TRIGGER set_area_key BEFORE INSERT OR UPDATE ON public.reid_market_data
FOR EACH ROW EXECUTE FUNCTION app.set_area_key();
-- See app.set_area_key().
CREATE TRIGGER set_area_key BEFORE INSERT OR UPDATE ON public.reid_demographics
FOR EACH ROW EXECUTE FUNCTION app.set_area_key();
-- Views

GRANT CREATE ON SCHEMA public TO lotline_public_reader;
-- Approved reviews of all tenants without anything that names an organization, a person or a review. Its owner's only
-- policy on reviews admits APPROVED rows; security_barrier keeps a reader's functions away from other rows. The day is
-- the one in UTC, so that it does not depend on the reader's session.
CREATE VIEW public.marketplace_public_reviews WITH (security_barrier) AS
SELECT review.tool_id, review.rating, review.title, review.review, review.verified_purchase,
  (review.created_at AT TIME ZONE 'UTC')::date AS reviewed_on
FROM public.marketplace_reviews AS review
WHERE review.status = 'APPROVED';
-- Before the change of owner: afterwards the migrating role, which inherits nothing, could no longer grant.
GRANT SELECT ON public.marketplace_public_reviews TO lotline_app, lotline_platform;
-- The view reads with the rights of this role.
ALTER VIEW public.marketplace_public_reviews OWNER TO lotline_public_reader;
REVOKE CREATE ON SCHEMA public FROM lotline_public_reader;
-- Row security

ALTER TABLE campaigns ENABLE ROW LEVEL SECURITY;
ALTER TABLE campaigns FORCE ROW LEVEL SECURITY;
CREATE POLICY campaigns_floor ON campaigns AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY campaigns_select ON campaigns FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY campaigns_insert ON campaigns FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY campaigns_update ON campaigns FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY campaigns_delete ON campaigns FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND status = 'DRAFT');
CREATE POLICY campaigns_platform ON campaigns TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON campaigns TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON campaigns TO lotline_platform;
ALTER TABLE email_campaigns ENABLE ROW LEVEL SECURITY;
ALTER TABLE email_campaigns FORCE ROW LEVEL SECURITY;
CREATE POLICY email_campaigns_floor ON email_campaigns AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY email_campaigns_select ON email_campaigns FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY email_campaigns_insert ON email_campaigns FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY email_campaigns_update ON email_campaigns FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY email_campaigns_delete ON email_campaigns FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND total_sent = 0 AND status IN ('DRAFT', 'CANCELLED'));
CREATE POLICY email_campaigns_platform ON email_campaigns TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON email_campaigns TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON email_campaigns TO lotline_platform;
ALTER TABLE social_media_posts ENABLE ROW LEVEL SECURITY;
ALTER TABLE social_media_posts FORCE ROW LEVEL SECURITY;
CREATE POLICY social_media_posts_floor ON social_media_posts AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY social_media_posts_select ON social_media_posts FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY social_media_posts_insert ON social_media_posts FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY social_media_posts_update ON social_media_posts FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY social_media_posts_delete ON social_media_posts FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND status IN ('DRAFT', 'FAILED', 'CANCELLED'));
CREATE POLICY social_media_posts_platform ON social_media_posts TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON social_media_posts TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON social_media_posts TO lotline_platform;
ALTER TABLE campaign_content ENABLE ROW LEVEL SECURITY;
ALTER TABLE campaign_content FORCE ROW LEVEL SECURITY;
CREATE POLICY campaign_content_floor ON campaign_content AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY campaign_content_select ON campaign_content FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY campaign_content_insert ON campaign_content FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY campaign_content_update ON campaign_content FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY campaign_content_delete ON campaign_content FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY campaign_content_platform ON campaign_content TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON campaign_content TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON campaign_content TO lotline_platform;
ALTER TABLE expense_categories ENABLE ROW LEVEL SECURITY;
ALTER TABLE expense_categories FORCE ROW LEVEL SECURITY;
CREATE POLICY expense_categories_floor ON expense_categories AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY expense_categories_select ON expense_categories FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY expense_categories_insert ON expense_categories FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()) AND NOT is_system);
CREATE POLICY expense_categories_update ON expense_categories FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY expense_categories_delete ON expense_categories FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND NOT is_system);
CREATE POLICY expense_categories_platform ON expense_categories TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (id, organization_id, name, description, schedule_c_line, schedule_e_line, default_deductible, deduction_limit_percent, color, icon, is_active, quickbooks_id, quickbooks_synced_at, created_at, updated_at), DELETE ON expense_categories TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON expense_categories TO lotline_platform;
ALTER TABLE expenses ENABLE ROW LEVEL SECURITY;
ALTER TABLE expenses FORCE ROW LEVEL SECURITY;
CREATE POLICY expenses_floor ON expenses AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY expenses_select ON expenses FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY expenses_insert ON expenses FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY expenses_update ON expenses FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY expenses_delete ON expenses FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND status <> 'APPROVED' AND quickbooks_id IS NULL);
CREATE POLICY expenses_platform ON expenses TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON expenses TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON expenses TO lotline_platform;
ALTER TABLE receipts ENABLE ROW LEVEL SECURITY;
ALTER TABLE receipts FORCE ROW LEVEL SECURITY;
CREATE POLICY receipts_floor ON receipts AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY receipts_select ON receipts FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY receipts_insert ON receipts FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY receipts_update ON receipts FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY receipts_delete ON receipts FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND NOT is_verified);
CREATE POLICY receipts_platform ON receipts TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON receipts TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON receipts TO lotline_platform;
ALTER TABLE tax_estimates ENABLE ROW LEVEL SECURITY;
ALTER TABLE tax_estimates FORCE ROW LEVEL SECURITY;
CREATE POLICY tax_estimates_floor ON tax_estimates AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY tax_estimates_select ON tax_estimates FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND (user_id IS NULL OR user_id = (select app.current_user_id()) OR (select app.is_org_admin())));
CREATE POLICY tax_estimates_insert ON tax_estimates FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()) AND calculated_by_id = (select app.current_user_id()) AND (user_id = (select app.current_user_id()) OR (select app.is_org_admin())));
CREATE POLICY tax_estimates_update ON tax_estimates FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND (user_id = (select app.current_user_id()) OR (select app.is_org_admin())))
  WITH CHECK (organization_id = (select app.current_organization_id()) AND (user_id = (select app.current_user_id()) OR (select app.is_org_admin())));
CREATE POLICY tax_estimates_platform ON tax_estimates TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (id, organization_id, tax_year, quarter, period_start, period_end, currency, total_income, total_expenses, total_deductions, net_income, estimated_tax_rate, state_code, federal_tax_estimated, state_tax_estimated, self_employment_tax, total_tax_estimated, amount_paid, paid_at, payment_due_date, payment_status, calculation_method, assumptions, calculated_at, superseded_at, quickbooks_id, quickbooks_synced_at, created_at, updated_at) ON tax_estimates TO lotline_app;
GRANT SELECT, INSERT, UPDATE ON tax_estimates TO lotline_platform;
ALTER TABLE tax_reports ENABLE ROW LEVEL SECURITY;
ALTER TABLE tax_reports FORCE ROW LEVEL SECURITY;
CREATE POLICY tax_reports_floor ON tax_reports AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY tax_reports_select ON tax_reports FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND (user_id = (select app.current_user_id()) OR (select app.is_org_admin()) OR is_shared AND (share_expires_at IS NULL OR share_expires_at > now()) AND (cardinality(shared_with_user_ids) = 0 OR (select app.current_user_id()) = ANY (shared_with_user_ids))));
CREATE POLICY tax_reports_insert ON tax_reports FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()));
CREATE POLICY tax_reports_update ON tax_reports FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND (user_id = (select app.current_user_id()) OR (select app.is_org_admin())))
  WITH CHECK (organization_id = (select app.current_organization_id()) AND (user_id = (select app.current_user_id()) OR (select app.is_org_admin())));
CREATE POLICY tax_reports_delete ON tax_reports FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND (user_id = (select app.current_user_id()) OR (select app.is_org_admin())) AND status IN ('FAILED', 'EXPIRED'));
CREATE POLICY tax_reports_platform ON tax_reports TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON tax_reports TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON tax_reports TO lotline_platform;
ALTER TABLE marketplace_tools ENABLE ROW LEVEL SECURITY;
ALTER TABLE marketplace_tools FORCE ROW LEVEL SECURITY;
CREATE POLICY marketplace_tools_floor_insert ON marketplace_tools AS RESTRICTIVE FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_tools_floor_update ON marketplace_tools AS RESTRICTIVE FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_tools_floor_delete ON marketplace_tools AS RESTRICTIVE FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_tools_select ON marketplace_tools FOR SELECT TO lotline_app
  USING (published_at IS NOT NULL OR organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_tools_insert ON marketplace_tools FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_tools_update ON marketplace_tools FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_tools_delete ON marketplace_tools FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND published_at IS NULL);
CREATE POLICY marketplace_tools_platform ON marketplace_tools TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON marketplace_tools TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON marketplace_tools TO lotline_platform;
ALTER TABLE marketplace_bundles ENABLE ROW LEVEL SECURITY;
ALTER TABLE marketplace_bundles FORCE ROW LEVEL SECURITY;
CREATE POLICY marketplace_bundles_floor_insert ON marketplace_bundles AS RESTRICTIVE FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_bundles_floor_update ON marketplace_bundles AS RESTRICTIVE FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_bundles_floor_delete ON marketplace_bundles AS RESTRICTIVE FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_bundles_select ON marketplace_bundles FOR SELECT TO lotline_app
  USING (published_at IS NOT NULL OR organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_bundles_insert ON marketplace_bundles FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_bundles_update ON marketplace_bundles FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_bundles_delete ON marketplace_bundles FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND published_at IS NULL);
CREATE POLICY marketplace_bundles_platform ON marketplace_bundles TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON marketplace_bundles TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON marketplace_bundles TO lotline_platform;
ALTER TABLE marketplace_bundle_items ENABLE ROW LEVEL SECURITY;
ALTER TABLE marketplace_bundle_items FORCE ROW LEVEL SECURITY;
CREATE POLICY marketplace_bundle_items_floor_insert ON marketplace_bundle_items AS RESTRICTIVE FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_bundle_items_floor_update ON marketplace_bundle_items AS RESTRICTIVE FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_bundle_items_floor_delete ON marketplace_bundle_items AS RESTRICTIVE FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_bundle_items_select ON marketplace_bundle_items FOR SELECT TO lotline_app
  USING (EXISTS (SELECT 1 FROM marketplace_bundles b WHERE b.id = bundle_id AND b.published_at IS NOT NULL) OR organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_bundle_items_insert ON marketplace_bundle_items FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_bundle_items_update ON marketplace_bundle_items FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_bundle_items_delete ON marketplace_bundle_items FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_bundle_items_platform ON marketplace_bundle_items TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON marketplace_bundle_items TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON marketplace_bundle_items TO lotline_platform;
ALTER TABLE marketplace_purchases ENABLE ROW LEVEL SECURITY;
ALTER TABLE marketplace_purchases FORCE ROW LEVEL SECURITY;
CREATE POLICY marketplace_purchases_floor ON marketplace_purchases AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_purchases_select ON marketplace_purchases FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_purchases_insert ON marketplace_purchases FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()) AND payment_status = 'PENDING' AND status = 'PENDING');
CREATE POLICY marketplace_purchases_update ON marketplace_purchases FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_purchases_platform ON marketplace_purchases TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (status, auto_renew, cancelled_at, activated_at, subscription_start, subscription_end, usage_count, last_used_at, updated_at) ON marketplace_purchases TO lotline_app;
GRANT SELECT, INSERT, UPDATE ON marketplace_purchases TO lotline_platform;
ALTER TABLE marketplace_cart ENABLE ROW LEVEL SECURITY;
ALTER TABLE marketplace_cart FORCE ROW LEVEL SECURITY;
CREATE POLICY marketplace_cart_floor ON marketplace_cart AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_cart_select ON marketplace_cart FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()));
CREATE POLICY marketplace_cart_insert ON marketplace_cart FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()));
CREATE POLICY marketplace_cart_update ON marketplace_cart FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()));
CREATE POLICY marketplace_cart_delete ON marketplace_cart FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()));
CREATE POLICY marketplace_cart_platform ON marketplace_cart TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON marketplace_cart TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON marketplace_cart TO lotline_platform;
ALTER TABLE marketplace_reviews ENABLE ROW LEVEL SECURITY;
ALTER TABLE marketplace_reviews FORCE ROW LEVEL SECURITY;
CREATE POLICY marketplace_reviews_floor ON marketplace_reviews AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_reviews_select ON marketplace_reviews FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY marketplace_reviews_insert ON marketplace_reviews FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()) AND status = 'PENDING' AND helpful_count = 0 AND flagged_count = 0 AND moderated_at IS NULL AND moderated_by_id IS NULL AND moderation_notes IS NULL AND EXISTS (SELECT 1 FROM marketplace_tools t WHERE t.id = tool_id));
CREATE POLICY marketplace_reviews_update ON marketplace_reviews FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()) AND status = 'PENDING');
CREATE POLICY marketplace_reviews_delete ON marketplace_reviews FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()));
CREATE POLICY marketplace_reviews_public_reader_select ON marketplace_reviews FOR SELECT TO lotline_public_reader
  USING (status = 'APPROVED');
CREATE POLICY marketplace_reviews_platform ON marketplace_reviews TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (rating, title, review, status, updated_at), DELETE ON marketplace_reviews TO lotline_app;
GRANT SELECT ON marketplace_reviews TO lotline_public_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON marketplace_reviews TO lotline_platform;
ALTER TABLE reid_market_data ENABLE ROW LEVEL SECURITY;
ALTER TABLE reid_market_data FORCE ROW LEVEL SECURITY;
CREATE POLICY reid_market_data_floor ON reid_market_data AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_market_data_select ON reid_market_data FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_market_data_insert ON reid_market_data FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_market_data_update ON reid_market_data FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_market_data_delete ON reid_market_data FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_market_data_platform ON reid_market_data TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON reid_market_data TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON reid_market_data TO lotline_platform;
ALTER TABLE reid_demographics ENABLE ROW LEVEL SECURITY;
ALTER TABLE reid_demographics FORCE ROW LEVEL SECURITY;
CREATE POLICY reid_demographics_floor ON reid_demographics AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_demographics_select ON reid_demographics FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_demographics_insert ON reid_demographics FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_demographics_update ON reid_demographics FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_demographics_delete ON reid_demographics FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_demographics_platform ON reid_demographics TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON reid_demographics TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON reid_demographics TO lotline_platform;
ALTER TABLE reid_schools ENABLE ROW LEVEL SECURITY;
ALTER TABLE reid_schools FORCE ROW LEVEL SECURITY;
CREATE POLICY reid_schools_floor ON reid_schools AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_schools_select ON reid_schools FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_schools_insert ON reid_schools FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_schools_update ON reid_schools FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_schools_delete ON reid_schools FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_schools_platform ON reid_schools TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON reid_schools TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON reid_schools TO lotline_platform;
ALTER TABLE reid_roi_simulations ENABLE ROW LEVEL SECURITY;
ALTER TABLE reid_roi_simulations FORCE ROW LEVEL SECURITY;
CREATE POLICY reid_roi_simulations_floor ON reid_roi_simulations AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_roi_simulations_select ON reid_roi_simulations FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND (user_id = (select app.current_user_id()) OR is_shared OR is_template OR (select app.current_user_id()) = ANY (shared_with_user_ids) OR (select app.is_org_admin())));
CREATE POLICY reid_roi_simulations_insert ON reid_roi_simulations FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()));
CREATE POLICY reid_roi_simulations_update ON reid_roi_simulations FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND (user_id = (select app.current_user_id()) OR (select app.is_org_admin())))
  WITH CHECK (organization_id = (select app.current_organization_id()) AND (user_id = (select app.current_user_id()) OR (select app.is_org_admin())));
CREATE POLICY reid_roi_simulations_delete ON reid_roi_simulations FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND (user_id = (select app.current_user_id()) OR (select app.is_org_admin())));
CREATE POLICY reid_roi_simulations_platform ON reid_roi_simulations TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON reid_roi_simulations TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON reid_roi_simulations TO lotline_platform;
ALTER TABLE reid_alerts ENABLE ROW LEVEL SECURITY;
ALTER TABLE reid_alerts FORCE ROW LEVEL SECURITY;
CREATE POLICY reid_alerts_floor ON reid_alerts AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_alerts_select ON reid_alerts FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND (user_id IS NULL OR user_id = (select app.current_user_id()) OR (select app.is_org_admin())));
CREATE POLICY reid_alerts_insert ON reid_alerts FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()) AND created_by_id = (select app.current_user_id()) AND (user_id IS NULL OR user_id = (select app.current_user_id())));
CREATE POLICY reid_alerts_update ON reid_alerts FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND (user_id IS NULL OR user_id = (select app.current_user_id()) OR (select app.is_org_admin())))
  WITH CHECK (organization_id = (select app.current_organization_id()) AND (user_id IS NULL OR user_id = (select app.current_user_id()) OR (select app.is_org_admin())));
CREATE POLICY reid_alerts_delete ON reid_alerts FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND (user_id IS NULL OR user_id = (select app.current_user_id()) OR (select app.is_org_admin())));
CREATE POLICY reid_alerts_platform ON reid_alerts TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON reid_alerts TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON reid_alerts TO lotline_platform;
ALTER TABLE reid_reports ENABLE ROW LEVEL SECURITY;
ALTER TABLE reid_reports FORCE ROW LEVEL SECURITY;
CREATE POLICY reid_reports_floor ON reid_reports AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_reports_select ON reid_reports FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND (user_id = (select app.current_user_id()) OR status = 'PUBLISHED' OR is_template OR (select app.current_user_id()) = ANY (shared_with_user_ids) OR (select app.is_org_admin())));
CREATE POLICY reid_reports_insert ON reid_reports FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()));
CREATE POLICY reid_reports_update ON reid_reports FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND (user_id = (select app.current_user_id()) OR (select app.is_org_admin())))
  WITH CHECK (organization_id = (select app.current_organization_id()) AND (user_id = (select app.current_user_id()) OR (select app.is_org_admin())));
CREATE POLICY reid_reports_delete ON reid_reports FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND (user_id = (select app.current_user_id()) OR (select app.is_org_admin())));
CREATE POLICY reid_reports_platform ON reid_reports TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON reid_reports TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON reid_reports TO lotline_platform;
ALTER TABLE reid_ai_profiles ENABLE ROW LEVEL SECURITY;
ALTER TABLE reid_ai_profiles FORCE ROW LEVEL SECURITY;
CREATE POLICY reid_ai_profiles_floor ON reid_ai_profiles AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY reid_ai_profiles_select ON reid_ai_profiles FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND (user_id IS NULL OR user_id = (select app.current_user_id()) OR is_shared OR (select app.is_org_admin())));
CREATE POLICY reid_ai_profiles_insert ON reid_ai_profiles FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()) AND (user_id IS NULL OR user_id = (select app.current_user_id())));
CREATE POLICY reid_ai_profiles_update ON reid_ai_profiles FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND (user_id IS NULL OR user_id = (select app.current_user_id()) OR (select app.is_org_admin())))
  WITH CHECK (organization_id = (select app.current_organization_id()) AND (user_id IS NULL OR user_id = (select app.current_user_id()) OR (select app.is_org_admin())));
CREATE POLICY reid_ai_profiles_delete ON reid_ai_profiles FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND (user_id = (select app.current_user_id()) OR (select app.is_org_admin())));
CREATE POLICY reid_ai_profiles_platform ON reid_ai_profiles TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON reid_ai_profiles TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON reid_ai_profiles TO lotline_platform;

RESET ROLE;

DO $$
BEGIN
  -- A shadow database has no such table.
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    UPDATE public._prisma_migrations SET finished_at = now(), applied_steps_count = 1
    WHERE migration_name = '20261122194000_add-marketplace-reid-expense-campaigns-modules' AND finished_at IS NULL AND rolled_back_at IS NULL;
  END IF;
END $$;
