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
CREATE POLICY context_keys_owner ON app.context_keys TO {{owner}} USING (true) WITH CHECK (true);

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
