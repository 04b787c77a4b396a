-- Functions of notifications.

-- Inserts a notification for a member of the current organization and returns its id. Exists because the row is
-- invisible to its writer: INSERT … RETURNING would fail.
--
-- Returns null, and inserts nothing, when the member has left or when a notification with this dedupe_key is there
-- already; so repeating a call, or two at once, gives one row (the second waits for the first to commit). Without a
-- dedupe_key each call inserts. Raises 42501 without an organization in the context, 23503 when the recipient has
-- never been a member of it, and what the checks of the table raise. One INSERT, so there is no half.
CREATE FUNCTION app.notify(
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
