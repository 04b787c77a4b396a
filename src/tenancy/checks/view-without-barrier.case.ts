import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a view that lost its barrier',
    breaks: 'ALTER VIEW public.marketplace_public_reviews RESET (security_barrier)',
    object: 'marketplace_public_reviews',
  },
];
