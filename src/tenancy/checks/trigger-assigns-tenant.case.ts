import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a trigger that moves rows',
    breaks: `CREATE FUNCTION app.move() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$ BEGIN NEW.organization_id := gen_random_uuid(); RETURN NEW; END $$;
      CREATE TRIGGER move BEFORE UPDATE ON public.leads FOR EACH ROW EXECUTE FUNCTION app.move()`,
    object: 'leads.move',
  },
  {
    finds: 'a trigger that replaces the row',
    breaks: `CREATE FUNCTION app.move() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$ BEGIN NEW := jsonb_populate_record(NEW, NEW.preferences); RETURN NEW; END $$;
      CREATE TRIGGER move BEFORE INSERT ON public.leads FOR EACH ROW EXECUTE FUNCTION app.move()`,
    object: 'leads.move',
  },
];

export const nearMisses: readonly string[] = [
  "CREATE FUNCTION app.keep() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$ BEGIN IF NEW.organization_id = OLD.organization_id THEN NEW.name := 'x'; END IF; RETURN NEW; END $$; CREATE TRIGGER keep BEFORE UPDATE ON public.leads FOR EACH ROW EXECUTE FUNCTION app.keep()",
  "CREATE FUNCTION app.keep() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$ DECLARE n text; BEGIN SELECT name INTO n FROM public.leads l WHERE l.organization_id = NEW.organization_id; RETURN NEW; END $$; CREATE TRIGGER keep BEFORE UPDATE ON public.leads FOR EACH ROW EXECUTE FUNCTION app.keep()",
];
