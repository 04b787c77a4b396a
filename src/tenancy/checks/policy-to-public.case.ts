import { type Case, ORG } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a policy without TO',
    breaks: `CREATE POLICY extra ON public.leads FOR SELECT USING (${ORG})`,
    object: 'leads.extra',
  },
];
