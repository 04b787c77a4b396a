import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a table of tenants that is published',
    breaks: 'CREATE PUBLICATION everything FOR TABLE public.leads',
    object: 'everything',
  },
];
