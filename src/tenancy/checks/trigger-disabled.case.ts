import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a trigger that was switched off',
    breaks: 'ALTER TABLE public.organization_members DISABLE TRIGGER keep_an_owner',
    object: 'organization_members.keep_an_owner',
  },
  {
    finds: 'foreign keys that were switched off',
    breaks: 'ALTER TABLE public.page_views DISABLE TRIGGER ALL',
    object: 'page_views foreign keys',
  },
];
