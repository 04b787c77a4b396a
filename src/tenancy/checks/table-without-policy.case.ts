import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a table that lost its policies',
    breaks: `DO $$ DECLARE p name; BEGIN
      FOR p IN SELECT polname FROM pg_policy WHERE polrelid = 'public.leads'::regclass AND polpermissive LOOP
        EXECUTE format('DROP POLICY %I ON public.leads', p); END LOOP; END $$`,
    object: 'leads',
    mend: 'CREATE POLICY leads_platform ON public.leads TO lotline_platform USING (true) WITH CHECK (true)',
  },
];
