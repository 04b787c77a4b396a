import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a catalogue whose publisher can delete with it the rows of others',
    breaks: `ALTER TABLE public.leads ADD COLUMN tool_id uuid, ADD CONSTRAINT leads_tool_fkey
      FOREIGN KEY (tool_id) REFERENCES public.marketplace_tools (id) ON DELETE CASCADE`,
    object: 'leads.leads_tool_fkey',
    mend: 'ALTER TABLE public.leads DROP CONSTRAINT leads_tool_fkey',
  },
];

export const nearMisses: readonly string[] = [
  'ALTER TABLE public.leads ADD COLUMN contact_id uuid, ADD CONSTRAINT leads_contact_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts (organization_id, id) ON DELETE CASCADE',
];
