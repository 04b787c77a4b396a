import { type Case, ORG } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'an update without a condition on the new row',
    breaks: `CREATE POLICY extra ON public.leads FOR UPDATE TO lotline_app USING (${ORG})`,
    object: 'leads.extra',
    mend: `ALTER POLICY extra ON public.leads WITH CHECK (${ORG})`,
  },
];
