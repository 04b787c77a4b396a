import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a table whose row security was switched off',
    breaks: 'ALTER TABLE public.leads DISABLE ROW LEVEL SECURITY',
    object: 'leads',
  },
];
