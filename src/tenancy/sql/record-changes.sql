-- Writes into {{log}} who changed what, and tells it on the channel, in the transaction of the change: if that is rolled back,
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
  IF actor = '{{custodian}}' THEN
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

  IF kind <> 'personal' AND NOT pg_catalog.pg_has_role(actor, '{{platform}}', 'USAGE') THEN
    tenant := app.current_organization_id();
  END IF;

  IF tenant IS NOT NULL THEN
    person := {{person}};
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
        INSERT INTO {{log}} ({{log_tenant}}, user_id, action, resource_type, resource_id, new_data, ip_address, user_agent)
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
        INSERT INTO {{log}} ({{log_tenant}}, user_id, action, resource_type, resource_id, old_data, ip_address, user_agent)
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
        INSERT INTO {{log}} ({{log_tenant}}, user_id, action, resource_type, resource_id, old_data, new_data, ip_address, user_agent)
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
