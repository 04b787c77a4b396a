import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a policy for the owner of the tables',
    breaks: 'CREATE POLICY extra ON public.leads FOR SELECT TO lotline_owner USING (true)',
    object: 'leads.extra',
  },
];
