import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'an address that one tenant takes from all',
    breaks: 'CREATE UNIQUE INDEX leads_email_key ON public.leads (email)',
    object: 'leads_email_key',
    mend: 'DROP INDEX public.leads_email_key',
  },
  {
    finds: 'a key that holds the tenant only in its condition',
    breaks:
      'CREATE UNIQUE INDEX leads_email_key ON public.leads (lower(email)) WHERE organization_id IS NOT NULL',
    object: 'leads_email_key',
    mend: 'DROP INDEX public.leads_email_key',
  },
];

export const nearMisses: readonly string[] = [
  'CREATE UNIQUE INDEX leads_email_key ON public.leads (organization_id, email)',
  'CREATE UNIQUE INDEX leads_id_key ON public.leads (id)',
  'CREATE INDEX leads_email_idx ON public.leads (email)',
];
