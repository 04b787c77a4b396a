import { quoteIdent as q } from '../../database/quote.ts';
import type { Roles } from '../boundary.ts';

/**
 * What every worker gets beside what Citus takes there, as one statement without dollar quotes inside: the local table of
 * the context keys, and the rights that were taken from PUBLIC, since Citus carries over what was granted and not what
 * was revoked.
 */
export function workerSql(roles: Pick<Roles, 'owner'>): string {
  const owner = q(roles.owner);
  return `DO $worker$
BEGIN
  -- Otherwise the worker would ask to be told by the coordinator.
  PERFORM set_config('citus.enable_ddl_propagation', 'off', true);
  CREATE TABLE IF NOT EXISTS app.context_keys (
    id smallint PRIMARY KEY,
    inner_pad bytea NOT NULL CHECK (octet_length(inner_pad) = 64),
    outer_pad bytea NOT NULL CHECK (octet_length(outer_pad) = 64),
    created_at timestamptz(6) NOT NULL DEFAULT now(),
    expires_at timestamptz(6)
  );
  ALTER TABLE app.context_keys OWNER TO ${owner};
  ALTER TABLE app.context_keys ENABLE ROW LEVEL SECURITY;
  ALTER TABLE app.context_keys FORCE ROW LEVEL SECURITY;
  DROP POLICY IF EXISTS context_keys_owner ON app.context_keys;
  CREATE POLICY context_keys_owner ON app.context_keys TO ${owner} USING (true) WITH CHECK (true);
  REVOKE ALL ON app.context_keys FROM PUBLIC;
  REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC;
  REVOKE ALL ON SCHEMA app FROM PUBLIC;
  REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $worker$`;
}
