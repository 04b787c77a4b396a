import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a definer behind a view',
    breaks: `CREATE VIEW public.my_leads WITH (security_invoker = true) AS SELECT * FROM public.leads;
      CREATE FUNCTION app.write_lead() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$ BEGIN RETURN NEW; END $$;
      CREATE TRIGGER write_lead INSTEAD OF UPDATE ON public.my_leads FOR EACH ROW EXECUTE FUNCTION app.write_lead()`,
    object: 'my_leads.write_lead',
  },
];
