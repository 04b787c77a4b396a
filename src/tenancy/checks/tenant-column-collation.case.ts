import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a tenant in capitals that is the one in small letters',
    breaks: `DROP TABLE public.leads CASCADE;
      CREATE COLLATION public.blurred (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
      CREATE TABLE public.leads (organization_id text COLLATE public.blurred)`,
    object: 'leads.organization_id',
  },
];
