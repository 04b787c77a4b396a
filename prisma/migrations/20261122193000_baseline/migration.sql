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
    'CREATE ROLE lotline_ingest LOGIN'
  ] LOOP
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = split_part(statement, ' ', 3)) THEN
      missing := missing || statement || '; ';
    END IF;
  END LOOP;
  FOREACH statement IN ARRAY ARRAY[
    'GRANT lotline_platform TO lotline_owner'
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
GRANT USAGE ON SCHEMA app, public TO lotline_app, lotline_platform, lotline_ingest;
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
GRANT EXECUTE ON FUNCTION app.set_context(text), app.current_organization_id(), app.current_user_id(), app.current_org_role(), app.is_org_admin(), app.uuid_v7() TO lotline_app, lotline_platform, lotline_ingest;

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
GRANT EXECUTE ON FUNCTION app.is_state_code TO lotline_app, lotline_platform, lotline_ingest;

-- CreateEnum
CREATE TYPE "admin_action" AS ENUM ('USER_CREATE', 'USER_UPDATE', 'USER_SUSPEND', 'USER_DELETE', 'USER_IMPERSONATE', 'ORG_CREATE', 'ORG_UPDATE', 'ORG_SUSPEND', 'ORG_DELETE', 'SUBSCRIPTION_CREATE', 'SUBSCRIPTION_UPDATE', 'SUBSCRIPTION_CANCEL', 'FEATURE_FLAG_UPDATE', 'SYSTEM_CONFIG_UPDATE', 'DATA_EXPORT', 'BULK_ACTION', 'REVIEW_MODERATE', 'CATALOGUE_PUBLISH');

-- CreateEnum
CREATE TYPE "alert_category" AS ENUM ('SYSTEM', 'MAINTENANCE', 'FEATURE', 'SECURITY', 'BILLING', 'MARKETING');

-- CreateEnum
CREATE TYPE "alert_level" AS ENUM ('INFO', 'WARNING', 'ERROR', 'SUCCESS');

-- CreateEnum
CREATE TYPE "environment" AS ENUM ('DEVELOPMENT', 'STAGING', 'PRODUCTION');

-- CreateEnum
CREATE TYPE "payment_status" AS ENUM ('PENDING', 'PROCESSING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'REQUIRES_ACTION', 'REFUNDED', 'PARTIALLY_REFUNDED');

-- CreateEnum
CREATE TYPE "ai_context_type" AS ENUM ('GENERAL', 'PROJECT', 'CUSTOMER', 'TASK');

-- CreateEnum
CREATE TYPE "ai_model" AS ENUM ('OPENAI_GPT4', 'CLAUDE_SONNET', 'GEMINI', 'GROK', 'KIMIK2');

-- CreateEnum
CREATE TYPE "industry" AS ENUM ('REAL_ESTATE', 'HEALTHCARE', 'PLATFORM', 'GENERAL');

-- CreateEnum
CREATE TYPE "tool_type" AS ENUM ('CHATBOT', 'ANALYSIS', 'AUTOMATION', 'INTEGRATION');

-- CreateEnum
CREATE TYPE "content_status" AS ENUM ('DRAFT', 'PUBLISHED', 'ARCHIVED', 'REVIEW', 'APPROVED', 'SCHEDULED');

-- CreateEnum
CREATE TYPE "content_type" AS ENUM ('PAGE', 'BLOG_POST', 'DOCUMENTATION', 'TEMPLATE', 'ARTICLE', 'LANDING_PAGE', 'EMAIL_TEMPLATE', 'SOCIAL_POST', 'PRESS_RELEASE', 'NEWSLETTER', 'CASE_STUDY', 'WHITEPAPER');

-- CreateEnum
CREATE TYPE "activity_type" AS ENUM ('CALL', 'EMAIL', 'MEETING', 'TASK', 'NOTE', 'SHOWING', 'OPEN_HOUSE', 'FOLLOW_UP');

-- CreateEnum
CREATE TYPE "appointment_status" AS ENUM ('SCHEDULED', 'CONFIRMED', 'COMPLETED', 'CANCELLED', 'NO_SHOW');

-- CreateEnum
CREATE TYPE "appointment_type" AS ENUM ('MEETING', 'CALL', 'SHOWING', 'OPEN_HOUSE', 'FOLLOW_UP', 'OTHER');

-- CreateEnum
CREATE TYPE "contact_status" AS ENUM ('ACTIVE', 'INACTIVE', 'DO_NOT_CONTACT');

-- CreateEnum
CREATE TYPE "contact_type" AS ENUM ('PROSPECT', 'CLIENT', 'PAST_CLIENT', 'PARTNER', 'VENDOR');

-- CreateEnum
CREATE TYPE "customer_source" AS ENUM ('WEBSITE', 'REFERRAL', 'SOCIAL', 'EMAIL', 'OTHER');

-- CreateEnum
CREATE TYPE "customer_status" AS ENUM ('LEAD', 'PROSPECT', 'ACTIVE', 'CHURNED');

-- CreateEnum
CREATE TYPE "deal_stage" AS ENUM ('LEAD', 'QUALIFIED', 'PROPOSAL', 'NEGOTIATION', 'CLOSING', 'CLOSED_WON', 'CLOSED_LOST');

-- CreateEnum
CREATE TYPE "deal_status" AS ENUM ('ACTIVE', 'WON', 'LOST', 'ABANDONED');

-- CreateEnum
CREATE TYPE "lead_score" AS ENUM ('HOT', 'WARM', 'COLD');

-- CreateEnum
CREATE TYPE "lead_source" AS ENUM ('WEBSITE', 'REFERRAL', 'GOOGLE_ADS', 'SOCIAL_MEDIA', 'COLD_CALL', 'EMAIL_CAMPAIGN', 'EVENT', 'PARTNER', 'OTHER');

-- CreateEnum
CREATE TYPE "lead_status" AS ENUM ('NEW_LEAD', 'IN_CONTACT', 'QUALIFIED', 'UNQUALIFIED', 'CONVERTED', 'LOST');

-- CreateEnum
CREATE TYPE "billing_cycle" AS ENUM ('MONTHLY', 'YEARLY');

-- CreateEnum
CREATE TYPE "org_role" AS ENUM ('OWNER', 'ADMIN', 'MEMBER', 'VIEWER');

-- CreateEnum
CREATE TYPE "subscription_status" AS ENUM ('ACTIVE', 'INACTIVE', 'TRIAL', 'PAST_DUE', 'CANCELLED');

-- CreateEnum
CREATE TYPE "subscription_tier" AS ENUM ('FREE', 'CUSTOM', 'STARTER', 'GROWTH', 'ELITE', 'ENTERPRISE');

-- CreateEnum
CREATE TYPE "user_role" AS ENUM ('SUPER_ADMIN', 'ADMIN', 'MODERATOR', 'EMPLOYEE');

-- CreateEnum
CREATE TYPE "document_status" AS ENUM ('DRAFT', 'PENDING', 'REVIEWED', 'SIGNED', 'ARCHIVED');

-- CreateEnum
CREATE TYPE "listing_status" AS ENUM ('ACTIVE', 'PENDING', 'SOLD', 'EXPIRED', 'WITHDRAWN', 'CONTINGENT');

-- CreateEnum
CREATE TYPE "loop_status" AS ENUM ('DRAFT', 'ACTIVE', 'UNDER_CONTRACT', 'CLOSING', 'CLOSED', 'CANCELLED', 'ARCHIVED');

-- CreateEnum
CREATE TYPE "party_role" AS ENUM ('BUYER', 'SELLER', 'BUYER_AGENT', 'LISTING_AGENT', 'LENDER', 'TITLE_COMPANY', 'INSPECTOR', 'APPRAISER', 'ATTORNEY', 'ESCROW_OFFICER', 'OTHER');

-- CreateEnum
CREATE TYPE "party_status" AS ENUM ('ACTIVE', 'INACTIVE', 'REMOVED');

-- CreateEnum
CREATE TYPE "property_type" AS ENUM ('RESIDENTIAL', 'COMMERCIAL', 'LAND', 'MULTI_FAMILY', 'CONDO', 'TOWNHOUSE', 'LUXURY');

-- CreateEnum
CREATE TYPE "signature_status" AS ENUM ('PENDING', 'SENT', 'VIEWED', 'SIGNED', 'DECLINED', 'EXPIRED');

-- CreateEnum
CREATE TYPE "signing_order" AS ENUM ('SEQUENTIAL', 'PARALLEL');

-- CreateEnum
CREATE TYPE "task_priority" AS ENUM ('LOW', 'MEDIUM', 'HIGH', 'URGENT');

-- CreateEnum
CREATE TYPE "task_status" AS ENUM ('TODO', 'IN_PROGRESS', 'REVIEW', 'DONE', 'CANCELLED');

-- CreateEnum
CREATE TYPE "transaction_type" AS ENUM ('PURCHASE_AGREEMENT', 'LISTING_AGREEMENT', 'LEASE_AGREEMENT', 'COMMERCIAL_PURCHASE', 'COMMERCIAL_LEASE');

-- CreateEnum
CREATE TYPE "workflow_status" AS ENUM ('ACTIVE', 'COMPLETED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "notification_type" AS ENUM ('INFO', 'SUCCESS', 'WARNING', 'ERROR');

-- CreateEnum
CREATE TYPE "priority" AS ENUM ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL');

-- CreateEnum
CREATE TYPE "project_status" AS ENUM ('PLANNING', 'ACTIVE', 'ON_HOLD', 'COMPLETED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "resource_type" AS ENUM ('AI_TOKENS', 'API_CALLS', 'STORAGE', 'SEATS');

-- CreateTable
CREATE TABLE "admin_action_logs" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "action" "admin_action" NOT NULL,
    "description" TEXT NOT NULL,
    "target_type" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "metadata" JSONB,
    "ip_address" INET,
    "user_agent" TEXT,
    "success" BOOLEAN NOT NULL DEFAULT true,
    "error" TEXT,
    "admin_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "admin_action_logs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feature_flags" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "name" TEXT NOT NULL,
    "description" TEXT,
    "is_enabled" BOOLEAN NOT NULL DEFAULT false,
    "rollout_percent" DECIMAL(5,2) NOT NULL DEFAULT 0,
    "target_tiers" "subscription_tier"[] DEFAULT ARRAY[]::"subscription_tier"[],
    "target_orgs" UUID[] DEFAULT ARRAY[]::UUID[],
    "target_users" UUID[] DEFAULT ARRAY[]::UUID[],
    "conditions" JSONB,
    "environment" "environment" NOT NULL DEFAULT 'PRODUCTION',
    "category" TEXT,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "feature_flags_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "system_alerts" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "title" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "level" "alert_level" NOT NULL DEFAULT 'INFO',
    "category" "alert_category" NOT NULL,
    "is_global" BOOLEAN NOT NULL DEFAULT false,
    "target_roles" "user_role"[] DEFAULT ARRAY[]::"user_role"[],
    "target_tiers" "subscription_tier"[] DEFAULT ARRAY[]::"subscription_tier"[],
    "target_orgs" UUID[] DEFAULT ARRAY[]::UUID[],
    "is_dismissible" BOOLEAN NOT NULL DEFAULT true,
    "auto_hide_after" INTEGER,
    "starts_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(6),
    "view_count" BIGINT NOT NULL DEFAULT 0,
    "dismiss_count" BIGINT NOT NULL DEFAULT 0,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "is_archived" BOOLEAN NOT NULL DEFAULT false,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "system_alerts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "onboarding_sessions" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "session_token_hash" BYTEA NOT NULL,
    "current_step" SMALLINT NOT NULL DEFAULT 1,
    "total_steps" SMALLINT NOT NULL DEFAULT 4,
    "org_name" TEXT,
    "org_website" TEXT,
    "org_description" TEXT,
    "selected_tier" "subscription_tier",
    "billing_cycle" "billing_cycle",
    "stripe_payment_intent_id" TEXT,
    "payment_status" "payment_status" NOT NULL DEFAULT 'PENDING',
    "is_completed" BOOLEAN NOT NULL DEFAULT false,
    "completed_at" TIMESTAMPTZ(6),
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "user_id" UUID,
    "organization_id" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "onboarding_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ai_conversations" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "user_id" UUID NOT NULL,
    "title" TEXT,
    "context_type" "ai_context_type" NOT NULL DEFAULT 'GENERAL',
    "context_id" UUID,
    "ai_model" "ai_model" NOT NULL DEFAULT 'OPENAI_GPT4',
    "conversation_data" JSONB NOT NULL DEFAULT '[]',
    "usage_tokens" BIGINT NOT NULL DEFAULT 0,
    "is_archived" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ai_conversations_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "ai_tools" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "name" TEXT NOT NULL,
    "description" TEXT,
    "tool_type" "tool_type" NOT NULL,
    "required_tier" "subscription_tier" NOT NULL,
    "configuration" JSONB,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ai_tools_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversations" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "industry" "industry" NOT NULL DEFAULT 'REAL_ESTATE',
    "session_id" TEXT NOT NULL,
    "user_message" TEXT NOT NULL,
    "assistant_response" TEXT NOT NULL,
    "problem_detected" TEXT,
    "solution_presented" TEXT,
    "conversation_stage" TEXT NOT NULL,
    "outcome" TEXT,
    "conversion_score" DECIMAL(9,6),
    "booking_completed" BOOLEAN NOT NULL DEFAULT false,
    "response_time_ms" INTEGER,
    "user_satisfaction" SMALLINT,
    "embedding" REAL[] DEFAULT ARRAY[]::REAL[],
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "conversations_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "example_conversations" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "industry" "industry" NOT NULL DEFAULT 'REAL_ESTATE',
    "user_input" TEXT NOT NULL,
    "assistant_response" TEXT NOT NULL,
    "problem_type" TEXT,
    "solution_type" TEXT,
    "outcome" TEXT,
    "conversion_score" DECIMAL(9,6),
    "embedding" REAL[] DEFAULT ARRAY[]::REAL[],
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "example_conversations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "analytics_events" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "source" TEXT NOT NULL DEFAULT 'saas',
    "session_id" TEXT NOT NULL,
    "user_id" UUID,
    "event_type" TEXT NOT NULL,
    "event_name" TEXT NOT NULL,
    "element_id" TEXT,
    "element_class" TEXT,
    "element_text" TEXT,
    "url" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "x_position" INTEGER,
    "y_position" INTEGER,
    "scroll_depth" SMALLINT,
    "properties" JSONB,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "analytics_events_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "page_views" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "source" TEXT NOT NULL DEFAULT 'saas',
    "session_id" TEXT NOT NULL,
    "user_id" UUID,
    "url" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "title" TEXT,
    "referrer" TEXT,
    "user_agent" TEXT,
    "ip_address" INET,
    "country" TEXT,
    "city" TEXT,
    "device" TEXT,
    "browser" TEXT,
    "os" TEXT,
    "utm_source" TEXT,
    "utm_medium" TEXT,
    "utm_campaign" TEXT,
    "view_duration" INTEGER,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "page_views_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "user_sessions" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "source" TEXT NOT NULL DEFAULT 'saas',
    "session_id" TEXT NOT NULL,
    "user_id" UUID,
    "start_time" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "end_time" TIMESTAMPTZ(6),
    "duration" INTEGER,
    "page_views" INTEGER NOT NULL DEFAULT 0,
    "bounced" BOOLEAN NOT NULL DEFAULT false,
    "converted" BOOLEAN NOT NULL DEFAULT false,
    "user_agent" TEXT,
    "ip_address" INET,
    "country" TEXT,
    "city" TEXT,
    "device" TEXT,
    "browser" TEXT,
    "os" TEXT,
    "referrer" TEXT,
    "entry_page" TEXT,
    "exit_page" TEXT,

    CONSTRAINT "user_sessions_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "web_vitals_metrics" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "source" TEXT NOT NULL DEFAULT 'saas',
    "session_id" TEXT NOT NULL,
    "user_id" UUID,
    "url" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "metric_name" TEXT NOT NULL,
    "metric_value" DECIMAL(14,4) NOT NULL,
    "metric_rating" TEXT NOT NULL,
    "metric_id" TEXT NOT NULL,
    "user_agent" TEXT,
    "device" TEXT,
    "browser" TEXT,
    "connection_type" TEXT,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "web_vitals_metrics_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "analytics_goals" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "name" TEXT NOT NULL,
    "description" TEXT,
    "type" TEXT NOT NULL,
    "conditions" JSONB NOT NULL,
    "value" DECIMAL(14,2),
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "analytics_goals_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "goal_conversions" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "goal_id" UUID NOT NULL,
    "session_id" TEXT NOT NULL,
    "user_id" UUID,
    "value" DECIMAL(14,2),
    "url" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "goal_conversions_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "platform_metrics" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "date" DATE NOT NULL,
    "total_users" INTEGER NOT NULL DEFAULT 0,
    "active_users" INTEGER NOT NULL DEFAULT 0,
    "new_users" INTEGER NOT NULL DEFAULT 0,
    "total_orgs" INTEGER NOT NULL DEFAULT 0,
    "active_orgs" INTEGER NOT NULL DEFAULT 0,
    "new_orgs" INTEGER NOT NULL DEFAULT 0,
    "mrr" DECIMAL(14,2) NOT NULL DEFAULT 0,
    "arr" DECIMAL(14,2) NOT NULL DEFAULT 0,
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "churn_rate" DECIMAL(9,6) NOT NULL DEFAULT 0,
    "free_count" INTEGER NOT NULL DEFAULT 0,
    "custom_count" INTEGER NOT NULL DEFAULT 0,
    "starter_count" INTEGER NOT NULL DEFAULT 0,
    "growth_count" INTEGER NOT NULL DEFAULT 0,
    "elite_count" INTEGER NOT NULL DEFAULT 0,
    "enterprise_count" INTEGER NOT NULL DEFAULT 0,
    "total_storage" BIGINT NOT NULL DEFAULT 0,
    "api_calls" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "platform_metrics_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "content" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "title" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "content_type" "content_type" NOT NULL,
    "content" TEXT NOT NULL,
    "excerpt" TEXT,
    "status" "content_status" NOT NULL DEFAULT 'DRAFT',
    "author_id" UUID NOT NULL,
    "scheduled_at" TIMESTAMPTZ(6),
    "published_at" TIMESTAMPTZ(6),
    "seo_meta" JSONB,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "content_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "leads" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "name" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "company" TEXT,
    "source" "lead_source" NOT NULL DEFAULT 'WEBSITE',
    "status" "lead_status" NOT NULL DEFAULT 'NEW_LEAD',
    "score" "lead_score" NOT NULL DEFAULT 'COLD',
    "score_value" SMALLINT NOT NULL DEFAULT 0,
    "budget" DECIMAL(14,2),
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "timeline" TEXT,
    "notes" TEXT,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "custom_fields" JSONB NOT NULL DEFAULT '{}',
    "assigned_to_id" UUID,
    "last_contact_at" TIMESTAMPTZ(6),
    "archived_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "leads_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "contacts" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "name" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "company" TEXT,
    "position" TEXT,
    "type" "contact_type" NOT NULL DEFAULT 'PROSPECT',
    "status" "contact_status" NOT NULL DEFAULT 'ACTIVE',
    "notes" TEXT,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "custom_fields" JSONB NOT NULL DEFAULT '{}',
    "linkedin_url" TEXT,
    "twitter_url" TEXT,
    "preferred_contact_method" TEXT,
    "assigned_to_id" UUID,
    "last_contact_at" TIMESTAMPTZ(6),
    "archived_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contacts_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "customers" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "name" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "company" TEXT,
    "status" "customer_status" NOT NULL DEFAULT 'LEAD',
    "source" "customer_source" NOT NULL DEFAULT 'WEBSITE',
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "custom_fields" JSONB NOT NULL DEFAULT '{}',
    "assigned_to_id" UUID,
    "archived_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customers_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "deals" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "title" TEXT NOT NULL,
    "description" TEXT,
    "value" DECIMAL(14,2) NOT NULL,
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "stage" "deal_stage" NOT NULL DEFAULT 'LEAD',
    "status" "deal_status" NOT NULL DEFAULT 'ACTIVE',
    "probability" SMALLINT NOT NULL DEFAULT 50,
    "expected_close_date" DATE,
    "actual_close_date" DATE,
    "lost_reason" TEXT,
    "notes" TEXT,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "custom_fields" JSONB NOT NULL DEFAULT '{}',
    "lead_id" UUID,
    "contact_id" UUID,
    "listing_id" UUID,
    "assigned_to_id" UUID,
    "archived_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deals_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "activities" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "type" "activity_type" NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT,
    "outcome" TEXT,
    "duration_minutes" INTEGER,
    "lead_id" UUID,
    "contact_id" UUID,
    "deal_id" UUID,
    "listing_id" UUID,
    "created_by_id" UUID NOT NULL,
    "completed_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "activities_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "appointments" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "title" TEXT NOT NULL,
    "description" TEXT,
    "type" "appointment_type" NOT NULL DEFAULT 'OTHER',
    "status" "appointment_status" NOT NULL DEFAULT 'SCHEDULED',
    "start_time" TIMESTAMPTZ(6) NOT NULL,
    "end_time" TIMESTAMPTZ(6) NOT NULL,
    "location" TEXT,
    "meeting_url" TEXT,
    "reminders_sent" JSONB NOT NULL DEFAULT '[]',
    "assigned_to_id" UUID NOT NULL,
    "customer_id" UUID,
    "lead_id" UUID,
    "deal_id" UUID,
    "listing_id" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "appointments_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "organizations" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "description" TEXT,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "billing_email" TEXT,
    "is_platform" BOOLEAN NOT NULL DEFAULT false,
    "archived_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organizations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "auth_subject" TEXT,
    "email" TEXT NOT NULL,
    "name" TEXT,
    "avatar_url" TEXT,
    "role" "user_role" NOT NULL DEFAULT 'EMPLOYEE',
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "deleted_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization_members" (
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "user_id" UUID NOT NULL,
    "role" "org_role" NOT NULL DEFAULT 'MEMBER',
    "permissions" JSONB NOT NULL DEFAULT '{}',
    "joined_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "left_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_members_pkey" PRIMARY KEY ("organization_id","user_id")
);

-- CreateTable
CREATE TABLE "subscriptions" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "stripe_subscription_id" TEXT,
    "stripe_customer_id" TEXT,
    "status" "subscription_status" NOT NULL DEFAULT 'TRIAL',
    "tier" "subscription_tier" NOT NULL DEFAULT 'STARTER',
    "billing_cycle" "billing_cycle" NOT NULL DEFAULT 'MONTHLY',
    "current_period_start" TIMESTAMPTZ(6) NOT NULL,
    "current_period_end" TIMESTAMPTZ(6) NOT NULL,
    "cancel_at_period_end" BOOLEAN NOT NULL DEFAULT false,
    "metadata" JSONB,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "subscriptions_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "listings" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "title" TEXT NOT NULL,
    "description" TEXT,
    "address" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "zip_code" TEXT NOT NULL,
    "country" TEXT NOT NULL DEFAULT 'US',
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "property_type" "property_type" NOT NULL DEFAULT 'RESIDENTIAL',
    "bedrooms" SMALLINT,
    "bathrooms" DECIMAL(3,1),
    "square_feet" INTEGER,
    "lot_size" DECIMAL(12,2),
    "year_built" SMALLINT,
    "price" DECIMAL(14,2) NOT NULL,
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "status" "listing_status" NOT NULL DEFAULT 'ACTIVE',
    "mls_number" TEXT,
    "listing_date" DATE,
    "expiration_date" DATE,
    "images" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "features" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "virtual_tour_url" TEXT,
    "notes" TEXT,
    "custom_fields" JSONB NOT NULL DEFAULT '{}',
    "assigned_to_id" UUID,
    "archived_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "listings_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "transaction_loops" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "property_address" TEXT NOT NULL,
    "transaction_type" "transaction_type" NOT NULL,
    "listing_price" DECIMAL(14,2) NOT NULL,
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "status" "loop_status" NOT NULL DEFAULT 'DRAFT',
    "expected_closing" DATE,
    "actual_closing" DATE,
    "progress" SMALLINT NOT NULL DEFAULT 0,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "transaction_loops_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "loop_parties" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "loop_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "phone" TEXT,
    "role" "party_role" NOT NULL,
    "permissions" JSONB NOT NULL DEFAULT '[]',
    "status" "party_status" NOT NULL DEFAULT 'ACTIVE',
    "invited_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "joined_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "loop_parties_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "documents" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "loop_id" UUID NOT NULL,
    "filename" TEXT NOT NULL,
    "original_name" TEXT NOT NULL,
    "mime_type" TEXT NOT NULL,
    "file_size" BIGINT NOT NULL,
    "storage_key" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "status" "document_status" NOT NULL DEFAULT 'DRAFT',
    "category" TEXT,
    "uploaded_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "documents_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "document_versions" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "document_id" UUID NOT NULL,
    "version_number" INTEGER NOT NULL,
    "storage_key" TEXT NOT NULL,
    "file_size" BIGINT NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "document_versions_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "signature_requests" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "loop_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "message" TEXT,
    "status" "signature_status" NOT NULL DEFAULT 'PENDING',
    "signing_order" "signing_order" NOT NULL DEFAULT 'PARALLEL',
    "expires_at" TIMESTAMPTZ(6),
    "completed_at" TIMESTAMPTZ(6),
    "requested_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "signature_requests_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "document_signatures" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "loop_id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "signer_id" UUID NOT NULL,
    "signing_position" SMALLINT NOT NULL DEFAULT 1,
    "status" "signature_status" NOT NULL DEFAULT 'PENDING',
    "signed_at" TIMESTAMPTZ(6),
    "signature_data" TEXT,
    "ip_address" INET,
    "user_agent" TEXT,
    "auth_method" TEXT,
    "decline_reason" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "document_signatures_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "transaction_tasks" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "loop_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT,
    "status" "task_status" NOT NULL DEFAULT 'TODO',
    "priority" "task_priority" NOT NULL DEFAULT 'MEDIUM',
    "due_date" DATE,
    "completed_at" TIMESTAMPTZ(6),
    "assigned_to_id" UUID,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "transaction_tasks_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "transaction_audit_logs" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "action" TEXT NOT NULL,
    "entity_type" TEXT NOT NULL,
    "entity_id" UUID NOT NULL,
    "old_values" JSONB,
    "new_values" JSONB,
    "ip_address" INET,
    "user_agent" TEXT,
    "user_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "transaction_audit_logs_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "workflows" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "name" TEXT NOT NULL,
    "description" TEXT,
    "is_template" BOOLEAN NOT NULL DEFAULT false,
    "steps" JSONB NOT NULL,
    "status" "workflow_status" NOT NULL DEFAULT 'ACTIVE',
    "loop_id" UUID,
    "created_by_id" UUID NOT NULL,
    "archived_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflows_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "projects" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "name" TEXT NOT NULL,
    "description" TEXT,
    "status" "project_status" NOT NULL DEFAULT 'PLANNING',
    "priority" "priority" NOT NULL DEFAULT 'MEDIUM',
    "start_date" DATE,
    "due_date" DATE,
    "completion_date" DATE,
    "budget" DECIMAL(14,2),
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "progress_percentage" SMALLINT NOT NULL DEFAULT 0,
    "customer_id" UUID,
    "project_manager_id" UUID NOT NULL,
    "archived_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "tasks" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "project_id" UUID NOT NULL,
    "parent_task_id" UUID,
    "title" TEXT NOT NULL,
    "description" TEXT,
    "status" "task_status" NOT NULL DEFAULT 'TODO',
    "priority" "priority" NOT NULL DEFAULT 'MEDIUM',
    "assigned_to_id" UUID,
    "created_by_id" UUID NOT NULL,
    "due_date" DATE,
    "estimated_hours" DECIMAL(7,2),
    "actual_hours" DECIMAL(7,2),
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "position" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tasks_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "attachments" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "entity_type" TEXT NOT NULL,
    "entity_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "file_size" BIGINT NOT NULL,
    "mime_type" TEXT NOT NULL,
    "file_path" TEXT NOT NULL,
    "uploaded_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "notifications" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "user_id" UUID NOT NULL,
    "type" "notification_type" NOT NULL,
    "title" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "action_url" TEXT,
    "entity_type" TEXT,
    "entity_id" UUID,
    "payload" JSONB,
    "dedupe_key" TEXT,
    "read_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "activity_logs" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "user_id" UUID,
    "action" TEXT NOT NULL,
    "resource_type" TEXT NOT NULL,
    "resource_id" UUID,
    "old_data" JSONB,
    "new_data" JSONB,
    "ip_address" INET,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "activity_logs_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "usage_tracking" (
    "id" UUID NOT NULL DEFAULT app.uuid_v7(),
    "organization_id" UUID NOT NULL DEFAULT app.current_organization_id(),
    "user_id" UUID NOT NULL,
    "resource_type" "resource_type" NOT NULL,
    "resource_name" TEXT NOT NULL,
    "usage_amount" BIGINT NOT NULL,
    "billing_period" DATE NOT NULL,
    "metadata" JSONB,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "usage_tracking_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateIndex
CREATE INDEX "admin_action_logs_created_at_idx" ON "admin_action_logs"("created_at");

-- CreateIndex
CREATE INDEX "admin_action_logs_admin_id_created_at_idx" ON "admin_action_logs"("admin_id", "created_at");

-- CreateIndex
CREATE INDEX "admin_action_logs_target_type_target_id_created_at_idx" ON "admin_action_logs"("target_type", "target_id", "created_at");

-- CreateIndex
CREATE INDEX "feature_flags_created_by_id_idx" ON "feature_flags"("created_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "feature_flags_name_environment_key" ON "feature_flags"("name", "environment");

-- CreateIndex
CREATE INDEX "system_alerts_created_by_id_idx" ON "system_alerts"("created_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "onboarding_sessions_session_token_hash_key" ON "onboarding_sessions"("session_token_hash");

-- CreateIndex
CREATE INDEX "onboarding_sessions_user_id_idx" ON "onboarding_sessions"("user_id");

-- CreateIndex
CREATE INDEX "onboarding_sessions_organization_id_idx" ON "onboarding_sessions"("organization_id");

-- CreateIndex
CREATE INDEX "ai_conversations_organization_id_user_id_updated_at_idx" ON "ai_conversations"("organization_id", "user_id", "updated_at");

-- CreateIndex
CREATE INDEX "ai_conversations_organization_id_context_id_idx" ON "ai_conversations"("organization_id", "context_id");

-- CreateIndex
CREATE UNIQUE INDEX "ai_tools_name_key" ON "ai_tools"("name");

-- CreateIndex
CREATE INDEX "conversations_organization_id_session_id_created_at_idx" ON "conversations"("organization_id", "session_id", "created_at");

-- CreateIndex
CREATE INDEX "conversations_organization_id_created_at_idx" ON "conversations"("organization_id", "created_at");

-- CreateIndex
CREATE INDEX "example_conversations_industry_idx" ON "example_conversations"("industry");

-- CreateIndex
CREATE INDEX "analytics_events_organization_id_occurred_at_idx" ON "analytics_events"("organization_id", "occurred_at");

-- CreateIndex
CREATE INDEX "analytics_events_organization_id_session_id_occurred_at_idx" ON "analytics_events"("organization_id", "session_id", "occurred_at");

-- CreateIndex
CREATE INDEX "analytics_events_organization_id_event_name_occurred_at_idx" ON "analytics_events"("organization_id", "event_name", "occurred_at");

-- CreateIndex
CREATE INDEX "page_views_organization_id_occurred_at_idx" ON "page_views"("organization_id", "occurred_at");

-- CreateIndex
CREATE INDEX "page_views_organization_id_session_id_occurred_at_idx" ON "page_views"("organization_id", "session_id", "occurred_at");

-- CreateIndex
CREATE INDEX "page_views_organization_id_path_occurred_at_idx" ON "page_views"("organization_id", "path", "occurred_at");

-- CreateIndex
CREATE INDEX "page_views_organization_id_utm_campaign_occurred_at_idx" ON "page_views"("organization_id", "utm_campaign", "occurred_at");

-- CreateIndex
CREATE INDEX "user_sessions_organization_id_start_time_idx" ON "user_sessions"("organization_id", "start_time");

-- CreateIndex
CREATE UNIQUE INDEX "user_sessions_organization_id_session_id_key" ON "user_sessions"("organization_id", "session_id");

-- CreateIndex
CREATE INDEX "web_vitals_metrics_organization_id_metric_name_occurred_at_idx" ON "web_vitals_metrics"("organization_id", "metric_name", "occurred_at");

-- CreateIndex
CREATE UNIQUE INDEX "analytics_goals_organization_id_name_key" ON "analytics_goals"("organization_id", "name");

-- CreateIndex
CREATE INDEX "goal_conversions_organization_id_goal_id_occurred_at_idx" ON "goal_conversions"("organization_id", "goal_id", "occurred_at");

-- CreateIndex
CREATE INDEX "goal_conversions_organization_id_session_id_idx" ON "goal_conversions"("organization_id", "session_id");

-- CreateIndex
CREATE UNIQUE INDEX "platform_metrics_date_key" ON "platform_metrics"("date");

-- CreateIndex
CREATE INDEX "content_organization_id_updated_at_idx" ON "content"("organization_id", "updated_at");

-- CreateIndex
CREATE INDEX "content_organization_id_published_at_idx" ON "content"("organization_id", "published_at");

-- CreateIndex
CREATE INDEX "content_organization_id_author_id_idx" ON "content"("organization_id", "author_id");

-- CreateIndex
CREATE UNIQUE INDEX "content_organization_id_slug_key" ON "content"("organization_id", "slug");

-- CreateIndex
CREATE INDEX "leads_organization_id_created_at_idx" ON "leads"("organization_id", "created_at");

-- CreateIndex
CREATE INDEX "leads_organization_id_assigned_to_id_created_at_idx" ON "leads"("organization_id", "assigned_to_id", "created_at");

-- CreateIndex
CREATE INDEX "leads_organization_id_email_idx" ON "leads"("organization_id", "email");

-- CreateIndex
CREATE INDEX "contacts_organization_id_name_idx" ON "contacts"("organization_id", "name");

-- CreateIndex
CREATE INDEX "contacts_organization_id_assigned_to_id_name_idx" ON "contacts"("organization_id", "assigned_to_id", "name");

-- CreateIndex
CREATE INDEX "contacts_organization_id_email_idx" ON "contacts"("organization_id", "email");

-- CreateIndex
CREATE INDEX "customers_organization_id_name_idx" ON "customers"("organization_id", "name");

-- CreateIndex
CREATE INDEX "customers_organization_id_assigned_to_id_name_idx" ON "customers"("organization_id", "assigned_to_id", "name");

-- CreateIndex
CREATE INDEX "customers_organization_id_email_idx" ON "customers"("organization_id", "email");

-- CreateIndex
CREATE INDEX "deals_organization_id_expected_close_date_idx" ON "deals"("organization_id", "expected_close_date");

-- CreateIndex
CREATE INDEX "deals_organization_id_assigned_to_id_expected_close_date_idx" ON "deals"("organization_id", "assigned_to_id", "expected_close_date");

-- CreateIndex
CREATE INDEX "deals_organization_id_lead_id_idx" ON "deals"("organization_id", "lead_id");

-- CreateIndex
CREATE INDEX "deals_organization_id_contact_id_idx" ON "deals"("organization_id", "contact_id");

-- CreateIndex
CREATE INDEX "deals_organization_id_listing_id_idx" ON "deals"("organization_id", "listing_id");

-- CreateIndex
CREATE INDEX "activities_organization_id_created_at_idx" ON "activities"("organization_id", "created_at");

-- CreateIndex
CREATE INDEX "activities_organization_id_lead_id_created_at_idx" ON "activities"("organization_id", "lead_id", "created_at");

-- CreateIndex
CREATE INDEX "activities_organization_id_contact_id_created_at_idx" ON "activities"("organization_id", "contact_id", "created_at");

-- CreateIndex
CREATE INDEX "activities_organization_id_deal_id_created_at_idx" ON "activities"("organization_id", "deal_id", "created_at");

-- CreateIndex
CREATE INDEX "activities_organization_id_listing_id_created_at_idx" ON "activities"("organization_id", "listing_id", "created_at");

-- CreateIndex
CREATE INDEX "activities_organization_id_created_by_id_created_at_idx" ON "activities"("organization_id", "created_by_id", "created_at");

-- CreateIndex
CREATE INDEX "appointments_organization_id_start_time_idx" ON "appointments"("organization_id", "start_time");

-- CreateIndex
CREATE INDEX "appointments_organization_id_assigned_to_id_start_time_idx" ON "appointments"("organization_id", "assigned_to_id", "start_time");

-- CreateIndex
CREATE INDEX "appointments_organization_id_customer_id_idx" ON "appointments"("organization_id", "customer_id");

-- CreateIndex
CREATE INDEX "appointments_organization_id_lead_id_idx" ON "appointments"("organization_id", "lead_id");

-- CreateIndex
CREATE INDEX "appointments_organization_id_deal_id_idx" ON "appointments"("organization_id", "deal_id");

-- CreateIndex
CREATE INDEX "appointments_organization_id_listing_id_idx" ON "appointments"("organization_id", "listing_id");

-- CreateIndex
CREATE UNIQUE INDEX "organizations_slug_key" ON "organizations"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "users_auth_subject_key" ON "users"("auth_subject");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "organization_members_user_id_idx" ON "organization_members"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "subscriptions_organization_id_key" ON "subscriptions"("organization_id");

-- CreateIndex
CREATE INDEX "listings_organization_id_price_idx" ON "listings"("organization_id", "price");

-- CreateIndex
CREATE INDEX "listings_organization_id_state_city_idx" ON "listings"("organization_id", "state", "city");

-- CreateIndex
CREATE INDEX "listings_organization_id_zip_code_idx" ON "listings"("organization_id", "zip_code");

-- CreateIndex
CREATE INDEX "listings_organization_id_assigned_to_id_created_at_idx" ON "listings"("organization_id", "assigned_to_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "listings_organization_id_mls_number_key" ON "listings"("organization_id", "mls_number");

-- CreateIndex
CREATE INDEX "transaction_loops_organization_id_expected_closing_idx" ON "transaction_loops"("organization_id", "expected_closing");

-- CreateIndex
CREATE INDEX "transaction_loops_organization_id_created_by_id_created_at_idx" ON "transaction_loops"("organization_id", "created_by_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "loop_parties_organization_id_loop_id_id_key" ON "loop_parties"("organization_id", "loop_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "loop_parties_organization_id_loop_id_email_role_key" ON "loop_parties"("organization_id", "loop_id", "email", "role");

-- CreateIndex
CREATE INDEX "documents_organization_id_updated_at_idx" ON "documents"("organization_id", "updated_at");

-- CreateIndex
CREATE INDEX "documents_organization_id_uploaded_by_id_idx" ON "documents"("organization_id", "uploaded_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "documents_organization_id_loop_id_id_key" ON "documents"("organization_id", "loop_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "documents_organization_id_storage_key_key" ON "documents"("organization_id", "storage_key");

-- CreateIndex
CREATE INDEX "document_versions_organization_id_created_by_id_idx" ON "document_versions"("organization_id", "created_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "document_versions_document_id_version_number_key" ON "document_versions"("organization_id", "document_id", "version_number");

-- CreateIndex
CREATE UNIQUE INDEX "document_versions_organization_id_storage_key_key" ON "document_versions"("organization_id", "storage_key");

-- CreateIndex
CREATE INDEX "signature_requests_organization_id_requested_by_id_idx" ON "signature_requests"("organization_id", "requested_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "signature_requests_organization_id_loop_id_id_key" ON "signature_requests"("organization_id", "loop_id", "id");

-- CreateIndex
CREATE INDEX "document_signatures_organization_id_loop_id_document_id_idx" ON "document_signatures"("organization_id", "loop_id", "document_id");

-- CreateIndex
CREATE INDEX "document_signatures_organization_id_loop_id_signer_id_idx" ON "document_signatures"("organization_id", "loop_id", "signer_id");

-- CreateIndex
CREATE UNIQUE INDEX "document_signatures_signer_key" ON "document_signatures"("organization_id", "loop_id", "request_id", "document_id", "signer_id");

-- CreateIndex
CREATE INDEX "transaction_tasks_organization_id_loop_id_due_date_idx" ON "transaction_tasks"("organization_id", "loop_id", "due_date");

-- CreateIndex
CREATE INDEX "transaction_tasks_organization_id_loop_id_assigned_to_id_idx" ON "transaction_tasks"("organization_id", "loop_id", "assigned_to_id");

-- CreateIndex
CREATE INDEX "transaction_tasks_organization_id_created_by_id_idx" ON "transaction_tasks"("organization_id", "created_by_id");

-- CreateIndex
CREATE INDEX "transaction_audit_logs_entity_type_entity_id_occurred_at_idx" ON "transaction_audit_logs"("organization_id", "entity_type", "entity_id", "occurred_at");

-- CreateIndex
CREATE INDEX "transaction_audit_logs_organization_id_user_id_occurred_at_idx" ON "transaction_audit_logs"("organization_id", "user_id", "occurred_at");

-- CreateIndex
CREATE INDEX "transaction_audit_logs_organization_id_occurred_at_idx" ON "transaction_audit_logs"("organization_id", "occurred_at");

-- CreateIndex
CREATE INDEX "workflows_organization_id_loop_id_idx" ON "workflows"("organization_id", "loop_id");

-- CreateIndex
CREATE INDEX "workflows_organization_id_created_by_id_idx" ON "workflows"("organization_id", "created_by_id");

-- CreateIndex
CREATE INDEX "projects_organization_id_due_date_idx" ON "projects"("organization_id", "due_date");

-- CreateIndex
CREATE INDEX "projects_organization_id_customer_id_idx" ON "projects"("organization_id", "customer_id");

-- CreateIndex
CREATE INDEX "projects_organization_id_project_manager_id_due_date_idx" ON "projects"("organization_id", "project_manager_id", "due_date");

-- CreateIndex
CREATE INDEX "tasks_organization_id_project_id_position_idx" ON "tasks"("organization_id", "project_id", "position");

-- CreateIndex
CREATE INDEX "tasks_organization_id_project_id_parent_task_id_idx" ON "tasks"("organization_id", "project_id", "parent_task_id");

-- CreateIndex
CREATE INDEX "tasks_organization_id_assigned_to_id_due_date_idx" ON "tasks"("organization_id", "assigned_to_id", "due_date");

-- CreateIndex
CREATE INDEX "tasks_organization_id_created_by_id_idx" ON "tasks"("organization_id", "created_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "tasks_organization_id_project_id_id_key" ON "tasks"("organization_id", "project_id", "id");

-- CreateIndex
CREATE INDEX "attachments_entity_type_entity_id_created_at_idx" ON "attachments"("organization_id", "entity_type", "entity_id", "created_at");

-- CreateIndex
CREATE INDEX "attachments_organization_id_uploaded_by_id_idx" ON "attachments"("organization_id", "uploaded_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "attachments_organization_id_file_path_key" ON "attachments"("organization_id", "file_path");

-- CreateIndex
CREATE INDEX "notifications_organization_id_user_id_created_at_idx" ON "notifications"("organization_id", "user_id", "created_at");

-- CreateIndex
CREATE INDEX "notifications_entity_type_entity_id_created_at_idx" ON "notifications"("organization_id", "entity_type", "entity_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "notifications_organization_id_user_id_dedupe_key_key" ON "notifications"("organization_id", "user_id", "dedupe_key");

-- CreateIndex
CREATE INDEX "activity_logs_organization_id_created_at_idx" ON "activity_logs"("organization_id", "created_at");

-- CreateIndex
CREATE INDEX "activity_logs_organization_id_user_id_created_at_idx" ON "activity_logs"("organization_id", "user_id", "created_at");

-- CreateIndex
CREATE INDEX "activity_logs_resource_type_resource_id_created_at_idx" ON "activity_logs"("organization_id", "resource_type", "resource_id", "created_at");

-- CreateIndex
CREATE INDEX "usage_tracking_organization_id_billing_period_idx" ON "usage_tracking"("organization_id", "billing_period");

-- CreateIndex
CREATE INDEX "usage_tracking_organization_id_user_id_billing_period_idx" ON "usage_tracking"("organization_id", "user_id", "billing_period");

-- AddForeignKey
ALTER TABLE "admin_action_logs" ADD CONSTRAINT "admin_action_logs_admin_id_fkey" FOREIGN KEY ("admin_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "feature_flags" ADD CONSTRAINT "feature_flags_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "system_alerts" ADD CONSTRAINT "system_alerts_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "onboarding_sessions" ADD CONSTRAINT "onboarding_sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "onboarding_sessions" ADD CONSTRAINT "onboarding_sessions_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ai_conversations" ADD CONSTRAINT "ai_conversations_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ai_conversations" ADD CONSTRAINT "ai_conversations_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "analytics_events" ADD CONSTRAINT "analytics_events_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "page_views" ADD CONSTRAINT "page_views_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "user_sessions" ADD CONSTRAINT "user_sessions_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "web_vitals_metrics" ADD CONSTRAINT "web_vitals_metrics_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "analytics_goals" ADD CONSTRAINT "analytics_goals_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "goal_conversions" ADD CONSTRAINT "goal_conversions_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "goal_conversions" ADD CONSTRAINT "goal_conversions_organization_id_goal_id_fkey" FOREIGN KEY ("organization_id", "goal_id") REFERENCES "analytics_goals"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "content" ADD CONSTRAINT "content_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "content" ADD CONSTRAINT "content_organization_id_author_id_fkey" FOREIGN KEY ("organization_id", "author_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "leads" ADD CONSTRAINT "leads_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "leads" ADD CONSTRAINT "leads_organization_id_assigned_to_id_fkey" FOREIGN KEY ("organization_id", "assigned_to_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_organization_id_assigned_to_id_fkey" FOREIGN KEY ("organization_id", "assigned_to_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "customers" ADD CONSTRAINT "customers_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "customers" ADD CONSTRAINT "customers_organization_id_assigned_to_id_fkey" FOREIGN KEY ("organization_id", "assigned_to_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "deals" ADD CONSTRAINT "deals_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "deals" ADD CONSTRAINT "deals_organization_id_assigned_to_id_fkey" FOREIGN KEY ("organization_id", "assigned_to_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "deals" ADD CONSTRAINT "deals_organization_id_lead_id_fkey" FOREIGN KEY ("organization_id", "lead_id") REFERENCES "leads"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "deals" ADD CONSTRAINT "deals_organization_id_contact_id_fkey" FOREIGN KEY ("organization_id", "contact_id") REFERENCES "contacts"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "deals" ADD CONSTRAINT "deals_organization_id_listing_id_fkey" FOREIGN KEY ("organization_id", "listing_id") REFERENCES "listings"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "activities" ADD CONSTRAINT "activities_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "activities" ADD CONSTRAINT "activities_organization_id_created_by_id_fkey" FOREIGN KEY ("organization_id", "created_by_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "activities" ADD CONSTRAINT "activities_organization_id_lead_id_fkey" FOREIGN KEY ("organization_id", "lead_id") REFERENCES "leads"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "activities" ADD CONSTRAINT "activities_organization_id_contact_id_fkey" FOREIGN KEY ("organization_id", "contact_id") REFERENCES "contacts"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "activities" ADD CONSTRAINT "activities_organization_id_deal_id_fkey" FOREIGN KEY ("organization_id", "deal_id") REFERENCES "deals"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "activities" ADD CONSTRAINT "activities_organization_id_listing_id_fkey" FOREIGN KEY ("organization_id", "listing_id") REFERENCES "listings"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_organization_id_assigned_to_id_fkey" FOREIGN KEY ("organization_id", "assigned_to_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_organization_id_customer_id_fkey" FOREIGN KEY ("organization_id", "customer_id") REFERENCES "customers"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_organization_id_lead_id_fkey" FOREIGN KEY ("organization_id", "lead_id") REFERENCES "leads"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_organization_id_deal_id_fkey" FOREIGN KEY ("organization_id", "deal_id") REFERENCES "deals"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_organization_id_listing_id_fkey" FOREIGN KEY ("organization_id", "listing_id") REFERENCES "listings"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "organization_members" ADD CONSTRAINT "organization_members_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "organization_members" ADD CONSTRAINT "organization_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "listings" ADD CONSTRAINT "listings_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "listings" ADD CONSTRAINT "listings_organization_id_assigned_to_id_fkey" FOREIGN KEY ("organization_id", "assigned_to_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "transaction_loops" ADD CONSTRAINT "transaction_loops_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "transaction_loops" ADD CONSTRAINT "transaction_loops_organization_id_created_by_id_fkey" FOREIGN KEY ("organization_id", "created_by_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "loop_parties" ADD CONSTRAINT "loop_parties_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "loop_parties" ADD CONSTRAINT "loop_parties_organization_id_loop_id_fkey" FOREIGN KEY ("organization_id", "loop_id") REFERENCES "transaction_loops"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "documents" ADD CONSTRAINT "documents_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "documents" ADD CONSTRAINT "documents_organization_id_loop_id_fkey" FOREIGN KEY ("organization_id", "loop_id") REFERENCES "transaction_loops"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "documents" ADD CONSTRAINT "documents_organization_id_uploaded_by_id_fkey" FOREIGN KEY ("organization_id", "uploaded_by_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "document_versions" ADD CONSTRAINT "document_versions_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "document_versions" ADD CONSTRAINT "document_versions_organization_id_document_id_fkey" FOREIGN KEY ("organization_id", "document_id") REFERENCES "documents"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "document_versions" ADD CONSTRAINT "document_versions_organization_id_created_by_id_fkey" FOREIGN KEY ("organization_id", "created_by_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "signature_requests" ADD CONSTRAINT "signature_requests_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "signature_requests" ADD CONSTRAINT "signature_requests_organization_id_loop_id_fkey" FOREIGN KEY ("organization_id", "loop_id") REFERENCES "transaction_loops"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "signature_requests" ADD CONSTRAINT "signature_requests_organization_id_requested_by_id_fkey" FOREIGN KEY ("organization_id", "requested_by_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "document_signatures" ADD CONSTRAINT "document_signatures_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "document_signatures" ADD CONSTRAINT "document_signatures_organization_id_loop_id_fkey" FOREIGN KEY ("organization_id", "loop_id") REFERENCES "transaction_loops"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "document_signatures" ADD CONSTRAINT "document_signatures_organization_id_loop_id_request_id_fkey" FOREIGN KEY ("organization_id", "loop_id", "request_id") REFERENCES "signature_requests"("organization_id", "loop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "document_signatures" ADD CONSTRAINT "document_signatures_organization_id_loop_id_document_id_fkey" FOREIGN KEY ("organization_id", "loop_id", "document_id") REFERENCES "documents"("organization_id", "loop_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "document_signatures" ADD CONSTRAINT "document_signatures_organization_id_loop_id_signer_id_fkey" FOREIGN KEY ("organization_id", "loop_id", "signer_id") REFERENCES "loop_parties"("organization_id", "loop_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "transaction_tasks" ADD CONSTRAINT "transaction_tasks_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "transaction_tasks" ADD CONSTRAINT "transaction_tasks_organization_id_loop_id_fkey" FOREIGN KEY ("organization_id", "loop_id") REFERENCES "transaction_loops"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "transaction_tasks" ADD CONSTRAINT "transaction_tasks_organization_id_loop_id_assigned_to_id_fkey" FOREIGN KEY ("organization_id", "loop_id", "assigned_to_id") REFERENCES "loop_parties"("organization_id", "loop_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "transaction_tasks" ADD CONSTRAINT "transaction_tasks_organization_id_created_by_id_fkey" FOREIGN KEY ("organization_id", "created_by_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "transaction_audit_logs" ADD CONSTRAINT "transaction_audit_logs_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "transaction_audit_logs" ADD CONSTRAINT "transaction_audit_logs_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "workflows" ADD CONSTRAINT "workflows_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "workflows" ADD CONSTRAINT "workflows_organization_id_loop_id_fkey" FOREIGN KEY ("organization_id", "loop_id") REFERENCES "transaction_loops"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "workflows" ADD CONSTRAINT "workflows_organization_id_created_by_id_fkey" FOREIGN KEY ("organization_id", "created_by_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "projects" ADD CONSTRAINT "projects_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "projects" ADD CONSTRAINT "projects_organization_id_customer_id_fkey" FOREIGN KEY ("organization_id", "customer_id") REFERENCES "customers"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "projects" ADD CONSTRAINT "projects_organization_id_project_manager_id_fkey" FOREIGN KEY ("organization_id", "project_manager_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_organization_id_project_id_fkey" FOREIGN KEY ("organization_id", "project_id") REFERENCES "projects"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_organization_id_project_id_parent_task_id_fkey" FOREIGN KEY ("organization_id", "project_id", "parent_task_id") REFERENCES "tasks"("organization_id", "project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_organization_id_assigned_to_id_fkey" FOREIGN KEY ("organization_id", "assigned_to_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_organization_id_created_by_id_fkey" FOREIGN KEY ("organization_id", "created_by_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_organization_id_uploaded_by_id_fkey" FOREIGN KEY ("organization_id", "uploaded_by_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "activity_logs" ADD CONSTRAINT "activity_logs_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "activity_logs" ADD CONSTRAINT "activity_logs_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "usage_tracking" ADD CONSTRAINT "usage_tracking_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "usage_tracking" ADD CONSTRAINT "usage_tracking_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "organization_members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- Lists are never null; Prisma leaves them nullable

ALTER TABLE feature_flags ALTER COLUMN target_tiers SET NOT NULL;
ALTER TABLE feature_flags ALTER COLUMN target_orgs SET NOT NULL;
ALTER TABLE feature_flags ALTER COLUMN target_users SET NOT NULL;
ALTER TABLE system_alerts ALTER COLUMN target_roles SET NOT NULL;
ALTER TABLE system_alerts ALTER COLUMN target_tiers SET NOT NULL;
ALTER TABLE system_alerts ALTER COLUMN target_orgs SET NOT NULL;
ALTER TABLE conversations ALTER COLUMN embedding SET NOT NULL;
ALTER TABLE example_conversations ALTER COLUMN embedding SET NOT NULL;
ALTER TABLE leads ALTER COLUMN tags SET NOT NULL;
ALTER TABLE contacts ALTER COLUMN tags SET NOT NULL;
ALTER TABLE customers ALTER COLUMN tags SET NOT NULL;
ALTER TABLE deals ALTER COLUMN tags SET NOT NULL;
ALTER TABLE listings ALTER COLUMN images SET NOT NULL;
ALTER TABLE listings ALTER COLUMN features SET NOT NULL;
ALTER TABLE listings ALTER COLUMN tags SET NOT NULL;
ALTER TABLE tasks ALTER COLUMN tags SET NOT NULL;
-- Checks

ALTER TABLE admin_action_logs ADD CONSTRAINT admin_action_logs_description_check CHECK (char_length(description) BETWEEN 1 AND 2000);
ALTER TABLE admin_action_logs ADD CONSTRAINT admin_action_logs_target_type_check CHECK (char_length(target_type) BETWEEN 1 AND 100);
ALTER TABLE admin_action_logs ADD CONSTRAINT admin_action_logs_target_id_check CHECK (char_length(target_id) BETWEEN 1 AND 100);
ALTER TABLE admin_action_logs ADD CONSTRAINT admin_action_logs_metadata_check CHECK (jsonb_typeof(metadata) = 'object');
ALTER TABLE admin_action_logs ADD CONSTRAINT admin_action_logs_user_agent_check CHECK (char_length(user_agent) <= 1000);
ALTER TABLE admin_action_logs ADD CONSTRAINT admin_action_logs_failure_has_error_rule CHECK (success OR error IS NOT NULL);
ALTER TABLE feature_flags ADD CONSTRAINT feature_flags_name_check CHECK (char_length(name) BETWEEN 1 AND 100);
ALTER TABLE feature_flags ADD CONSTRAINT feature_flags_rollout_percent_check CHECK (rollout_percent BETWEEN 0 AND 100);
ALTER TABLE feature_flags ADD CONSTRAINT feature_flags_conditions_check CHECK (jsonb_typeof(conditions) = 'object');
ALTER TABLE feature_flags ADD CONSTRAINT feature_flags_category_check CHECK (char_length(category) <= 100);
ALTER TABLE system_alerts ADD CONSTRAINT system_alerts_title_check CHECK (char_length(title) BETWEEN 1 AND 255);
ALTER TABLE system_alerts ADD CONSTRAINT system_alerts_message_check CHECK (char_length(message) BETWEEN 1 AND 4000);
ALTER TABLE system_alerts ADD CONSTRAINT system_alerts_auto_hide_after_check CHECK (auto_hide_after > 0);
ALTER TABLE system_alerts ADD CONSTRAINT system_alerts_view_count_check CHECK (view_count >= 0);
ALTER TABLE system_alerts ADD CONSTRAINT system_alerts_dismiss_count_check CHECK (dismiss_count >= 0);
ALTER TABLE system_alerts ADD CONSTRAINT system_alerts_time_order_rule CHECK (ends_at > starts_at);
ALTER TABLE system_alerts ADD CONSTRAINT system_alerts_global_has_no_targets_rule CHECK (NOT is_global OR (cardinality(target_roles) = 0 AND cardinality(target_tiers) = 0 AND cardinality(target_orgs) = 0));
ALTER TABLE system_alerts ADD CONSTRAINT system_alerts_archived_is_inactive_rule CHECK (NOT (is_archived AND is_active));
ALTER TABLE onboarding_sessions ADD CONSTRAINT onboarding_sessions_session_token_hash_check CHECK (octet_length(session_token_hash) = 32);
ALTER TABLE onboarding_sessions ADD CONSTRAINT onboarding_sessions_current_step_check CHECK (current_step BETWEEN 1 AND 20);
ALTER TABLE onboarding_sessions ADD CONSTRAINT onboarding_sessions_total_steps_check CHECK (total_steps BETWEEN 1 AND 20);
ALTER TABLE onboarding_sessions ADD CONSTRAINT onboarding_sessions_org_name_check CHECK (char_length(org_name) <= 200);
ALTER TABLE onboarding_sessions ADD CONSTRAINT onboarding_sessions_org_website_check CHECK (org_website ~ '^https?://' AND char_length(org_website) <= 500);
ALTER TABLE onboarding_sessions ADD CONSTRAINT onboarding_sessions_org_description_check CHECK (char_length(org_description) <= 2000);
ALTER TABLE onboarding_sessions ADD CONSTRAINT onboarding_sessions_stripe_payment_intent_id_check CHECK (char_length(stripe_payment_intent_id) BETWEEN 1 AND 255);
ALTER TABLE onboarding_sessions ADD CONSTRAINT onboarding_sessions_step_within_rule CHECK (current_step <= total_steps);
ALTER TABLE onboarding_sessions ADD CONSTRAINT onboarding_sessions_completed_rule CHECK (is_completed = (completed_at IS NOT NULL));
ALTER TABLE onboarding_sessions ADD CONSTRAINT onboarding_sessions_expiry_order_rule CHECK (expires_at > created_at);
ALTER TABLE ai_conversations ADD CONSTRAINT ai_conversations_title_check CHECK (char_length(title) <= 255);
ALTER TABLE ai_conversations ADD CONSTRAINT ai_conversations_conversation_data_check CHECK (jsonb_typeof(conversation_data) = 'array');
ALTER TABLE ai_conversations ADD CONSTRAINT ai_conversations_usage_tokens_check CHECK (usage_tokens >= 0);
ALTER TABLE ai_conversations ADD CONSTRAINT ai_conversations_context_pair_rule CHECK ((context_type = 'GENERAL') = (context_id IS NULL));
ALTER TABLE ai_conversations ADD CONSTRAINT ai_conversations_data_size_rule CHECK (octet_length(conversation_data::text) <= 1048576);
ALTER TABLE ai_tools ADD CONSTRAINT ai_tools_name_check CHECK (char_length(name) BETWEEN 1 AND 100);
ALTER TABLE ai_tools ADD CONSTRAINT ai_tools_configuration_check CHECK (jsonb_typeof(configuration) = 'object');
ALTER TABLE conversations ADD CONSTRAINT conversations_session_id_check CHECK (char_length(session_id) BETWEEN 1 AND 100);
ALTER TABLE conversations ADD CONSTRAINT conversations_conversation_stage_check CHECK (char_length(conversation_stage) BETWEEN 1 AND 50);
ALTER TABLE conversations ADD CONSTRAINT conversations_outcome_check CHECK (char_length(outcome) <= 100);
ALTER TABLE conversations ADD CONSTRAINT conversations_conversion_score_check CHECK (conversion_score BETWEEN 0 AND 1);
ALTER TABLE conversations ADD CONSTRAINT conversations_response_time_ms_check CHECK (response_time_ms >= 0);
ALTER TABLE conversations ADD CONSTRAINT conversations_user_satisfaction_check CHECK (user_satisfaction BETWEEN 1 AND 5);
ALTER TABLE conversations ADD CONSTRAINT conversations_embedding_check CHECK (cardinality(embedding) IN (0, 1536));
ALTER TABLE example_conversations ADD CONSTRAINT example_conversations_problem_type_check CHECK (char_length(problem_type) <= 100);
ALTER TABLE example_conversations ADD CONSTRAINT example_conversations_solution_type_check CHECK (char_length(solution_type) <= 100);
ALTER TABLE example_conversations ADD CONSTRAINT example_conversations_outcome_check CHECK (char_length(outcome) <= 100);
ALTER TABLE example_conversations ADD CONSTRAINT example_conversations_conversion_score_check CHECK (conversion_score BETWEEN 0 AND 1);
ALTER TABLE example_conversations ADD CONSTRAINT example_conversations_embedding_check CHECK (cardinality(embedding) IN (0, 1536));
ALTER TABLE analytics_events ADD CONSTRAINT analytics_events_source_check CHECK (char_length(source) BETWEEN 1 AND 50);
ALTER TABLE analytics_events ADD CONSTRAINT analytics_events_session_id_check CHECK (char_length(session_id) BETWEEN 1 AND 100);
ALTER TABLE analytics_events ADD CONSTRAINT analytics_events_event_type_check CHECK (char_length(event_type) BETWEEN 1 AND 100);
ALTER TABLE analytics_events ADD CONSTRAINT analytics_events_event_name_check CHECK (char_length(event_name) BETWEEN 1 AND 200);
ALTER TABLE analytics_events ADD CONSTRAINT analytics_events_element_id_check CHECK (char_length(element_id) <= 500);
ALTER TABLE analytics_events ADD CONSTRAINT analytics_events_element_class_check CHECK (char_length(element_class) <= 500);
ALTER TABLE analytics_events ADD CONSTRAINT analytics_events_element_text_check CHECK (char_length(element_text) <= 500);
ALTER TABLE analytics_events ADD CONSTRAINT analytics_events_url_check CHECK (char_length(url) BETWEEN 1 AND 2000);
ALTER TABLE analytics_events ADD CONSTRAINT analytics_events_path_check CHECK (char_length(path) BETWEEN 1 AND 2000);
ALTER TABLE analytics_events ADD CONSTRAINT analytics_events_x_position_check CHECK (x_position >= 0);
ALTER TABLE analytics_events ADD CONSTRAINT analytics_events_y_position_check CHECK (y_position >= 0);
ALTER TABLE analytics_events ADD CONSTRAINT analytics_events_scroll_depth_check CHECK (scroll_depth BETWEEN 0 AND 100);
ALTER TABLE analytics_events ADD CONSTRAINT analytics_events_properties_check CHECK (jsonb_typeof(properties) = 'object');
ALTER TABLE page_views ADD CONSTRAINT page_views_source_check CHECK (char_length(source) BETWEEN 1 AND 50);
ALTER TABLE page_views ADD CONSTRAINT page_views_session_id_check CHECK (char_length(session_id) BETWEEN 1 AND 100);
ALTER TABLE page_views ADD CONSTRAINT page_views_url_check CHECK (char_length(url) BETWEEN 1 AND 2000);
ALTER TABLE page_views ADD CONSTRAINT page_views_path_check CHECK (char_length(path) BETWEEN 1 AND 2000);
ALTER TABLE page_views ADD CONSTRAINT page_views_title_check CHECK (char_length(title) <= 500);
ALTER TABLE page_views ADD CONSTRAINT page_views_referrer_check CHECK (char_length(referrer) <= 2000);
ALTER TABLE page_views ADD CONSTRAINT page_views_user_agent_check CHECK (char_length(user_agent) <= 1000);
ALTER TABLE page_views ADD CONSTRAINT page_views_country_check CHECK (char_length(country) <= 100);
ALTER TABLE page_views ADD CONSTRAINT page_views_city_check CHECK (char_length(city) <= 100);
ALTER TABLE page_views ADD CONSTRAINT page_views_device_check CHECK (char_length(device) <= 100);
ALTER TABLE page_views ADD CONSTRAINT page_views_browser_check CHECK (char_length(browser) <= 100);
ALTER TABLE page_views ADD CONSTRAINT page_views_os_check CHECK (char_length(os) <= 100);
ALTER TABLE page_views ADD CONSTRAINT page_views_utm_source_check CHECK (char_length(utm_source) <= 200);
ALTER TABLE page_views ADD CONSTRAINT page_views_utm_medium_check CHECK (char_length(utm_medium) <= 200);
ALTER TABLE page_views ADD CONSTRAINT page_views_utm_campaign_check CHECK (char_length(utm_campaign) <= 200);
ALTER TABLE page_views ADD CONSTRAINT page_views_view_duration_check CHECK (view_duration >= 0);
ALTER TABLE user_sessions ADD CONSTRAINT user_sessions_source_check CHECK (char_length(source) BETWEEN 1 AND 50);
ALTER TABLE user_sessions ADD CONSTRAINT user_sessions_session_id_check CHECK (char_length(session_id) BETWEEN 1 AND 100);
ALTER TABLE user_sessions ADD CONSTRAINT user_sessions_duration_check CHECK (duration >= 0);
ALTER TABLE user_sessions ADD CONSTRAINT user_sessions_page_views_check CHECK (page_views >= 0);
ALTER TABLE user_sessions ADD CONSTRAINT user_sessions_user_agent_check CHECK (char_length(user_agent) <= 1000);
ALTER TABLE user_sessions ADD CONSTRAINT user_sessions_country_check CHECK (char_length(country) <= 100);
ALTER TABLE user_sessions ADD CONSTRAINT user_sessions_city_check CHECK (char_length(city) <= 100);
ALTER TABLE user_sessions ADD CONSTRAINT user_sessions_device_check CHECK (char_length(device) <= 100);
ALTER TABLE user_sessions ADD CONSTRAINT user_sessions_browser_check CHECK (char_length(browser) <= 100);
ALTER TABLE user_sessions ADD CONSTRAINT user_sessions_os_check CHECK (char_length(os) <= 100);
ALTER TABLE user_sessions ADD CONSTRAINT user_sessions_referrer_check CHECK (char_length(referrer) <= 2000);
ALTER TABLE user_sessions ADD CONSTRAINT user_sessions_entry_page_check CHECK (char_length(entry_page) <= 2000);
ALTER TABLE user_sessions ADD CONSTRAINT user_sessions_exit_page_check CHECK (char_length(exit_page) <= 2000);
ALTER TABLE user_sessions ADD CONSTRAINT user_sessions_time_order_rule CHECK (end_time >= start_time);
ALTER TABLE web_vitals_metrics ADD CONSTRAINT web_vitals_metrics_source_check CHECK (char_length(source) BETWEEN 1 AND 50);
ALTER TABLE web_vitals_metrics ADD CONSTRAINT web_vitals_metrics_session_id_check CHECK (char_length(session_id) BETWEEN 1 AND 100);
ALTER TABLE web_vitals_metrics ADD CONSTRAINT web_vitals_metrics_url_check CHECK (char_length(url) BETWEEN 1 AND 2000);
ALTER TABLE web_vitals_metrics ADD CONSTRAINT web_vitals_metrics_path_check CHECK (char_length(path) BETWEEN 1 AND 2000);
ALTER TABLE web_vitals_metrics ADD CONSTRAINT web_vitals_metrics_metric_name_check CHECK (char_length(metric_name) BETWEEN 1 AND 10);
ALTER TABLE web_vitals_metrics ADD CONSTRAINT web_vitals_metrics_metric_value_check CHECK (metric_value >= 0);
ALTER TABLE web_vitals_metrics ADD CONSTRAINT web_vitals_metrics_metric_rating_check CHECK (char_length(metric_rating) BETWEEN 1 AND 20);
ALTER TABLE web_vitals_metrics ADD CONSTRAINT web_vitals_metrics_metric_id_check CHECK (char_length(metric_id) BETWEEN 1 AND 100);
ALTER TABLE web_vitals_metrics ADD CONSTRAINT web_vitals_metrics_user_agent_check CHECK (char_length(user_agent) <= 1000);
ALTER TABLE web_vitals_metrics ADD CONSTRAINT web_vitals_metrics_device_check CHECK (char_length(device) <= 100);
ALTER TABLE web_vitals_metrics ADD CONSTRAINT web_vitals_metrics_browser_check CHECK (char_length(browser) <= 100);
ALTER TABLE web_vitals_metrics ADD CONSTRAINT web_vitals_metrics_connection_type_check CHECK (char_length(connection_type) <= 100);
ALTER TABLE web_vitals_metrics ADD CONSTRAINT web_vitals_metrics_metric_known_rule CHECK (metric_name IN ('CLS', 'FCP', 'FID', 'INP', 'LCP', 'TTFB'));
ALTER TABLE web_vitals_metrics ADD CONSTRAINT web_vitals_metrics_rating_known_rule CHECK (metric_rating IN ('good', 'needs-improvement', 'poor'));
ALTER TABLE analytics_goals ADD CONSTRAINT analytics_goals_name_check CHECK (char_length(name) BETWEEN 1 AND 200);
ALTER TABLE analytics_goals ADD CONSTRAINT analytics_goals_type_check CHECK (char_length(type) BETWEEN 1 AND 50);
ALTER TABLE analytics_goals ADD CONSTRAINT analytics_goals_conditions_check CHECK (jsonb_typeof(conditions) = 'object');
ALTER TABLE analytics_goals ADD CONSTRAINT analytics_goals_value_check CHECK (value >= 0);
ALTER TABLE analytics_goals ADD CONSTRAINT analytics_goals_currency_check CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE goal_conversions ADD CONSTRAINT goal_conversions_session_id_check CHECK (char_length(session_id) BETWEEN 1 AND 100);
ALTER TABLE goal_conversions ADD CONSTRAINT goal_conversions_value_check CHECK (value >= 0);
ALTER TABLE goal_conversions ADD CONSTRAINT goal_conversions_url_check CHECK (char_length(url) BETWEEN 1 AND 2000);
ALTER TABLE goal_conversions ADD CONSTRAINT goal_conversions_path_check CHECK (char_length(path) BETWEEN 1 AND 2000);
ALTER TABLE platform_metrics ADD CONSTRAINT platform_metrics_total_users_check CHECK (total_users >= 0);
ALTER TABLE platform_metrics ADD CONSTRAINT platform_metrics_active_users_check CHECK (active_users >= 0);
ALTER TABLE platform_metrics ADD CONSTRAINT platform_metrics_new_users_check CHECK (new_users >= 0);
ALTER TABLE platform_metrics ADD CONSTRAINT platform_metrics_total_orgs_check CHECK (total_orgs >= 0);
ALTER TABLE platform_metrics ADD CONSTRAINT platform_metrics_active_orgs_check CHECK (active_orgs >= 0);
ALTER TABLE platform_metrics ADD CONSTRAINT platform_metrics_new_orgs_check CHECK (new_orgs >= 0);
ALTER TABLE platform_metrics ADD CONSTRAINT platform_metrics_mrr_check CHECK (mrr >= 0);
ALTER TABLE platform_metrics ADD CONSTRAINT platform_metrics_arr_check CHECK (arr >= 0);
ALTER TABLE platform_metrics ADD CONSTRAINT platform_metrics_currency_check CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE platform_metrics ADD CONSTRAINT platform_metrics_churn_rate_check CHECK (churn_rate BETWEEN 0 AND 1);
ALTER TABLE platform_metrics ADD CONSTRAINT platform_metrics_free_count_check CHECK (free_count >= 0);
ALTER TABLE platform_metrics ADD CONSTRAINT platform_metrics_custom_count_check CHECK (custom_count >= 0);
ALTER TABLE platform_metrics ADD CONSTRAINT platform_metrics_starter_count_check CHECK (starter_count >= 0);
ALTER TABLE platform_metrics ADD CONSTRAINT platform_metrics_growth_count_check CHECK (growth_count >= 0);
ALTER TABLE platform_metrics ADD CONSTRAINT platform_metrics_elite_count_check CHECK (elite_count >= 0);
ALTER TABLE platform_metrics ADD CONSTRAINT platform_metrics_enterprise_count_check CHECK (enterprise_count >= 0);
ALTER TABLE platform_metrics ADD CONSTRAINT platform_metrics_total_storage_check CHECK (total_storage >= 0);
ALTER TABLE platform_metrics ADD CONSTRAINT platform_metrics_api_calls_check CHECK (api_calls >= 0);
ALTER TABLE content ADD CONSTRAINT content_title_check CHECK (char_length(title) BETWEEN 1 AND 255);
ALTER TABLE content ADD CONSTRAINT content_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length(slug) <= 255);
ALTER TABLE content ADD CONSTRAINT content_excerpt_check CHECK (char_length(excerpt) <= 1000);
ALTER TABLE content ADD CONSTRAINT content_seo_meta_check CHECK (jsonb_typeof(seo_meta) = 'object');
ALTER TABLE content ADD CONSTRAINT content_published_rule CHECK (status <> 'PUBLISHED' OR published_at IS NOT NULL);
ALTER TABLE content ADD CONSTRAINT content_scheduled_rule CHECK (status <> 'SCHEDULED' OR scheduled_at IS NOT NULL);
ALTER TABLE leads ADD CONSTRAINT leads_name_check CHECK (char_length(name) BETWEEN 1 AND 255);
ALTER TABLE leads ADD CONSTRAINT leads_email_check CHECK (email = lower(email) AND char_length(email) BETWEEN 3 AND 320 AND email LIKE '%_@_%');
ALTER TABLE leads ADD CONSTRAINT leads_phone_check CHECK (char_length(phone) <= 50);
ALTER TABLE leads ADD CONSTRAINT leads_company_check CHECK (char_length(company) <= 255);
ALTER TABLE leads ADD CONSTRAINT leads_score_value_check CHECK (score_value BETWEEN 0 AND 100);
ALTER TABLE leads ADD CONSTRAINT leads_budget_check CHECK (budget >= 0);
ALTER TABLE leads ADD CONSTRAINT leads_currency_check CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE leads ADD CONSTRAINT leads_timeline_check CHECK (char_length(timeline) <= 200);
ALTER TABLE leads ADD CONSTRAINT leads_custom_fields_check CHECK (jsonb_typeof(custom_fields) = 'object');
ALTER TABLE contacts ADD CONSTRAINT contacts_name_check CHECK (char_length(name) BETWEEN 1 AND 255);
ALTER TABLE contacts ADD CONSTRAINT contacts_email_check CHECK (email = lower(email) AND char_length(email) BETWEEN 3 AND 320 AND email LIKE '%_@_%');
ALTER TABLE contacts ADD CONSTRAINT contacts_phone_check CHECK (char_length(phone) <= 50);
ALTER TABLE contacts ADD CONSTRAINT contacts_company_check CHECK (char_length(company) <= 255);
ALTER TABLE contacts ADD CONSTRAINT contacts_position_check CHECK (char_length(position) <= 255);
ALTER TABLE contacts ADD CONSTRAINT contacts_custom_fields_check CHECK (jsonb_typeof(custom_fields) = 'object');
ALTER TABLE contacts ADD CONSTRAINT contacts_linkedin_url_check CHECK (linkedin_url ~ '^https?://' AND char_length(linkedin_url) <= 500);
ALTER TABLE contacts ADD CONSTRAINT contacts_twitter_url_check CHECK (twitter_url ~ '^https?://' AND char_length(twitter_url) <= 500);
ALTER TABLE contacts ADD CONSTRAINT contacts_preferred_contact_method_check CHECK (char_length(preferred_contact_method) <= 50);
ALTER TABLE customers ADD CONSTRAINT customers_name_check CHECK (char_length(name) BETWEEN 1 AND 255);
ALTER TABLE customers ADD CONSTRAINT customers_email_check CHECK (email = lower(email) AND char_length(email) BETWEEN 3 AND 320 AND email LIKE '%_@_%');
ALTER TABLE customers ADD CONSTRAINT customers_phone_check CHECK (char_length(phone) <= 50);
ALTER TABLE customers ADD CONSTRAINT customers_company_check CHECK (char_length(company) <= 255);
ALTER TABLE customers ADD CONSTRAINT customers_custom_fields_check CHECK (jsonb_typeof(custom_fields) = 'object');
ALTER TABLE deals ADD CONSTRAINT deals_title_check CHECK (char_length(title) BETWEEN 1 AND 255);
ALTER TABLE deals ADD CONSTRAINT deals_value_check CHECK (value >= 0);
ALTER TABLE deals ADD CONSTRAINT deals_currency_check CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE deals ADD CONSTRAINT deals_probability_check CHECK (probability BETWEEN 0 AND 100);
ALTER TABLE deals ADD CONSTRAINT deals_lost_reason_check CHECK (char_length(lost_reason) <= 500);
ALTER TABLE deals ADD CONSTRAINT deals_custom_fields_check CHECK (jsonb_typeof(custom_fields) = 'object');
ALTER TABLE deals ADD CONSTRAINT deals_won_stage_rule CHECK ((stage = 'CLOSED_WON') = (status = 'WON'));
ALTER TABLE deals ADD CONSTRAINT deals_lost_stage_rule CHECK ((stage = 'CLOSED_LOST') = (status = 'LOST'));
ALTER TABLE deals ADD CONSTRAINT deals_closed_date_rule CHECK (status NOT IN ('WON', 'LOST') OR actual_close_date IS NOT NULL);
ALTER TABLE deals ADD CONSTRAINT deals_lost_reason_rule CHECK (lost_reason IS NULL OR status IN ('LOST', 'ABANDONED'));
ALTER TABLE activities ADD CONSTRAINT activities_title_check CHECK (char_length(title) BETWEEN 1 AND 255);
ALTER TABLE activities ADD CONSTRAINT activities_outcome_check CHECK (char_length(outcome) <= 500);
ALTER TABLE activities ADD CONSTRAINT activities_duration_minutes_check CHECK (duration_minutes >= 0);
ALTER TABLE appointments ADD CONSTRAINT appointments_title_check CHECK (char_length(title) BETWEEN 1 AND 255);
ALTER TABLE appointments ADD CONSTRAINT appointments_location_check CHECK (char_length(location) <= 500);
ALTER TABLE appointments ADD CONSTRAINT appointments_meeting_url_check CHECK (meeting_url ~ '^https?://' AND char_length(meeting_url) <= 500);
ALTER TABLE appointments ADD CONSTRAINT appointments_reminders_sent_check CHECK (jsonb_typeof(reminders_sent) = 'array');
ALTER TABLE appointments ADD CONSTRAINT appointments_time_order_rule CHECK (end_time > start_time);
ALTER TABLE organizations ADD CONSTRAINT organizations_name_check CHECK (char_length(name) BETWEEN 1 AND 200);
ALTER TABLE organizations ADD CONSTRAINT organizations_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length(slug) <= 255 AND char_length(slug) BETWEEN 3 AND 63);
ALTER TABLE organizations ADD CONSTRAINT organizations_description_check CHECK (char_length(description) <= 2000);
ALTER TABLE organizations ADD CONSTRAINT organizations_settings_check CHECK (jsonb_typeof(settings) = 'object');
ALTER TABLE organizations ADD CONSTRAINT organizations_billing_email_check CHECK (billing_email = lower(billing_email) AND char_length(billing_email) BETWEEN 3 AND 320 AND billing_email LIKE '%_@_%');
ALTER TABLE users ADD CONSTRAINT users_auth_subject_check CHECK (char_length(auth_subject) BETWEEN 1 AND 255);
ALTER TABLE users ADD CONSTRAINT users_email_check CHECK (email = lower(email) AND char_length(email) BETWEEN 3 AND 320 AND email LIKE '%_@_%');
ALTER TABLE users ADD CONSTRAINT users_name_check CHECK (char_length(name) BETWEEN 1 AND 200);
ALTER TABLE users ADD CONSTRAINT users_avatar_url_check CHECK (avatar_url ~ '^https?://' AND char_length(avatar_url) <= 500);
ALTER TABLE users ADD CONSTRAINT users_closed_is_inactive_rule CHECK (deleted_at IS NULL OR NOT is_active);
ALTER TABLE organization_members ADD CONSTRAINT organization_members_permissions_check CHECK (jsonb_typeof(permissions) = 'object');
ALTER TABLE organization_members ADD CONSTRAINT organization_members_left_after_join_rule CHECK (left_at IS NULL OR left_at >= joined_at);
ALTER TABLE subscriptions ADD CONSTRAINT subscriptions_stripe_subscription_id_check CHECK (char_length(stripe_subscription_id) BETWEEN 1 AND 255);
ALTER TABLE subscriptions ADD CONSTRAINT subscriptions_stripe_customer_id_check CHECK (char_length(stripe_customer_id) BETWEEN 1 AND 255);
ALTER TABLE subscriptions ADD CONSTRAINT subscriptions_metadata_check CHECK (jsonb_typeof(metadata) = 'object');
ALTER TABLE subscriptions ADD CONSTRAINT subscriptions_period_order_rule CHECK (current_period_end > current_period_start);
ALTER TABLE listings ADD CONSTRAINT listings_title_check CHECK (char_length(title) BETWEEN 1 AND 255);
ALTER TABLE listings ADD CONSTRAINT listings_address_check CHECK (char_length(address) BETWEEN 1 AND 500);
ALTER TABLE listings ADD CONSTRAINT listings_city_check CHECK (char_length(city) BETWEEN 1 AND 100);
ALTER TABLE listings ADD CONSTRAINT listings_state_check CHECK (char_length(state) BETWEEN 1 AND 100);
ALTER TABLE listings ADD CONSTRAINT listings_zip_code_check CHECK (char_length(zip_code) BETWEEN 1 AND 20);
ALTER TABLE listings ADD CONSTRAINT listings_country_check CHECK (country ~ '^[A-Z]{2}$');
ALTER TABLE listings ADD CONSTRAINT listings_latitude_check CHECK (latitude BETWEEN -90 AND 90);
ALTER TABLE listings ADD CONSTRAINT listings_longitude_check CHECK (longitude BETWEEN -180 AND 180);
ALTER TABLE listings ADD CONSTRAINT listings_bedrooms_check CHECK (bedrooms BETWEEN 0 AND 200);
ALTER TABLE listings ADD CONSTRAINT listings_bathrooms_check CHECK (bathrooms >= 0);
ALTER TABLE listings ADD CONSTRAINT listings_square_feet_check CHECK (square_feet > 0);
ALTER TABLE listings ADD CONSTRAINT listings_lot_size_check CHECK (lot_size >= 0);
ALTER TABLE listings ADD CONSTRAINT listings_year_built_check CHECK (year_built BETWEEN 1600 AND 2200);
ALTER TABLE listings ADD CONSTRAINT listings_price_check CHECK (price >= 0);
ALTER TABLE listings ADD CONSTRAINT listings_currency_check CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE listings ADD CONSTRAINT listings_mls_number_check CHECK (char_length(mls_number) BETWEEN 1 AND 100);
ALTER TABLE listings ADD CONSTRAINT listings_virtual_tour_url_check CHECK (virtual_tour_url ~ '^https?://' AND char_length(virtual_tour_url) <= 500);
ALTER TABLE listings ADD CONSTRAINT listings_custom_fields_check CHECK (jsonb_typeof(custom_fields) = 'object');
ALTER TABLE listings ADD CONSTRAINT listings_us_state_rule CHECK (country <> 'US' OR app.is_state_code(state));
ALTER TABLE listings ADD CONSTRAINT listings_point_is_whole_rule CHECK ((latitude IS NULL) = (longitude IS NULL));
ALTER TABLE listings ADD CONSTRAINT listings_date_order_rule CHECK (expiration_date >= listing_date);
ALTER TABLE transaction_loops ADD CONSTRAINT transaction_loops_property_address_check CHECK (char_length(property_address) BETWEEN 1 AND 500);
ALTER TABLE transaction_loops ADD CONSTRAINT transaction_loops_listing_price_check CHECK (listing_price >= 0);
ALTER TABLE transaction_loops ADD CONSTRAINT transaction_loops_currency_check CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE transaction_loops ADD CONSTRAINT transaction_loops_progress_check CHECK (progress BETWEEN 0 AND 100);
ALTER TABLE transaction_loops ADD CONSTRAINT transaction_loops_closed_date_rule CHECK (status <> 'CLOSED' OR actual_closing IS NOT NULL);
ALTER TABLE loop_parties ADD CONSTRAINT loop_parties_name_check CHECK (char_length(name) BETWEEN 1 AND 255);
ALTER TABLE loop_parties ADD CONSTRAINT loop_parties_email_check CHECK (email = lower(email) AND char_length(email) BETWEEN 3 AND 320 AND email LIKE '%_@_%');
ALTER TABLE loop_parties ADD CONSTRAINT loop_parties_phone_check CHECK (char_length(phone) <= 50);
ALTER TABLE loop_parties ADD CONSTRAINT loop_parties_permissions_check CHECK (jsonb_typeof(permissions) = 'array');
ALTER TABLE loop_parties ADD CONSTRAINT loop_parties_joined_after_invite_rule CHECK (joined_at >= invited_at);
ALTER TABLE documents ADD CONSTRAINT documents_filename_check CHECK (char_length(filename) BETWEEN 1 AND 255);
ALTER TABLE documents ADD CONSTRAINT documents_original_name_check CHECK (char_length(original_name) BETWEEN 1 AND 255);
ALTER TABLE documents ADD CONSTRAINT documents_mime_type_check CHECK (char_length(mime_type) BETWEEN 1 AND 255);
ALTER TABLE documents ADD CONSTRAINT documents_file_size_check CHECK (file_size > 0);
ALTER TABLE documents ADD CONSTRAINT documents_storage_key_check CHECK (starts_with(storage_key, organization_id::text || '/') AND char_length(storage_key) <= 500);
ALTER TABLE documents ADD CONSTRAINT documents_version_check CHECK (version >= 1);
ALTER TABLE documents ADD CONSTRAINT documents_category_check CHECK (char_length(category) <= 100);
ALTER TABLE document_versions ADD CONSTRAINT document_versions_version_number_check CHECK (version_number >= 1);
ALTER TABLE document_versions ADD CONSTRAINT document_versions_storage_key_check CHECK (starts_with(storage_key, organization_id::text || '/') AND char_length(storage_key) <= 500);
ALTER TABLE document_versions ADD CONSTRAINT document_versions_file_size_check CHECK (file_size > 0);
ALTER TABLE signature_requests ADD CONSTRAINT signature_requests_title_check CHECK (char_length(title) BETWEEN 1 AND 255);
ALTER TABLE signature_requests ADD CONSTRAINT signature_requests_completed_rule CHECK ((status = 'SIGNED') = (completed_at IS NOT NULL));
ALTER TABLE signature_requests ADD CONSTRAINT signature_requests_expiry_order_rule CHECK (expires_at > created_at);
ALTER TABLE document_signatures ADD CONSTRAINT document_signatures_signing_position_check CHECK (signing_position BETWEEN 1 AND 99);
ALTER TABLE document_signatures ADD CONSTRAINT document_signatures_user_agent_check CHECK (char_length(user_agent) <= 1000);
ALTER TABLE document_signatures ADD CONSTRAINT document_signatures_auth_method_check CHECK (char_length(auth_method) <= 50);
ALTER TABLE document_signatures ADD CONSTRAINT document_signatures_decline_reason_check CHECK (char_length(decline_reason) <= 500);
ALTER TABLE document_signatures ADD CONSTRAINT document_signatures_signed_rule CHECK ((status = 'SIGNED') = (signed_at IS NOT NULL AND signature_data IS NOT NULL));
ALTER TABLE document_signatures ADD CONSTRAINT document_signatures_declined_rule CHECK (decline_reason IS NULL OR status = 'DECLINED');
ALTER TABLE transaction_tasks ADD CONSTRAINT transaction_tasks_title_check CHECK (char_length(title) BETWEEN 1 AND 255);
ALTER TABLE transaction_tasks ADD CONSTRAINT transaction_tasks_completed_rule CHECK ((status = 'DONE') = (completed_at IS NOT NULL));
ALTER TABLE transaction_audit_logs ADD CONSTRAINT transaction_audit_logs_action_check CHECK (char_length(action) BETWEEN 1 AND 100);
ALTER TABLE transaction_audit_logs ADD CONSTRAINT transaction_audit_logs_entity_type_check CHECK (char_length(entity_type) BETWEEN 1 AND 100);
ALTER TABLE transaction_audit_logs ADD CONSTRAINT transaction_audit_logs_old_values_check CHECK (jsonb_typeof(old_values) = 'object');
ALTER TABLE transaction_audit_logs ADD CONSTRAINT transaction_audit_logs_new_values_check CHECK (jsonb_typeof(new_values) = 'object');
ALTER TABLE transaction_audit_logs ADD CONSTRAINT transaction_audit_logs_user_agent_check CHECK (char_length(user_agent) <= 1000);
ALTER TABLE workflows ADD CONSTRAINT workflows_name_check CHECK (char_length(name) BETWEEN 1 AND 255);
ALTER TABLE workflows ADD CONSTRAINT workflows_steps_check CHECK (jsonb_typeof(steps) = 'array');
ALTER TABLE workflows ADD CONSTRAINT workflows_template_has_no_loop_rule CHECK (NOT (is_template AND loop_id IS NOT NULL));
ALTER TABLE projects ADD CONSTRAINT projects_name_check CHECK (char_length(name) BETWEEN 1 AND 255);
ALTER TABLE projects ADD CONSTRAINT projects_budget_check CHECK (budget >= 0);
ALTER TABLE projects ADD CONSTRAINT projects_currency_check CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE projects ADD CONSTRAINT projects_progress_percentage_check CHECK (progress_percentage BETWEEN 0 AND 100);
ALTER TABLE projects ADD CONSTRAINT projects_due_order_rule CHECK (due_date >= start_date);
ALTER TABLE projects ADD CONSTRAINT projects_completion_order_rule CHECK (completion_date >= start_date);
ALTER TABLE projects ADD CONSTRAINT projects_completed_rule CHECK (status <> 'COMPLETED' OR completion_date IS NOT NULL);
ALTER TABLE tasks ADD CONSTRAINT tasks_title_check CHECK (char_length(title) BETWEEN 1 AND 255);
ALTER TABLE tasks ADD CONSTRAINT tasks_estimated_hours_check CHECK (estimated_hours >= 0);
ALTER TABLE tasks ADD CONSTRAINT tasks_actual_hours_check CHECK (actual_hours >= 0);
ALTER TABLE tasks ADD CONSTRAINT tasks_position_check CHECK (position >= 0);
ALTER TABLE tasks ADD CONSTRAINT tasks_not_own_parent_rule CHECK (parent_task_id <> id);
ALTER TABLE attachments ADD CONSTRAINT attachments_entity_type_check CHECK (char_length(entity_type) BETWEEN 1 AND 50);
ALTER TABLE attachments ADD CONSTRAINT attachments_file_name_check CHECK (char_length(file_name) BETWEEN 1 AND 255);
ALTER TABLE attachments ADD CONSTRAINT attachments_file_size_check CHECK (file_size > 0);
ALTER TABLE attachments ADD CONSTRAINT attachments_mime_type_check CHECK (char_length(mime_type) BETWEEN 1 AND 255);
ALTER TABLE attachments ADD CONSTRAINT attachments_file_path_check CHECK (starts_with(file_path, organization_id::text || '/') AND char_length(file_path) <= 500);
ALTER TABLE attachments ADD CONSTRAINT attachments_entity_known_rule CHECK (entity_type IN ('lead', 'contact', 'customer', 'deal', 'listing', 'activity', 'appointment', 'project', 'task', 'transaction_loop', 'content', 'campaign', 'expense'));
ALTER TABLE notifications ADD CONSTRAINT notifications_title_check CHECK (char_length(title) BETWEEN 1 AND 255);
ALTER TABLE notifications ADD CONSTRAINT notifications_message_check CHECK (char_length(message) BETWEEN 1 AND 4000);
ALTER TABLE notifications ADD CONSTRAINT notifications_action_url_check CHECK (char_length(action_url) <= 500);
ALTER TABLE notifications ADD CONSTRAINT notifications_entity_type_check CHECK (char_length(entity_type) BETWEEN 1 AND 50);
ALTER TABLE notifications ADD CONSTRAINT notifications_payload_check CHECK (jsonb_typeof(payload) = 'object');
ALTER TABLE notifications ADD CONSTRAINT notifications_dedupe_key_check CHECK (char_length(dedupe_key) BETWEEN 1 AND 200);
ALTER TABLE notifications ADD CONSTRAINT notifications_entity_pair_rule CHECK ((entity_type IS NULL) = (entity_id IS NULL));
ALTER TABLE notifications ADD CONSTRAINT notifications_action_is_internal_rule CHECK (action_url ~ '^/([^/\\]|$)');
ALTER TABLE activity_logs ADD CONSTRAINT activity_logs_action_check CHECK (char_length(action) BETWEEN 1 AND 100);
ALTER TABLE activity_logs ADD CONSTRAINT activity_logs_resource_type_check CHECK (char_length(resource_type) BETWEEN 1 AND 100);
ALTER TABLE activity_logs ADD CONSTRAINT activity_logs_old_data_check CHECK (jsonb_typeof(old_data) = 'object');
ALTER TABLE activity_logs ADD CONSTRAINT activity_logs_new_data_check CHECK (jsonb_typeof(new_data) = 'object');
ALTER TABLE activity_logs ADD CONSTRAINT activity_logs_user_agent_check CHECK (char_length(user_agent) <= 1000);
ALTER TABLE usage_tracking ADD CONSTRAINT usage_tracking_resource_name_check CHECK (char_length(resource_name) BETWEEN 1 AND 100);
ALTER TABLE usage_tracking ADD CONSTRAINT usage_tracking_usage_amount_check CHECK (usage_amount >= 0);
ALTER TABLE usage_tracking ADD CONSTRAINT usage_tracking_metadata_check CHECK (jsonb_typeof(metadata) = 'object');
ALTER TABLE usage_tracking ADD CONSTRAINT usage_tracking_period_is_month_rule CHECK (extract(day FROM billing_period) = 1);
-- Indexes that Prisma cannot express

-- alerts in force
CREATE INDEX system_alerts_starts_at_partial_idx ON system_alerts (starts_at) WHERE is_active;
-- clean-up
CREATE INDEX onboarding_sessions_expires_at_partial_idx ON onboarding_sessions (expires_at) WHERE NOT is_completed;
-- due for publication
CREATE INDEX content_scheduled_at_partial_idx ON content (organization_id, scheduled_at) WHERE status = 'SCHEDULED';
-- one organization operates the platform
CREATE UNIQUE INDEX organizations_is_platform_partial_key ON organizations (is_platform) WHERE is_platform;
-- requests to expire or remind
CREATE INDEX signature_requests_expires_at_partial_idx ON signature_requests (organization_id, expires_at) WHERE status IN ('PENDING', 'SENT', 'VIEWED');
-- overdue and upcoming
CREATE INDEX transaction_tasks_due_date_partial_idx ON transaction_tasks (organization_id, due_date) WHERE status IN ('TODO', 'IN_PROGRESS', 'REVIEW');
-- template picker
CREATE INDEX workflows_name_partial_idx ON workflows (organization_id, name) WHERE is_template;
-- unread badge
CREATE INDEX notifications_user_id_partial_idx ON notifications (organization_id, user_id) WHERE read_at IS NULL;
-- Functions

-- Functions through which tenants see what the platform's administration decided for them.

-- True when the conditions of a feature flag hold: {min_version?, countries?[], starts_at?, ends_at?}; null means
-- none. starts_at is inclusive, ends_at exclusive. A condition on a fact that the caller did not give (version,
-- country), and one that cannot be read as a version or a time, does not hold: a faulty flag stays off and harms no
-- other.
CREATE OR REPLACE FUNCTION app.flag_conditions_hold(conditions jsonb, client_version text, country text) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = ''
AS $$
BEGIN
  RETURN conditions IS NULL OR (
    (NOT conditions ? 'min_version' OR coalesce(
      pg_catalog.string_to_array(client_version, '.')::int[]
        >= pg_catalog.string_to_array(conditions ->> 'min_version', '.')::int[], false))
    AND (NOT conditions ? 'countries' OR coalesce(conditions -> 'countries' ? country, false))
    AND (NOT conditions ? 'starts_at' OR coalesce(
      now() >= (conditions ->> 'starts_at')::timestamp with time zone, false))
    AND (NOT conditions ? 'ends_at' OR coalesce(
      now() < (conditions ->> 'ends_at')::timestamp with time zone, false)));
EXCEPTION WHEN data_exception THEN
  RETURN false;
END
$$;
REVOKE EXECUTE ON FUNCTION app.flag_conditions_hold FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.flag_conditions_hold TO lotline_app, lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Every feature flag of the environment with whether it is on for the current organization and user. Without a user
-- in the context: no rows. Before an organization is chosen only flags that name the user, or a share of users, can
-- be on.
--
-- A flag is on when it is enabled, its conditions hold, and it names the organization or the user; or when the
-- organization's tier is among its tiers (or it lists none) and the rollout share reaches it. The share is drawn from
-- flag name and organization (else user): it is stable, equal for colleagues, and independent between flags. Pass
-- the client's version ("2.4.1") and country (ISO code) where flags depend on them. Reads only.
CREATE OR REPLACE FUNCTION app.my_feature_flags(
  environment public.environment,
  client_version text DEFAULT NULL,
  country text DEFAULT NULL
)
RETURNS TABLE (name text, enabled boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
  WITH caller AS MATERIALIZED (
    SELECT context.person, context.tenant, (
      SELECT subscription.tier FROM public.subscriptions AS subscription
      WHERE subscription.organization_id = context.tenant) AS tier
    FROM (SELECT app.current_user_id() AS person, app.current_organization_id() AS tenant) AS context
    WHERE context.person IS NOT NULL
  ), drawn AS (
    SELECT flag.*, caller.person, caller.tenant, caller.tier,
      sha256(convert_to(flag.name || ':' || coalesce(caller.tenant, caller.person), 'UTF8')) AS lot
    FROM public.feature_flags AS flag CROSS JOIN caller
    WHERE flag.environment = my_feature_flags.environment
  )
  SELECT drawn.name,
    drawn.is_enabled
    AND app.flag_conditions_hold(drawn.conditions, client_version, country)
    AND (
      coalesce(drawn.tenant = ANY (drawn.target_orgs), false)
      OR drawn.person = ANY (drawn.target_users)
      OR (cardinality(drawn.target_tiers) = 0 OR coalesce(drawn.tier = ANY (drawn.target_tiers), false))
        AND (get_byte(drawn.lot, 0) * 65536 + get_byte(drawn.lot, 1) * 256 + get_byte(drawn.lot, 2)) * 100.0 / 16777216
          < drawn.rollout_percent)
  FROM drawn
  ORDER BY drawn.name
$$;
REVOKE EXECUTE ON FUNCTION app.my_feature_flags FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.my_feature_flags TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- The platform's notices in force for the current user and organization, newest first, without those that the user
-- has dismissed here. Without a user in the context: no rows.
--
-- A notice is global, or it lists roles (of users on the platform), tiers or organizations; each list that is not
-- empty must contain the reader's, and a notice with neither reaches nobody. Dismissed means: the user has a
-- notification with entity_type system_alert, this id and read_at set; a notice that is not dismissible ignores it.
-- Reads only.
CREATE OR REPLACE FUNCTION app.my_system_alerts()
RETURNS TABLE (
  id uuid,
  title text,
  message text,
  level public.alert_level,
  category public.alert_category,
  is_dismissible boolean,
  auto_hide_after integer
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
  WITH caller AS MATERIALIZED (
    SELECT person.id AS person, person.role, context.tenant, (
      SELECT subscription.tier FROM public.subscriptions AS subscription
      WHERE subscription.organization_id = context.tenant) AS tier
    FROM (SELECT app.current_user_id() AS user_id, app.current_organization_id() AS tenant) AS context
    JOIN public.users AS person ON person.id = context.user_id
  )
  SELECT alert.id, alert.title, alert.message, alert.level, alert.category, alert.is_dismissible, alert.auto_hide_after
  FROM public.system_alerts AS alert CROSS JOIN caller
  WHERE alert.is_active AND NOT alert.is_archived
    AND alert.starts_at <= now() AND (alert.ends_at IS NULL OR alert.ends_at > now())
    AND (alert.is_global OR (
      cardinality(alert.target_roles) + cardinality(alert.target_tiers) + cardinality(alert.target_orgs) > 0
      AND (cardinality(alert.target_roles) = 0 OR caller.role = ANY (alert.target_roles))
      AND (cardinality(alert.target_tiers) = 0 OR caller.tier = ANY (alert.target_tiers))
      AND (cardinality(alert.target_orgs) = 0 OR caller.tenant = ANY (alert.target_orgs))))
    AND NOT (alert.is_dismissible AND EXISTS (
      SELECT FROM public.notifications AS note
      WHERE note.organization_id = caller.tenant AND note.user_id = caller.person
        AND note.entity_type = 'system_alert' AND note.entity_id = alert.id AND note.read_at IS NOT NULL))
  ORDER BY alert.starts_at DESC, alert.id
$$;
REVOKE EXECUTE ON FUNCTION app.my_system_alerts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.my_system_alerts TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
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
CREATE OR REPLACE FUNCTION app.called_by_platform() RETURNS boolean
LANGUAGE sql STABLE SET search_path = ''
AS $$
  SELECT pg_has_role(
    CASE current_setting('role') WHEN 'none' THEN session_user ELSE current_setting('role')::pg_catalog.name END,
    'lotline_platform', 'USAGE')
$$;
REVOKE EXECUTE ON FUNCTION app.called_by_platform FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.called_by_platform TO lotline_app, lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- True when the person has, or had, a membership in the current organization. Members who have left count, so that
-- history keeps showing their names. Null person or no context: false.
--
-- Used by the SELECT policy of users, where it runs per row that is not the reader's own; a condition on users.id
-- (leakproof) is applied before it.
CREATE OR REPLACE FUNCTION app.is_colleague(person uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM public.organization_members AS member
    WHERE member.organization_id = app.current_organization_id() AND member.user_id = person);
END
$$;
REVOKE EXECUTE ON FUNCTION app.is_colleague FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.is_colleague TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- The role (OWNER, ADMIN, MEMBER or VIEWER) with which the current user may enter the organization. The server calls
-- it under a context that holds only the user, and signs the full context with the answer.
--
-- Requires: an active person, a membership that has not ended, an organization that is not archived. Anything else,
-- including null or an organization that does not exist, raises the same error 42501 and says nothing about which.
-- Reads only; the answer holds for the moment of the call, so a signed context has to be short-lived.
CREATE OR REPLACE FUNCTION app.enter(organization uuid) RETURNS text
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
REVOKE EXECUTE ON FUNCTION app.enter FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.enter TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- The organizations that the current user can enter, by name, for the switcher before a tenant is chosen. Exactly
-- those for which app.enter() succeeds. Without a user in the context: no rows.
CREATE OR REPLACE FUNCTION app.my_organizations()
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
REVOKE EXECUTE ON FUNCTION app.my_organizations FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.my_organizations TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Creates an organization with its OWNER and a trial of 14 days (tier STARTER), and returns its id. The only way for
-- the application to make one; triggers on organizations add what every tenant starts with.
--
-- The application role creates for the current user only; the platform role for any active person. All or nothing:
-- it is one statement. Locks the person's row first, so an account that closes at the same moment either closes
-- before (refused) or after. Called twice, or twice at once, with one slug: the second waits for the first and
-- raises 23505, saying that the address is taken. A name or slug of the wrong shape fails the checks of the table
-- (23514); null fails with 23502.
CREATE OR REPLACE FUNCTION app.create_organization(organization_name text, organization_slug text, owner_id uuid) RETURNS uuid
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
REVOKE EXECUTE ON FUNCTION app.create_organization FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.create_organization TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Refuses, at the end of the transaction, to leave an organization without an OWNER whose membership has not ended.
-- Within one transaction the order is free: an owner may step down before the next one is appointed.
--
-- Two owners who leave at once: each first writes the organization's row (with its own values), so the second waits
-- for the first, then sees what it did and is refused (23514), or, under REPEATABLE READ and above, fails with 40001.
-- A lock alone would not do there, since the second would go on reading its old snapshot. An organization that is
-- deleted takes its members with it and is not checked.
CREATE OR REPLACE FUNCTION app.keep_an_owner() RETURNS trigger
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
REVOKE EXECUTE ON FUNCTION app.keep_an_owner FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.keep_an_owner TO lotline_owner;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Functions of notifications.

-- Inserts a notification for a member of the current organization and returns its id. Exists because the row is
-- invisible to its writer: INSERT … RETURNING would fail.
--
-- Returns null, and inserts nothing, when the member has left or when a notification with this dedupe_key is there
-- already; so repeating a call, or two at once, gives one row (the second waits for the first to commit). Without a
-- dedupe_key each call inserts. Raises 42501 without an organization in the context, 23503 when the recipient has
-- never been a member of it, and what the checks of the table raise. One INSERT, so there is no half.
CREATE OR REPLACE FUNCTION app.notify(
  recipient uuid,
  kind public.notification_type,
  title text,
  message text,
  action_url text DEFAULT NULL,
  entity_type text DEFAULT NULL,
  entity_id uuid DEFAULT NULL,
  payload jsonb DEFAULT NULL,
  dedupe_key text DEFAULT NULL
) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_column
DECLARE
  tenant pg_catalog.uuid := app.current_organization_id();
  still_here pg_catalog.bool;
  inserted pg_catalog.uuid;
BEGIN
  IF tenant IS NULL THEN
    RAISE EXCEPTION 'Notifications need an organization'
      USING ERRCODE = '42501', HINT = 'Call app.notify() within a context that names the organization.';
  END IF;

  SELECT member.left_at IS NULL INTO still_here
  FROM public.organization_members AS member
  WHERE member.organization_id = tenant AND member.user_id = recipient;
  IF still_here IS NULL THEN
    RAISE EXCEPTION 'The recipient is not a member of the current organization'
      USING ERRCODE = '23503', HINT = 'Notifications go to members only.';
  END IF;
  IF NOT still_here THEN
    RETURN NULL;
  END IF;

  INSERT INTO public.notifications AS note (
    organization_id, user_id, type, title, message, action_url, entity_type, entity_id, payload, dedupe_key)
  VALUES (tenant, recipient, kind, title, message, action_url, entity_type, entity_id, payload, dedupe_key)
  ON CONFLICT (organization_id, user_id, dedupe_key) DO NOTHING
  RETURNING note.id INTO inserted;
  RETURN inserted;
END
$$;
REVOKE EXECUTE ON FUNCTION app.notify FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.notify TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
-- Triggers

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
-- Row security

ALTER TABLE admin_action_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE admin_action_logs FORCE ROW LEVEL SECURITY;
CREATE POLICY admin_action_logs_platform ON admin_action_logs TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT ON admin_action_logs TO lotline_platform;
ALTER TABLE feature_flags ENABLE ROW LEVEL SECURITY;
ALTER TABLE feature_flags FORCE ROW LEVEL SECURITY;
CREATE POLICY feature_flags_platform ON feature_flags TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON feature_flags TO lotline_platform;
ALTER TABLE system_alerts ENABLE ROW LEVEL SECURITY;
ALTER TABLE system_alerts FORCE ROW LEVEL SECURITY;
CREATE POLICY system_alerts_platform ON system_alerts TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON system_alerts TO lotline_platform;
ALTER TABLE onboarding_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE onboarding_sessions FORCE ROW LEVEL SECURITY;
CREATE POLICY onboarding_sessions_select ON onboarding_sessions FOR SELECT TO lotline_app
  USING (user_id = (select app.current_user_id()));
CREATE POLICY onboarding_sessions_update ON onboarding_sessions FOR UPDATE TO lotline_app
  USING (user_id = (select app.current_user_id()))
  WITH CHECK (user_id = (select app.current_user_id()));
CREATE POLICY onboarding_sessions_platform ON onboarding_sessions TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, UPDATE (current_step, org_name, org_website, org_description, selected_tier, billing_cycle, updated_at) ON onboarding_sessions TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON onboarding_sessions TO lotline_platform;
ALTER TABLE ai_conversations ENABLE ROW LEVEL SECURITY;
ALTER TABLE ai_conversations FORCE ROW LEVEL SECURITY;
CREATE POLICY ai_conversations_floor ON ai_conversations AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY ai_conversations_select ON ai_conversations FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()));
CREATE POLICY ai_conversations_insert ON ai_conversations FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()));
CREATE POLICY ai_conversations_update ON ai_conversations FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()));
CREATE POLICY ai_conversations_delete ON ai_conversations FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()));
CREATE POLICY ai_conversations_platform ON ai_conversations TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON ai_conversations TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ai_conversations TO lotline_platform;
ALTER TABLE ai_tools ENABLE ROW LEVEL SECURITY;
ALTER TABLE ai_tools FORCE ROW LEVEL SECURITY;
CREATE POLICY ai_tools_select ON ai_tools FOR SELECT TO lotline_app
  USING (is_active);
CREATE POLICY ai_tools_platform ON ai_tools TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT ON ai_tools TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ai_tools TO lotline_platform;
ALTER TABLE conversations ENABLE ROW LEVEL SECURITY;
ALTER TABLE conversations FORCE ROW LEVEL SECURITY;
CREATE POLICY conversations_floor ON conversations AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY conversations_select ON conversations FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY conversations_insert ON conversations FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY conversations_update ON conversations FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY conversations_delete ON conversations FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY conversations_platform ON conversations TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON conversations TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON conversations TO lotline_platform;
ALTER TABLE example_conversations ENABLE ROW LEVEL SECURITY;
ALTER TABLE example_conversations FORCE ROW LEVEL SECURITY;
CREATE POLICY example_conversations_platform ON example_conversations TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON example_conversations TO lotline_platform;
ALTER TABLE analytics_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE analytics_events FORCE ROW LEVEL SECURITY;
CREATE POLICY analytics_events_floor ON analytics_events AS RESTRICTIVE TO lotline_app, lotline_ingest
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY analytics_events_select ON analytics_events FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY analytics_events_ingest_insert ON analytics_events FOR INSERT TO lotline_ingest
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY analytics_events_platform ON analytics_events TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT ON analytics_events TO lotline_app;
GRANT INSERT ON analytics_events TO lotline_ingest;
GRANT SELECT, INSERT, UPDATE, DELETE ON analytics_events TO lotline_platform;
ALTER TABLE page_views ENABLE ROW LEVEL SECURITY;
ALTER TABLE page_views FORCE ROW LEVEL SECURITY;
CREATE POLICY page_views_floor ON page_views AS RESTRICTIVE TO lotline_app, lotline_ingest
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY page_views_select ON page_views FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY page_views_ingest_insert ON page_views FOR INSERT TO lotline_ingest
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY page_views_platform ON page_views TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT ON page_views TO lotline_app;
GRANT INSERT ON page_views TO lotline_ingest;
GRANT SELECT, INSERT, UPDATE, DELETE ON page_views TO lotline_platform;
ALTER TABLE user_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE user_sessions FORCE ROW LEVEL SECURITY;
CREATE POLICY user_sessions_floor ON user_sessions AS RESTRICTIVE TO lotline_app, lotline_ingest
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY user_sessions_select ON user_sessions FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY user_sessions_ingest_select ON user_sessions FOR SELECT TO lotline_ingest
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY user_sessions_ingest_insert ON user_sessions FOR INSERT TO lotline_ingest
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY user_sessions_ingest_update ON user_sessions FOR UPDATE TO lotline_ingest
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY user_sessions_platform ON user_sessions TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT ON user_sessions TO lotline_app;
GRANT SELECT, INSERT, UPDATE ON user_sessions TO lotline_ingest;
GRANT SELECT, INSERT, UPDATE, DELETE ON user_sessions TO lotline_platform;
ALTER TABLE web_vitals_metrics ENABLE ROW LEVEL SECURITY;
ALTER TABLE web_vitals_metrics FORCE ROW LEVEL SECURITY;
CREATE POLICY web_vitals_metrics_floor ON web_vitals_metrics AS RESTRICTIVE TO lotline_app, lotline_ingest
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY web_vitals_metrics_select ON web_vitals_metrics FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY web_vitals_metrics_ingest_insert ON web_vitals_metrics FOR INSERT TO lotline_ingest
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY web_vitals_metrics_platform ON web_vitals_metrics TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT ON web_vitals_metrics TO lotline_app;
GRANT INSERT ON web_vitals_metrics TO lotline_ingest;
GRANT SELECT, INSERT, UPDATE, DELETE ON web_vitals_metrics TO lotline_platform;
ALTER TABLE analytics_goals ENABLE ROW LEVEL SECURITY;
ALTER TABLE analytics_goals FORCE ROW LEVEL SECURITY;
CREATE POLICY analytics_goals_floor ON analytics_goals AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY analytics_goals_select ON analytics_goals FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY analytics_goals_insert ON analytics_goals FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY analytics_goals_update ON analytics_goals FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY analytics_goals_delete ON analytics_goals FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY analytics_goals_platform ON analytics_goals TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON analytics_goals TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON analytics_goals TO lotline_platform;
ALTER TABLE goal_conversions ENABLE ROW LEVEL SECURITY;
ALTER TABLE goal_conversions FORCE ROW LEVEL SECURITY;
CREATE POLICY goal_conversions_floor ON goal_conversions AS RESTRICTIVE TO lotline_app, lotline_ingest
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY goal_conversions_select ON goal_conversions FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY goal_conversions_ingest_insert ON goal_conversions FOR INSERT TO lotline_ingest
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY goal_conversions_platform ON goal_conversions TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT ON goal_conversions TO lotline_app;
GRANT INSERT ON goal_conversions TO lotline_ingest;
GRANT SELECT, INSERT, UPDATE, DELETE ON goal_conversions TO lotline_platform;
ALTER TABLE platform_metrics ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform_metrics FORCE ROW LEVEL SECURITY;
CREATE POLICY platform_metrics_platform ON platform_metrics TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON platform_metrics TO lotline_platform;
ALTER TABLE content ENABLE ROW LEVEL SECURITY;
ALTER TABLE content FORCE ROW LEVEL SECURITY;
CREATE POLICY content_floor ON content AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY content_select ON content FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY content_insert ON content FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY content_update ON content FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY content_delete ON content FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND status IN ('DRAFT', 'ARCHIVED'));
CREATE POLICY content_platform ON content TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON content TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON content TO lotline_platform;
ALTER TABLE leads ENABLE ROW LEVEL SECURITY;
ALTER TABLE leads FORCE ROW LEVEL SECURITY;
CREATE POLICY leads_floor ON leads AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY leads_select ON leads FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY leads_insert ON leads FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY leads_update ON leads FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY leads_delete ON leads FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY leads_platform ON leads TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON leads TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON leads TO lotline_platform;
ALTER TABLE contacts ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts FORCE ROW LEVEL SECURITY;
CREATE POLICY contacts_floor ON contacts AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY contacts_select ON contacts FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY contacts_insert ON contacts FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY contacts_update ON contacts FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY contacts_delete ON contacts FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY contacts_platform ON contacts TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts TO lotline_platform;
ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
ALTER TABLE customers FORCE ROW LEVEL SECURITY;
CREATE POLICY customers_floor ON customers AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY customers_select ON customers FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY customers_insert ON customers FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY customers_update ON customers FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY customers_delete ON customers FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY customers_platform ON customers TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON customers TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON customers TO lotline_platform;
ALTER TABLE deals ENABLE ROW LEVEL SECURITY;
ALTER TABLE deals FORCE ROW LEVEL SECURITY;
CREATE POLICY deals_floor ON deals AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY deals_select ON deals FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY deals_insert ON deals FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY deals_update ON deals FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY deals_delete ON deals FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY deals_platform ON deals TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON deals TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON deals TO lotline_platform;
ALTER TABLE activities ENABLE ROW LEVEL SECURITY;
ALTER TABLE activities FORCE ROW LEVEL SECURITY;
CREATE POLICY activities_floor ON activities AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY activities_select ON activities FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY activities_insert ON activities FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY activities_update ON activities FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY activities_delete ON activities FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY activities_platform ON activities TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON activities TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON activities TO lotline_platform;
ALTER TABLE appointments ENABLE ROW LEVEL SECURITY;
ALTER TABLE appointments FORCE ROW LEVEL SECURITY;
CREATE POLICY appointments_floor ON appointments AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY appointments_select ON appointments FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY appointments_insert ON appointments FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY appointments_update ON appointments FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY appointments_delete ON appointments FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY appointments_platform ON appointments TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON appointments TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON appointments TO lotline_platform;
ALTER TABLE organizations ENABLE ROW LEVEL SECURITY;
ALTER TABLE organizations FORCE ROW LEVEL SECURITY;
CREATE POLICY organizations_floor ON organizations AS RESTRICTIVE TO lotline_app
  USING (id = (select app.current_organization_id()))
  WITH CHECK (id = (select app.current_organization_id()));
CREATE POLICY organizations_select ON organizations FOR SELECT TO lotline_app
  USING (id = (select app.current_organization_id()));
CREATE POLICY organizations_update ON organizations FOR UPDATE TO lotline_app
  USING (id = (select app.current_organization_id()) AND (select app.is_org_admin()))
  WITH CHECK (id = (select app.current_organization_id()) AND (select app.is_org_admin()));
CREATE POLICY organizations_platform ON organizations TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, UPDATE (id, name, slug, description, settings, billing_email, archived_at, created_at, updated_at) ON organizations TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON organizations TO lotline_platform;
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
CREATE POLICY users_select ON users FOR SELECT TO lotline_app
  USING (id = (select app.current_user_id()) OR app.is_colleague(id));
CREATE POLICY users_update ON users FOR UPDATE TO lotline_app
  USING (id = (select app.current_user_id()))
  WITH CHECK (id = (select app.current_user_id()));
CREATE POLICY users_platform ON users TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, UPDATE (name, avatar_url, updated_at) ON users TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON users TO lotline_platform;
ALTER TABLE organization_members ENABLE ROW LEVEL SECURITY;
ALTER TABLE organization_members FORCE ROW LEVEL SECURITY;
CREATE POLICY organization_members_floor ON organization_members AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY organization_members_select ON organization_members FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY organization_members_insert ON organization_members FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()) AND (select app.is_org_admin()));
CREATE POLICY organization_members_update ON organization_members FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND (select app.is_org_admin()))
  WITH CHECK (organization_id = (select app.current_organization_id()) AND (select app.is_org_admin()));
CREATE POLICY organization_members_platform ON organization_members TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON organization_members TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON organization_members TO lotline_platform;
ALTER TABLE subscriptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE subscriptions FORCE ROW LEVEL SECURITY;
CREATE POLICY subscriptions_floor ON subscriptions AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY subscriptions_select ON subscriptions FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY subscriptions_platform ON subscriptions TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT ON subscriptions TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON subscriptions TO lotline_platform;
ALTER TABLE listings ENABLE ROW LEVEL SECURITY;
ALTER TABLE listings FORCE ROW LEVEL SECURITY;
CREATE POLICY listings_floor ON listings AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY listings_select ON listings FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY listings_insert ON listings FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY listings_update ON listings FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY listings_delete ON listings FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY listings_platform ON listings TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON listings TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON listings TO lotline_platform;
ALTER TABLE transaction_loops ENABLE ROW LEVEL SECURITY;
ALTER TABLE transaction_loops FORCE ROW LEVEL SECURITY;
CREATE POLICY transaction_loops_floor ON transaction_loops AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY transaction_loops_select ON transaction_loops FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY transaction_loops_insert ON transaction_loops FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY transaction_loops_update ON transaction_loops FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY transaction_loops_delete ON transaction_loops FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND status = 'DRAFT');
CREATE POLICY transaction_loops_platform ON transaction_loops TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON transaction_loops TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON transaction_loops TO lotline_platform;
ALTER TABLE loop_parties ENABLE ROW LEVEL SECURITY;
ALTER TABLE loop_parties FORCE ROW LEVEL SECURITY;
CREATE POLICY loop_parties_floor ON loop_parties AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY loop_parties_select ON loop_parties FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY loop_parties_insert ON loop_parties FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY loop_parties_update ON loop_parties FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY loop_parties_delete ON loop_parties FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY loop_parties_platform ON loop_parties TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON loop_parties TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON loop_parties TO lotline_platform;
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE documents FORCE ROW LEVEL SECURITY;
CREATE POLICY documents_floor ON documents AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY documents_select ON documents FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY documents_insert ON documents FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY documents_update ON documents FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY documents_delete ON documents FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY documents_platform ON documents TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON documents TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON documents TO lotline_platform;
ALTER TABLE document_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE document_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY document_versions_floor ON document_versions AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY document_versions_select ON document_versions FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY document_versions_insert ON document_versions FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY document_versions_platform ON document_versions TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT ON document_versions TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON document_versions TO lotline_platform;
ALTER TABLE signature_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE signature_requests FORCE ROW LEVEL SECURITY;
CREATE POLICY signature_requests_floor ON signature_requests AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY signature_requests_select ON signature_requests FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY signature_requests_insert ON signature_requests FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY signature_requests_update ON signature_requests FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY signature_requests_delete ON signature_requests FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND status = 'PENDING');
CREATE POLICY signature_requests_platform ON signature_requests TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON signature_requests TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON signature_requests TO lotline_platform;
ALTER TABLE document_signatures ENABLE ROW LEVEL SECURITY;
ALTER TABLE document_signatures FORCE ROW LEVEL SECURITY;
CREATE POLICY document_signatures_floor ON document_signatures AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY document_signatures_select ON document_signatures FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY document_signatures_insert ON document_signatures FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY document_signatures_update ON document_signatures FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND status <> 'SIGNED')
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY document_signatures_platform ON document_signatures TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON document_signatures TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON document_signatures TO lotline_platform;
ALTER TABLE transaction_tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE transaction_tasks FORCE ROW LEVEL SECURITY;
CREATE POLICY transaction_tasks_floor ON transaction_tasks AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY transaction_tasks_select ON transaction_tasks FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY transaction_tasks_insert ON transaction_tasks FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY transaction_tasks_update ON transaction_tasks FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY transaction_tasks_delete ON transaction_tasks FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY transaction_tasks_platform ON transaction_tasks TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON transaction_tasks TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON transaction_tasks TO lotline_platform;
ALTER TABLE transaction_audit_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE transaction_audit_logs FORCE ROW LEVEL SECURITY;
CREATE POLICY transaction_audit_logs_floor ON transaction_audit_logs AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY transaction_audit_logs_select ON transaction_audit_logs FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY transaction_audit_logs_insert ON transaction_audit_logs FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()));
CREATE POLICY transaction_audit_logs_platform ON transaction_audit_logs TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT ON transaction_audit_logs TO lotline_app;
GRANT SELECT, INSERT ON transaction_audit_logs TO lotline_platform;
ALTER TABLE workflows ENABLE ROW LEVEL SECURITY;
ALTER TABLE workflows FORCE ROW LEVEL SECURITY;
CREATE POLICY workflows_floor ON workflows AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY workflows_select ON workflows FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY workflows_insert ON workflows FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY workflows_update ON workflows FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY workflows_delete ON workflows FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY workflows_platform ON workflows TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON workflows TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON workflows TO lotline_platform;
ALTER TABLE projects ENABLE ROW LEVEL SECURITY;
ALTER TABLE projects FORCE ROW LEVEL SECURITY;
CREATE POLICY projects_floor ON projects AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY projects_select ON projects FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY projects_insert ON projects FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY projects_update ON projects FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY projects_delete ON projects FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY projects_platform ON projects TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON projects TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON projects TO lotline_platform;
ALTER TABLE tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE tasks FORCE ROW LEVEL SECURITY;
CREATE POLICY tasks_floor ON tasks AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY tasks_select ON tasks FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY tasks_insert ON tasks FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY tasks_update ON tasks FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY tasks_delete ON tasks FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY tasks_platform ON tasks TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON tasks TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON tasks TO lotline_platform;
ALTER TABLE attachments ENABLE ROW LEVEL SECURITY;
ALTER TABLE attachments FORCE ROW LEVEL SECURITY;
CREATE POLICY attachments_floor ON attachments AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY attachments_select ON attachments FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY attachments_insert ON attachments FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY attachments_update ON attachments FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY attachments_delete ON attachments FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY attachments_platform ON attachments TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON attachments TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON attachments TO lotline_platform;
ALTER TABLE notifications ENABLE ROW LEVEL SECURITY;
ALTER TABLE notifications FORCE ROW LEVEL SECURITY;
CREATE POLICY notifications_floor ON notifications AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY notifications_select ON notifications FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()));
CREATE POLICY notifications_insert ON notifications FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY notifications_update ON notifications FOR UPDATE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()));
CREATE POLICY notifications_delete ON notifications FOR DELETE TO lotline_app
  USING (organization_id = (select app.current_organization_id()) AND user_id = (select app.current_user_id()) AND coalesce(entity_type, '') NOT IN ('reid_alert', 'system_alert'));
CREATE POLICY notifications_platform ON notifications TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON notifications TO lotline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON notifications TO lotline_platform;
ALTER TABLE activity_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE activity_logs FORCE ROW LEVEL SECURITY;
CREATE POLICY activity_logs_floor ON activity_logs AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY activity_logs_select ON activity_logs FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY activity_logs_insert ON activity_logs FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()) AND (user_id IS NULL OR user_id = (select app.current_user_id())));
CREATE POLICY activity_logs_platform ON activity_logs TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT ON activity_logs TO lotline_app;
GRANT SELECT, INSERT ON activity_logs TO lotline_platform;
ALTER TABLE usage_tracking ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_tracking FORCE ROW LEVEL SECURITY;
CREATE POLICY usage_tracking_floor ON usage_tracking AS RESTRICTIVE TO lotline_app
  USING (organization_id = (select app.current_organization_id()))
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY usage_tracking_select ON usage_tracking FOR SELECT TO lotline_app
  USING (organization_id = (select app.current_organization_id()));
CREATE POLICY usage_tracking_insert ON usage_tracking FOR INSERT TO lotline_app
  WITH CHECK (organization_id = (select app.current_organization_id()));
CREATE POLICY usage_tracking_platform ON usage_tracking TO lotline_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT, INSERT ON usage_tracking TO lotline_app;
GRANT SELECT, INSERT ON usage_tracking TO lotline_platform;

RESET ROLE;

DO $$
BEGIN
  -- A shadow database has no such table.
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    UPDATE public._prisma_migrations SET finished_at = now(), applied_steps_count = 1
    WHERE migration_name = '20261122193000_baseline' AND finished_at IS NULL AND rolled_back_at IS NULL;
  END IF;
END $$;
