import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a table whose triggers were dropped',
    breaks: 'DROP TRIGGER record_update ON public.deals; DROP TRIGGER record_delete ON public.deals',
    object: 'deals',
    mend: `CREATE TRIGGER record_update AFTER UPDATE ON public.deals REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.record_changes();
      CREATE TRIGGER record_delete AFTER DELETE ON public.deals REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.record_changes()`,
  },
];
