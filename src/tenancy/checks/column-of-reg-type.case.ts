import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a text search configuration',
    breaks: 'ALTER TABLE public.leads ADD COLUMN language regconfig',
    object: 'leads.language',
  },
];
