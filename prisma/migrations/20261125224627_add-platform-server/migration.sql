-- lotline:atomic
-- One implicit transaction: the server applies all of this file or nothing. The last statement marks the migration as
-- finished in the same transaction, so that a row without a finish proves that nothing was applied.
-- Written by `npm run db:migrate` from the annotated Prisma models; not to be edited.

SET LOCAL ROLE lotline_owner;

SET LOCAL check_function_bodies = off;

-- Schemas beside Prisma’s

CREATE SCHEMA IF NOT EXISTS queue;
REVOKE ALL ON SCHEMA queue FROM PUBLIC;
GRANT USAGE ON SCHEMA queue TO lotline_platform;
CREATE SCHEMA IF NOT EXISTS server;
REVOKE ALL ON SCHEMA server FROM PUBLIC;
GRANT USAGE ON SCHEMA server TO lotline_platform;
-- The queue of jobs. queue.runs is the truth about every run; graphile-worker, in a schema of its own that belongs to the
-- platform role, only says to a worker which run is due. Its job holds ids alone, is inserted in the same transaction as
-- the run, and is made anew where it is missing. Requests reach the runs through the functions below, which restrict
-- themselves to the verified context.

-- graphile-worker keeps its tables here and migrates them itself when a worker starts.
CREATE SCHEMA IF NOT EXISTS graphile_worker AUTHORIZATION lotline_platform;
-- One row for each run of a job. A run without user_id is the system's; the person is not referred to, for what ran outlives
-- an account.
-- `starts` counts every start and is never reset: whoever writes about a running attempt names it, so that a worker that
-- was taken for dead, or whose run was cancelled and tried again, cannot write into a later attempt.
-- `attempt` counts the attempts of this round; one that was given back by a worker that stopped does not count.
CREATE TABLE IF NOT EXISTS queue.runs (
  id              uuid PRIMARY KEY DEFAULT app.uuid_v7(),
  organization_id uuid NOT NULL REFERENCES public.organizations (id) ON DELETE CASCADE,
  user_id         uuid,
  name            text NOT NULL CHECK (name ~ '^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$' AND char_length(name) <= 100),
  input           jsonb NOT NULL CHECK (octet_length(input::text) <= 262144),
  status          text NOT NULL DEFAULT 'QUEUED'
                  CHECK (status IN ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  progress        numeric(4, 3) NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
  message         text CHECK (char_length(message) <= 500),
  result          jsonb CHECK (octet_length(result::text) <= 131072),
  error           text CHECK (char_length(error) <= 2000),
  attempt         integer NOT NULL DEFAULT 0 CHECK (attempt >= 0),
  max_attempts    integer NOT NULL DEFAULT 8 CHECK (max_attempts BETWEEN 1 AND 100),
  starts          integer NOT NULL DEFAULT 0 CHECK (starts >= 0),
  worker          text,
  priority        smallint NOT NULL DEFAULT 0 CHECK (priority BETWEEN -100 AND 100),
  dedupe_key      text CHECK (char_length(dedupe_key) BETWEEN 1 AND 200),
  scheduled_for   timestamptz(6),
  run_at          timestamptz(6) NOT NULL DEFAULT now(),
  created_at      timestamptz(6) NOT NULL DEFAULT now(),
  started_at      timestamptz(6),
  finished_at     timestamptz(6),
  CHECK ((finished_at IS NOT NULL) = (status IN ('SUCCEEDED', 'FAILED', 'CANCELLED'))),
  CHECK (worker IS NOT NULL OR status <> 'RUNNING')
);
ALTER TABLE queue.runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE queue.runs FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS runs_platform ON queue.runs;
CREATE POLICY runs_platform ON queue.runs TO lotline_platform USING (true) WITH CHECK (true);
REVOKE ALL ON queue.runs FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON queue.runs TO lotline_platform;
-- Worker processes. Each holds the session advisory lock (1819635569, lock) on a connection of its own while it lives; a
-- row whose lock nobody holds is of a process that has gone. `id` is what graphile-worker writes beside jobs it has taken.
CREATE TABLE IF NOT EXISTS queue.workers (
  id         text PRIMARY KEY,
  lock       integer NOT NULL GENERATED ALWAYS AS IDENTITY,
  started_at timestamptz(6) NOT NULL DEFAULT now()
);
ALTER TABLE queue.workers ENABLE ROW LEVEL SECURITY;
ALTER TABLE queue.workers FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS workers_platform ON queue.workers;
CREATE POLICY workers_platform ON queue.workers TO lotline_platform USING (true) WITH CHECK (true);
REVOKE ALL ON queue.workers FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON queue.workers TO lotline_platform;
-- The last moment for which each schedule has been met, by organization. It outlives the runs.
CREATE TABLE IF NOT EXISTS queue.schedules (
  organization_id uuid NOT NULL REFERENCES public.organizations (id) ON DELETE CASCADE,
  name            text NOT NULL,
  last_at         timestamptz(6) NOT NULL,
  PRIMARY KEY (organization_id, name)
);
ALTER TABLE queue.schedules ENABLE ROW LEVEL SECURITY;
ALTER TABLE queue.schedules FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS schedules_platform ON queue.schedules;
CREATE POLICY schedules_platform ON queue.schedules TO lotline_platform USING (true) WITH CHECK (true);
REVOKE ALL ON queue.schedules FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON queue.schedules TO lotline_platform;
-- Schedules by name: since when a worker knows them, and, for those of the platform, the last moment that has been met.
-- What was due before a schedule was known is not run.
CREATE TABLE IF NOT EXISTS queue.timetables (
  name        text PRIMARY KEY,
  known_since timestamptz(6) NOT NULL DEFAULT now(),
  last_at     timestamptz(6)
);
ALTER TABLE queue.timetables ENABLE ROW LEVEL SECURITY;
ALTER TABLE queue.timetables FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS timetables_platform ON queue.timetables;
CREATE POLICY timetables_platform ON queue.timetables TO lotline_platform USING (true) WITH CHECK (true);
REVOKE ALL ON queue.timetables FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON queue.timetables TO lotline_platform;
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
-- Pages of an organization's runs, newest first: ids are in the order of time.
CREATE INDEX IF NOT EXISTS queue_runs_organization_idx ON queue.runs (organization_id, id DESC);
-- The same key twice gives one run while the first has not ended.
CREATE UNIQUE INDEX IF NOT EXISTS queue_runs_dedupe_key ON queue.runs (organization_id, dedupe_key)
  WHERE dedupe_key IS NOT NULL AND status IN ('QUEUED', 'RUNNING');
-- A scheduled moment gives one run.
CREATE UNIQUE INDEX IF NOT EXISTS queue_runs_scheduled_key ON queue.runs (organization_id, name, scheduled_for)
  WHERE scheduled_for IS NOT NULL;
-- What workers look over: runs that have not ended, and ended ones that are old.
CREATE INDEX IF NOT EXISTS queue_runs_open_idx ON queue.runs (status, worker) WHERE status IN ('QUEUED', 'RUNNING');
CREATE INDEX IF NOT EXISTS queue_runs_finished_at_idx ON queue.runs (finished_at) WHERE finished_at IS NOT NULL;
-- For the removal of old keys.
CREATE INDEX IF NOT EXISTS server_idempotency_keys_created_at_idx ON server.idempotency_keys (created_at);
CREATE INDEX IF NOT EXISTS server_rate_limits_window_start_idx ON server.rate_limits (window_start);
-- Functions

GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Tells graphile-worker of a run that waits, in this transaction: a job that is there for it already is replaced, one that
-- a worker has taken loses its claim to be repeated. For the functions below and for workers, as the platform role; for
-- anybody else it does nothing, since it only repeats what queue.runs says. Where no worker has ever started the tables are
-- not there yet; the first one makes a job for every run that waits.
CREATE OR REPLACE FUNCTION app.announce_run(run uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  IF NOT app.called_by_platform() AND NOT EXISTS (
    SELECT FROM queue.runs AS r WHERE r.id = run AND r.organization_id = app.current_organization_id())
  THEN
    RETURN;
  END IF;
  IF pg_catalog.to_regclass('graphile_worker._private_tasks') IS NULL THEN
    RETURN;
  END IF;
  PERFORM graphile_worker.add_job('run',
    json_build_object('runId', r.id, 'organizationId', r.organization_id),
    run_at => r.run_at, job_key => r.id::pg_catalog.text, priority => r.priority)
  FROM queue.runs AS r WHERE r.id = run AND r.status = 'QUEUED';
END
$$;
REVOKE EXECUTE ON FUNCTION app.announce_run FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.announce_run TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Puts a job into the queue for the organization and person of the context, and returns the id of its run. The run exists
-- if and only if this transaction commits.
--
-- With a dedupe_key that a run of the organization has which has not ended: that run's id, and nothing is inserted. Two at
-- once: the second waits until the first has committed or rolled back. Raises 42501 without an organization in the context,
-- 23514 for a name, input, key or priority of the wrong shape.
CREATE OR REPLACE FUNCTION app.enqueue_job(name text, input jsonb, dedupe_key text, run_at timestamptz, priority integer)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_column
DECLARE
  tenant pg_catalog.uuid := app.current_organization_id();
  found_id pg_catalog.uuid;
BEGIN
  IF tenant IS NULL THEN
    RAISE EXCEPTION 'A job needs an organization'
      USING ERRCODE = '42501', HINT = 'Call app.enqueue_job() within a context that names the organization.';
  END IF;
  IF enqueue_job.priority IS NOT NULL AND enqueue_job.priority NOT BETWEEN -100 AND 100 THEN
    RAISE EXCEPTION 'A priority is from -100 to 100' USING ERRCODE = '23514';
  END IF;
  LOOP
    INSERT INTO queue.runs AS r (organization_id, user_id, name, input, dedupe_key, run_at, priority)
    VALUES (tenant, app.current_user_id(), enqueue_job.name, enqueue_job.input, enqueue_job.dedupe_key,
      coalesce(enqueue_job.run_at, now()), coalesce(enqueue_job.priority, 0))
    ON CONFLICT (organization_id, dedupe_key) WHERE dedupe_key IS NOT NULL AND status IN ('QUEUED', 'RUNNING') DO NOTHING
    RETURNING r.id INTO found_id;
    IF found_id IS NOT NULL THEN
      PERFORM app.announce_run(found_id);
      RETURN found_id;
    END IF;
    SELECT r.id INTO found_id FROM queue.runs AS r
    WHERE r.organization_id = tenant AND r.dedupe_key = enqueue_job.dedupe_key AND r.status IN ('QUEUED', 'RUNNING');
    IF found_id IS NOT NULL THEN
      RETURN found_id;
    END IF;
    -- The run that had the key ended between the two statements: the key is free.
  END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION app.enqueue_job FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.enqueue_job TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Runs of the current organization, newest first: those with the status and name asked for, older than the run `before`,
-- `count` at most (100). Without input and result, which app.my_job() gives. Reads only; without an organization: no rows.
CREATE OR REPLACE FUNCTION app.my_jobs(with_status text, with_name text, before uuid, count integer)
RETURNS TABLE (id uuid, user_id uuid, name text, status text, progress numeric, message text, error text, attempt integer,
  max_attempts integer, run_at timestamptz, created_at timestamptz, started_at timestamptz, finished_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT r.id, r.user_id, r.name, r.status, r.progress::pg_catalog.numeric, r.message, r.error, r.attempt, r.max_attempts,
      r.run_at, r.created_at, r.started_at, r.finished_at
    FROM queue.runs AS r
    WHERE r.organization_id = app.current_organization_id()
      AND (my_jobs.with_status IS NULL OR r.status = my_jobs.with_status)
      AND (my_jobs.with_name IS NULL OR r.name = my_jobs.with_name)
      AND (my_jobs.before IS NULL OR r.id < my_jobs.before)
    ORDER BY r.id DESC
    LIMIT least(greatest(coalesce(my_jobs.count, 50), 1), 100);
END
$$;
REVOKE EXECUTE ON FUNCTION app.my_jobs FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.my_jobs TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- One run of the current organization; no row where there is none. Input and result are shown to who enqueued it and to
-- owners and admins; null to others, for they may hold what the job alone was to know.
CREATE OR REPLACE FUNCTION app.my_job(run uuid)
RETURNS TABLE (id uuid, user_id uuid, name text, status text, progress numeric, message text, error text, attempt integer,
  max_attempts integer, run_at timestamptz, created_at timestamptz, started_at timestamptz, finished_at timestamptz,
  input jsonb, result jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_column
DECLARE
  person pg_catalog.uuid := app.current_user_id();
  admin pg_catalog.bool := app.is_org_admin();
BEGIN
  RETURN QUERY
    SELECT r.id, r.user_id, r.name, r.status, r.progress::pg_catalog.numeric, r.message, r.error, r.attempt, r.max_attempts,
      r.run_at, r.created_at, r.started_at, r.finished_at,
      CASE WHEN admin OR r.user_id = person THEN r.input END, CASE WHEN admin OR r.user_id = person THEN r.result END
    FROM queue.runs AS r
    WHERE r.id = my_job.run AND r.organization_id = app.current_organization_id();
END
$$;
REVOKE EXECUTE ON FUNCTION app.my_job FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.my_job TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Puts a run of the current organization that failed or was cancelled back into the queue, with all its attempts. Returns
-- the status that it has then: QUEUED, or what it was where it has not ended or succeeded; null where there is none.
--
-- Twice, or two at once: the second finds it queued and changes nothing. Raises 23505 where another run with its dedupe_key
-- is under way.
CREATE OR REPLACE FUNCTION app.retry_job(run uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  was pg_catalog.text;
BEGIN
  SELECT r.status INTO was FROM queue.runs AS r
  WHERE r.id = run AND r.organization_id = app.current_organization_id() FOR UPDATE;
  IF was IS NULL OR was NOT IN ('FAILED', 'CANCELLED') THEN
    RETURN was;
  END IF;
  UPDATE queue.runs AS r
  SET status = 'QUEUED', attempt = 0, progress = 0, message = NULL, error = NULL, worker = NULL, run_at = now(),
    started_at = NULL, finished_at = NULL
  WHERE r.id = run AND r.status = was;
  PERFORM app.announce_run(run);
  RETURN 'QUEUED';
END
$$;
REVOKE EXECUTE ON FUNCTION app.retry_job FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.retry_job TO lotline_app, lotline_platform;
SET LOCAL ROLE lotline_owner;
REVOKE CREATE ON SCHEMA app FROM lotline_platform;
GRANT CREATE ON SCHEMA app TO lotline_platform;
SET LOCAL ROLE lotline_platform;
-- Cancels a run of the current organization that has not ended. Returns the status that it has then: CANCELLED, or how it
-- had ended; null where there is none. A worker that runs it is told and aborts the job's signal; what it writes about the
-- run afterwards is refused.
--
-- At once with the end of the run: the row's lock lets one of them come first, and the other finds what it did.
CREATE OR REPLACE FUNCTION app.cancel_job(run uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  was pg_catalog.text;
BEGIN
  SELECT r.status INTO was FROM queue.runs AS r
  WHERE r.id = run AND r.organization_id = app.current_organization_id() FOR UPDATE;
  IF was IS NULL OR was NOT IN ('QUEUED', 'RUNNING') THEN
    RETURN was;
  END IF;
  UPDATE queue.runs AS r
  SET status = 'CANCELLED', error = 'Cancelled by a person.', worker = NULL, finished_at = now()
  WHERE r.id = run AND r.status = was;
  IF was = 'QUEUED' AND pg_catalog.to_regclass('graphile_worker._private_tasks') IS NOT NULL THEN
    PERFORM graphile_worker.remove_job(run::pg_catalog.text);
  END IF;
  PERFORM pg_notify('queue:cancelled', '');
  PERFORM pg_notify('queue:ended', '');
  RETURN 'CANCELLED';
END
$$;
REVOKE EXECUTE ON FUNCTION app.cancel_job FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.cancel_job TO lotline_app, lotline_platform;
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
    WHERE migration_name = '20261125224627_add-platform-server' AND finished_at IS NULL AND rolled_back_at IS NULL;
  END IF;
END $$;
