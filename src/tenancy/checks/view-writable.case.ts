import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a view that the application may write through',
    breaks: 'GRANT UPDATE ON public.marketplace_public_reviews TO lotline_app',
    object: 'marketplace_public_reviews lotline_app',
  },
];
