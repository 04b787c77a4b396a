import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a role that is gone',
    breaks: 'ALTER ROLE lotline_ingest RENAME TO lotline_ingest_of_old',
    object: 'lotline_ingest',
    mend: 'ALTER ROLE lotline_ingest_of_old RENAME TO lotline_ingest',
  },
];
