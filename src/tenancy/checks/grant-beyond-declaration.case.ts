import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'an operation that the schema denies',
    breaks: 'GRANT DELETE ON public.users TO lotline_app',
    object: 'users lotline_app',
  },
  {
    finds: 'a column that the schema denies',
    breaks: 'GRANT UPDATE (email) ON public.users TO lotline_app',
    object: 'users lotline_app',
  },
  {
    finds: 'all columns where the schema gives some',
    breaks: 'GRANT UPDATE ON public.users TO lotline_app',
    object: 'users lotline_app',
  },
  {
    finds: 'a table that everybody may read',
    breaks: 'GRANT SELECT ON public.leads TO PUBLIC',
    object: 'leads public',
  },
];
