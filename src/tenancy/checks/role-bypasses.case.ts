import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'an application role with BYPASSRLS',
    breaks: 'ALTER ROLE lotline_app BYPASSRLS',
    object: 'lotline_app',
  },
  {
    finds: 'an owner that is a superuser',
    breaks: 'ALTER ROLE lotline_owner SUPERUSER',
    object: 'lotline_owner',
  },
  {
    finds: 'a reader of the replication log',
    breaks: 'ALTER ROLE lotline_ingest REPLICATION',
    object: 'lotline_ingest',
  },
];
