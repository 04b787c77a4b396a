import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a declared table that was dropped',
    breaks: 'DROP TABLE public.leads CASCADE',
    object: 'leads',
    mend: 'CREATE TABLE public.leads (id uuid)',
  },
  {
    finds: 'an empty database',
    breaks: 'ALTER SCHEMA public RENAME TO public_of_old; CREATE SCHEMA public',
    object: 'database',
    mend: 'DROP SCHEMA public; ALTER SCHEMA public_of_old RENAME TO public',
  },
];
