-- Functions and triggers of expense categories.

-- The lines of Schedule C and Schedule E (Form 1040) to which a system category's expenses go in a tax year. No row
-- for other codes. An organization's own line in expense_categories, where set, takes precedence.
--
-- By year, because forms move lines: "other expenses" of Schedule C are 27a up to 2024 and 27b since 2025, when 27a
-- became energy-efficient buildings. Meals on Schedule E are those of travel. Source: the forms and their
-- instructions, through the project's tax notes; to be confirmed for each new year.
CREATE FUNCTION app.schedule_lines(category_code text, tax_year integer)
RETURNS TABLE (schedule_c_line text, schedule_e_line text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = ''
AS $$
  SELECT CASE WHEN line.c = 'other' THEN CASE WHEN tax_year >= 2025 THEN '27b' ELSE '27a' END ELSE line.c END, line.e
  FROM (VALUES
    ('COMMISSION', '10', '8'), ('TRAVEL', '24a', '6'), ('MARKETING', '8', '5'), ('OFFICE', '18', '15'),
    ('UTILITIES', '25', '17'), ('LEGAL', '17', '10'), ('INSURANCE', '15', '9'), ('REPAIRS', '21', '14'),
    ('MEALS', '24b', '6'), ('EDUCATION', 'other', '19'), ('SOFTWARE', 'other', '19'), ('OTHER', 'other', '19'),
    ('MILEAGE', '9', '6')
  ) AS line (code, c, e)
  WHERE line.code = category_code AND tax_year IS NOT NULL
$$;

-- Gives an organization the 13 system categories that it lacks, and returns how many were added; the application can
-- do so for the current organization only (else 42501). Lines of Schedule C and E stay null: they are the
-- organization's overrides, while app.schedule_lines() knows the line of a system category in each tax year.
--
-- Repeating it adds nothing and changes nothing that the organization has edited (names, limits, is_active). Two at
-- once: the second waits for the first, then adds nothing. One INSERT, so there is no half. An organization that does
-- not exist raises 23503.
CREATE FUNCTION app.seed_organization(organization uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  added integer;
BEGIN
  -- A new organization is nobody's context yet, and has no members. pg_trigger_depth() would not tell: a caller may own
  -- a trigger.
  IF NOT app.called_by_platform() AND organization IS DISTINCT FROM app.current_organization_id()
    AND NOT EXISTS (
      SELECT FROM public.organizations AS tenant
      WHERE tenant.id = organization AND tenant.created_at = now()
        AND NOT EXISTS (SELECT FROM public.organization_members AS member WHERE member.organization_id = tenant.id))
  THEN
    RAISE EXCEPTION 'Only the current organization can be given its categories' USING ERRCODE = '42501';
  END IF;

  INSERT INTO public.expense_categories (
    organization_id, code, name, default_deductible, deduction_limit_percent, color, icon, is_system)
  SELECT organization, category.code, category.name, category.code <> 'OTHER', category.percent_limit,
    category.color, category.icon, true
  FROM (VALUES
    ('COMMISSION', 'Commission', 100, '#3B82F6', 'DollarSign'),
    ('TRAVEL', 'Travel', 100, '#10B981', 'Plane'),
    ('MARKETING', 'Marketing', 100, '#EC4899', 'Megaphone'),
    ('OFFICE', 'Office', 100, '#6366F1', 'Briefcase'),
    ('UTILITIES', 'Utilities', 100, '#14B8A6', 'Zap'),
    ('LEGAL', 'Legal and professional', 100, '#8B5CF6', 'Scale'),
    ('INSURANCE', 'Insurance', 100, '#0EA5E9', 'Shield'),
    ('REPAIRS', 'Repairs and maintenance', 100, '#F97316', 'Wrench'),
    ('MEALS', 'Meals', 50, '#F59E0B', 'Coffee'),
    ('EDUCATION', 'Education', 100, '#84CC16', 'GraduationCap'),
    ('SOFTWARE', 'Software', 100, '#06B6D4', 'Monitor'),
    ('OTHER', 'Other', 100, '#6B7280', 'MoreHorizontal'),
    ('MILEAGE', 'Mileage', 100, '#EF4444', 'Car')
  ) AS category (code, name, percent_limit, color, icon)
  ON CONFLICT (organization_id, code) DO NOTHING;
  GET DIAGNOSTICS added = ROW_COUNT;
  RETURN added;
END
$$;

-- Runs app.seed_organization() for a new organization, so that no way of creating one misses its categories.
CREATE FUNCTION app.seed_new_organization() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  PERFORM app.seed_organization(NEW.id);
  RETURN NULL;
END
$$;

-- See app.seed_new_organization().
CREATE TRIGGER seed_new_organization AFTER INSERT ON public.organizations
FOR EACH ROW EXECUTE FUNCTION app.seed_new_organization();
