import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a rule that old rows need not keep',
    breaks: "ALTER TABLE public.leads ADD CONSTRAINT leads_odd_rule CHECK (name <> 'odd') NOT VALID",
    object: 'leads.leads_odd_rule',
  },
  {
    finds: 'a reference that nobody checks',
    breaks: `ALTER TABLE public.leads ADD COLUMN contact_id uuid, ADD CONSTRAINT leads_contact_fkey
      FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts (organization_id, id) NOT ENFORCED`,
    object: 'leads.leads_contact_fkey',
    since: 18,
  },
];
