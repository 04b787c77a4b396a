import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'an address that one tenant takes from all',
    breaks: 'CREATE UNIQUE INDEX leads_email_key ON public.leads (email)',
    object: 'leads_email_key',
    mend: 'DROP INDEX public.leads_email_key',
  },
];
