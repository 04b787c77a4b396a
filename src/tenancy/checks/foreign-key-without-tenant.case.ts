import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a reference that leaves the tenant out',
    breaks: `CREATE UNIQUE INDEX contacts_id_key ON public.contacts (id);
      ALTER TABLE public.leads ADD CONSTRAINT leads_contact_fkey FOREIGN KEY (id) REFERENCES public.contacts (id)`,
    object: 'leads.leads_contact_fkey',
    mend: 'ALTER TABLE public.leads DROP CONSTRAINT leads_contact_fkey',
  },
];
