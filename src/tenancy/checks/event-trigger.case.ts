import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a watcher of changes',
    breaks: `CREATE FUNCTION app.watch() RETURNS event_trigger LANGUAGE plpgsql SET search_path = '' AS $$ BEGIN END $$;
      CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION app.watch()`,
    object: 'watch',
  },
];
