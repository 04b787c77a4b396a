import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'an enum behind the tenant',
    breaks: 'CREATE INDEX leads_by_status_idx ON public.leads (organization_id, status)',
    object: 'leads_by_status_idx',
    mend: 'DROP INDEX public.leads_by_status_idx',
  },
];
