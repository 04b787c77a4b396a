import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a materialized view in public',
    breaks: 'CREATE MATERIALIZED VIEW public.lead_counts AS SELECT count(*) FROM public.leads',
    object: 'lead_counts',
  },
];
