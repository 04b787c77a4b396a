import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a key that was not finished',
    breaks:
      "UPDATE pg_catalog.pg_index SET indisvalid = false WHERE indexrelid = 'public.leads_pkey'::regclass",
    object: 'leads_pkey',
  },
];
