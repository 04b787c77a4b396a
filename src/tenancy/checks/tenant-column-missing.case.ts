import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a table of tenants whose tenant column was dropped',
    breaks: 'ALTER TABLE public.leads DROP COLUMN organization_id CASCADE',
    object: 'leads',
    mend: 'ALTER TABLE public.leads ADD COLUMN organization_id uuid',
  },
];
