-- Roles belong to the whole server. What is missing is created where the migrating role may; otherwise the
-- statements for an administrator are told. The owner is NOINHERIT: it may SET ROLE to the platform role, whose
-- functions it creates, but does not see rows through that role's policies.
DO $$
DECLARE
  missing text := '';
  statement text;
BEGIN
  FOREACH statement IN ARRAY ARRAY[
{{roles}}
  ] LOOP
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = split_part(statement, ' ', 3)) THEN
      missing := missing || statement || '; ';
    END IF;
  END LOOP;
  FOREACH statement IN ARRAY ARRAY[
{{memberships}}
  ] LOOP
    IF missing <> '' OR NOT pg_catalog.pg_has_role('{{owner}}', split_part(statement, ' ', 2), 'MEMBER') THEN
      missing := missing || statement || '; ';
    END IF;
  END LOOP;
  IF current_user <> '{{owner}}' AND (missing <> '' OR NOT pg_catalog.pg_has_role('{{owner}}', 'MEMBER')) THEN
    missing := missing || pg_catalog.format('GRANT {{owner}} TO %I; ', current_user);
  END IF;
  IF missing <> '' THEN
    EXECUTE missing;
  END IF;
  IF NOT pg_catalog.has_database_privilege('{{owner}}', pg_catalog.current_database(), 'CREATE') THEN
    EXECUTE pg_catalog.format('GRANT CREATE, CONNECT ON DATABASE %I TO {{owner}}', pg_catalog.current_database());
  END IF;
  IF current_user <> '{{owner}}' THEN
    -- In a temporary schema a caller could make types and functions that shadow those a function means. Only whoever owns
    -- the database can take the right away, which the owner of the tables may not be.
    EXECUTE pg_catalog.format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', pg_catalog.current_database());
  END IF;
  IF NOT pg_catalog.has_schema_privilege('{{owner}}', 'public', 'CREATE WITH GRANT OPTION') THEN
    -- The owner of a database is a member of pg_database_owner, but up to PostgreSQL 15 NOINHERIT keeps its rights away.
    IF current_user = '{{owner}}' THEN
      SET LOCAL ROLE pg_database_owner;
    END IF;
    GRANT USAGE, CREATE ON SCHEMA public TO {{owner}} WITH GRANT OPTION;
    SET LOCAL ROLE NONE;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE EXCEPTION 'the role "%" may not prepare the roles of the boundary: %', current_user, SQLERRM
    USING ERRCODE = '42501', HINT = pg_catalog.format(
      'Ask an administrator to run: %s GRANT CREATE, CONNECT ON DATABASE %I TO {{owner}}; then repeat.',
      missing, pg_catalog.current_database());
END $$;

SET LOCAL ROLE {{owner}};
