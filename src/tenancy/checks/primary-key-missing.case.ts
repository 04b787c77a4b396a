import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a table without a key',
    breaks: 'CREATE TABLE public.notes_to_self (id int NOT NULL)',
    object: 'notes_to_self',
    mend: 'ALTER TABLE public.notes_to_self ADD PRIMARY KEY (id)',
  },
];
