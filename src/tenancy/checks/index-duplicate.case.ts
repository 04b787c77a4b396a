import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'the same columns twice',
    breaks: 'CREATE INDEX leads_again_idx ON public.leads (organization_id, id)',
    object: 'public.leads_again_idx',
  },
  {
    finds: 'the beginning of another',
    breaks: 'CREATE INDEX leads_short_idx ON public.leads (organization_id)',
    object: 'public.leads_short_idx',
  },
];

export const nearMisses: readonly string[] = [
  "CREATE INDEX leads_open_idx ON public.leads (organization_id, id) WHERE name = 'open'",
  'CREATE UNIQUE INDEX leads_once_key ON public.leads (organization_id, id, name)',
];
