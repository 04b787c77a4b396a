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
