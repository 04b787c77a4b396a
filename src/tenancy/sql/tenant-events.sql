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
CREATE POLICY tenant_events_read ON app.tenant_events FOR SELECT TO {{platform}} USING (true);
DROP POLICY IF EXISTS tenant_events_write ON app.tenant_events;
CREATE POLICY tenant_events_write ON app.tenant_events FOR INSERT TO {{platform}} WITH CHECK (true);
REVOKE ALL ON app.tenant_events FROM PUBLIC;
GRANT SELECT, INSERT ON app.tenant_events TO {{platform}};
