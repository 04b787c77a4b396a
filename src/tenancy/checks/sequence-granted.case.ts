import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a sequence that tenants share',
    breaks: 'CREATE SEQUENCE public.lead_numbers; GRANT USAGE ON SEQUENCE public.lead_numbers TO lotline_app',
    object: 'lead_numbers lotline_app',
  },
];
