import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'TRUNCATE',
    breaks: 'GRANT TRUNCATE ON public.leads TO lotline_app',
    object: 'leads lotline_app',
  },
  {
    finds: 'REFERENCES on one column',
    breaks: 'GRANT REFERENCES (id) ON public.leads TO lotline_app',
    object: 'leads lotline_app',
  },
  {
    finds: 'a privilege that may be passed on',
    breaks: 'GRANT SELECT ON public.leads TO lotline_app WITH GRANT OPTION',
    object: 'leads lotline_app',
  },
];
