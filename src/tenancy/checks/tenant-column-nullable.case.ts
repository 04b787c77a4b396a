import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a tenant column that accepts null',
    breaks: 'ALTER TABLE public.marketplace_tools ALTER COLUMN organization_id DROP NOT NULL',
    object: 'marketplace_tools.organization_id',
  },
];
