-- The name of the channel on which app.record_changes() tells what changed. LISTEN needs no right, so whoever knew the name
-- would hear of the changes of every tenant: it is random, and only the platform role reads it.
CREATE TABLE IF NOT EXISTS app.change_channel (
  one  boolean PRIMARY KEY DEFAULT true CHECK (one),
  name text NOT NULL DEFAULT 'live_' || replace(gen_random_uuid()::text, '-', '') CHECK (name ~ '^live_[0-9a-f]{32}$')
);
ALTER TABLE app.change_channel ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.change_channel FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS change_channel_owner ON app.change_channel;
CREATE POLICY change_channel_owner ON app.change_channel TO {{owner}} USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS change_channel_platform ON app.change_channel;
CREATE POLICY change_channel_platform ON app.change_channel FOR SELECT TO {{platform}} USING (true);
REVOKE ALL ON app.change_channel FROM PUBLIC;
GRANT SELECT ON app.change_channel TO {{platform}};
INSERT INTO app.change_channel DEFAULT VALUES ON CONFLICT DO NOTHING;
