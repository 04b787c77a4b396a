import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a foreign table in public',
    breaks: `CREATE FOREIGN DATA WRAPPER nowhere; CREATE SERVER nowhere FOREIGN DATA WRAPPER nowhere;
      CREATE FOREIGN TABLE public.remote_leads (id int) SERVER nowhere`,
    object: 'remote_leads',
  },
];
