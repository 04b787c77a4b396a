import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a trigger that touches everybody',
    breaks: `CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$ BEGIN UPDATE public.leads SET updated_at = now(); RETURN NULL; END $$;
      ALTER FUNCTION app.touch() OWNER TO lotline_platform;
      CREATE TRIGGER touch AFTER INSERT ON public.contacts FOR EACH ROW EXECUTE FUNCTION app.touch()`,
    object: 'contacts.touch',
    mend: 'DROP TRIGGER touch ON public.contacts',
  },
];
