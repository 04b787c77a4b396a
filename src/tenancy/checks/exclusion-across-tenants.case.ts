import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'an address for one tenant alone',
    breaks: `CREATE EXTENSION btree_gist SCHEMA app; SET LOCAL search_path = app;
      ALTER TABLE public.leads ADD CONSTRAINT leads_one_tenant EXCLUDE USING gist (organization_id WITH <>, email WITH =); SET LOCAL search_path = ''`,
    object: 'leads.leads_one_tenant',
  },
];

export const nearMisses: readonly string[] = [
  "CREATE EXTENSION btree_gist SCHEMA app; SET LOCAL search_path = app; ALTER TABLE public.leads ADD CONSTRAINT leads_one EXCLUDE USING gist (organization_id WITH =, email WITH =); SET LOCAL search_path = ''",
];
