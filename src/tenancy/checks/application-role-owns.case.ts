import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a table of the application’s own',
    breaks: 'ALTER TABLE public.leads OWNER TO lotline_app',
    object: 'lotline_app public.leads',
  },
  {
    finds: 'a table of the platform’s own',
    breaks: 'ALTER TABLE public.leads OWNER TO lotline_platform',
    object: 'lotline_platform public.leads',
  },
  {
    finds: 'a schema of the platform’s own that nobody handed to it',
    breaks: 'CREATE SCHEMA another AUTHORIZATION lotline_platform',
    object: 'lotline_platform another',
  },
];
