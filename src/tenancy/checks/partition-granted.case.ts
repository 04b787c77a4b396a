import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a child that the application may read',
    breaks: `CREATE TABLE public.leads_2026 () INHERITS (public.leads);
      ALTER TABLE public.leads_2026 ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; GRANT SELECT ON public.leads_2026 TO lotline_app`,
    object: 'leads_2026 lotline_app',
  },
];
