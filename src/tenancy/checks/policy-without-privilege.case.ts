import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a policy whose privilege is gone',
    breaks: 'REVOKE DELETE ON public.leads FROM lotline_app',
    object: 'leads.leads_delete lotline_app',
  },
];
