import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a deletion that would empty the tenant column',
    breaks: `ALTER TABLE public.leads ADD CONSTRAINT leads_contact_fkey FOREIGN KEY (organization_id, id)
      REFERENCES public.contacts (organization_id, id) ON DELETE SET NULL`,
    object: 'leads.leads_contact_fkey',
    mend: 'ALTER TABLE public.leads DROP CONSTRAINT leads_contact_fkey',
  },
];
