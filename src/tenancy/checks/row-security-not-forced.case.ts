import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a table whose owner is not bound',
    breaks: 'ALTER TABLE public.leads NO FORCE ROW LEVEL SECURITY',
    object: 'leads',
  },
  {
    finds: 'the context keys without FORCE',
    breaks: 'ALTER TABLE app.context_keys NO FORCE ROW LEVEL SECURITY',
    object: 'app.context_keys',
  },
];
