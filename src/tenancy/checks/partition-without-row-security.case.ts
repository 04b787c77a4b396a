import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a table that inherits without protection of its own',
    breaks: 'CREATE TABLE public.leads_2026 () INHERITS (public.leads)',
    object: 'leads_2026',
  },
];
