import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a table that belongs to the platform',
    breaks: 'ALTER TABLE public.leads OWNER TO lotline_platform',
    object: 'leads',
  },
];
