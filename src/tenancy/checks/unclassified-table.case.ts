import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a table that no model declares',
    breaks: 'CREATE TABLE public.notes_to_self (id int)',
    object: 'notes_to_self',
  },
  {
    finds: 'a table of another schema that the application can reach',
    breaks:
      'CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.notes (id int); GRANT SELECT ON elsewhere.notes TO lotline_app',
    object: 'elsewhere.notes',
  },
];
