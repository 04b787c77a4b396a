-- Functions of listings and transactions.

-- True for the two-letter postal code of a state, the District of Columbia or a territory of the United States that
-- is written as one: 50 states, DC, AS, GU, MP, PR, VI. Upper case only. Null gives null, which a check lets pass.
CREATE FUNCTION app.is_state_code(code text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = ''
AS $$
  SELECT code IN (
    'AL', 'AK', 'AZ', 'AR', 'CA', 'CO', 'CT', 'DE', 'FL', 'GA', 'HI', 'ID', 'IL', 'IN', 'IA', 'KS', 'KY', 'LA',
    'ME', 'MD', 'MA', 'MI', 'MN', 'MS', 'MO', 'MT', 'NE', 'NV', 'NH', 'NJ', 'NM', 'NY', 'NC', 'ND', 'OH', 'OK',
    'OR', 'PA', 'RI', 'SC', 'SD', 'TN', 'TX', 'UT', 'VT', 'VA', 'WA', 'WV', 'WI', 'WY',
    'DC', 'AS', 'GU', 'MP', 'PR', 'VI')
$$;

-- Writes into the log of transactions that a signature request of the current organization ran out of time. Exists because
-- an entry names a member and is taken from that member alone, while the clock is nobody: the entry names the requester and
-- says "by": "schedule".
--
-- Writes nothing, and returns false, unless the request is EXPIRED and its time is over (give or take a minute, for the
-- clock of the server that ended it), or when such an entry is there already; two at once are kept apart by the lock on the transaction that ending a request takes. Raises 42501 without an
-- organization in the context, and with a person, who writes entries of their own. One INSERT, so there is no half.
CREATE FUNCTION app.log_request_expiry(request uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_column
DECLARE
  tenant pg_catalog.uuid := app.current_organization_id();
BEGIN
  IF tenant IS NULL OR app.current_user_id() IS NOT NULL THEN
    RAISE EXCEPTION 'Only the schedule of an organization logs that a request has expired'
      USING ERRCODE = '42501', HINT = 'Call app.log_request_expiry() within a context that names an organization and no person.';
  END IF;
  INSERT INTO public.transaction_audit_logs (
    organization_id, action, entity_type, entity_id, old_values, new_values, user_id)
  SELECT tenant, 'EXPIRED', 'signature_request', ended.id, NULL,
    '{"status": "EXPIRED", "by": "schedule"}'::pg_catalog.jsonb, ended.requested_by_id
  FROM public.signature_requests AS ended
  WHERE ended.organization_id = tenant AND ended.id = log_request_expiry.request
    AND ended.status = 'EXPIRED' AND ended.expires_at <= pg_catalog.clock_timestamp() + pg_catalog.interval '1 minute'
    AND NOT EXISTS (
      SELECT 1 FROM public.transaction_audit_logs AS entry
      WHERE entry.organization_id = tenant AND entry.entity_type = 'signature_request'
        AND entry.entity_id = ended.id AND entry.action = 'EXPIRED');
  RETURN FOUND;
END
$$;
