import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'tables behind a closed schema',
    breaks: 'REVOKE USAGE ON SCHEMA public FROM lotline_ingest, PUBLIC',
    object: 'schema public lotline_ingest',
  },
];
