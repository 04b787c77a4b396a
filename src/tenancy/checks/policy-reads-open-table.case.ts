import { type Case, ORG, select } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a list of guests without row security',
    breaks: `CREATE TABLE public.guests (id uuid PRIMARY KEY);
      CREATE POLICY extra ON public.leads FOR SELECT TO lotline_app USING (${ORG} AND EXISTS (SELECT 1 FROM public.guests g WHERE g.id = leads.id))`,
    object: 'leads.extra guests',
  },
];

export const nearMisses: readonly string[] = [
  select(`${ORG} AND EXISTS (SELECT 1 FROM public.contacts c WHERE c.id = leads.id)`),
];
