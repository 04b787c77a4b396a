-- Functions and triggers of market data, alerts and shared reports.

-- Fills area_key from the columns that the area type needs, so that one area has one spelling: parts joined by a
-- colon, names in lower case. COUNTRY is always the United States ("US"). A missing part raises 23502 and names what
-- the type needs. Whatever the writer put into area_key is replaced; the check area_key_matches of the table keeps
-- key and columns equal. Changes the new row only.
CREATE FUNCTION app.set_area_key() RETURNS trigger
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

-- See app.set_area_key().
CREATE TRIGGER set_area_key BEFORE INSERT OR UPDATE ON public.reid_market_data
FOR EACH ROW EXECUTE FUNCTION app.set_area_key();

-- See app.set_area_key().
CREATE TRIGGER set_area_key BEFORE INSERT OR UPDATE ON public.reid_demographics
FOR EACH ROW EXECUTE FUNCTION app.set_area_key();

-- Opens a report by its public link and counts the view: at most one row, for a visitor without any context.
--
-- The link holds the organization's id and a random token, of which the table keeps the SHA-256. No row comes back
-- when the token is wrong or null, the report is not public (any more), the link has expired or the organization is
-- archived; all look alike. One UPDATE by unique key, so two visitors at once count twice; updated_at stays, since a
-- view is no edit.
CREATE FUNCTION app.open_shared_report(organization uuid, token text)
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

-- The events of an alert, newest first, each once, however many members were told: notifications of one event share
-- their dedupe_key. Empty when the alert is not of the current organization, or when the current user may not see it
-- (another member's, and the user is neither OWNER nor ADMIN). Shows no recipients. Reads only.
CREATE FUNCTION app.alert_history(alert uuid)
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
