import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a floor of air',
    breaks: 'CREATE POLICY extra ON public.leads AS RESTRICTIVE FOR SELECT TO lotline_app USING (true)',
    object: 'leads.extra USING',
  },
];
