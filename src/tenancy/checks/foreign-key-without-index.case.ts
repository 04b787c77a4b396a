import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a foreign key that no index covers',
    breaks: `ALTER TABLE public.leads ADD COLUMN contact_id uuid, ADD CONSTRAINT leads_contact_fkey
      FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts (organization_id, id)`,
    object: 'leads.leads_contact_fkey',
    mend: 'CREATE INDEX leads_contact_idx ON public.leads (organization_id, contact_id)',
  },
];
