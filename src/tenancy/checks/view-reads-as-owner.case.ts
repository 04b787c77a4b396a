import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a view of the owner of the tables',
    breaks: 'CREATE VIEW public.all_leads WITH (security_barrier) AS SELECT * FROM public.leads',
    object: 'all_leads',
  },
  {
    finds: 'a view that was taken from its reader',
    breaks: 'ALTER VIEW public.marketplace_public_reviews OWNER TO lotline_platform',
    object: 'marketplace_public_reviews',
  },
];
