import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a rule on a table',
    breaks: 'CREATE RULE copy_leads AS ON DELETE TO public.leads DO ALSO NOTHING',
    object: 'leads.copy_leads',
  },
];
