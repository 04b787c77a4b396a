import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a schema in which the application may create',
    breaks: 'GRANT CREATE ON SCHEMA app TO lotline_app',
    object: 'schema app lotline_app',
  },
  {
    finds: 'a schema of the platform’s in which the application may create',
    breaks: 'GRANT CREATE ON SCHEMA graphile_worker TO lotline_app',
    object: 'schema graphile_worker lotline_app',
  },
  {
    finds: 'a schema in which everybody may create',
    breaks: 'GRANT CREATE ON SCHEMA public TO PUBLIC',
    object: 'schema public public',
  },
  {
    finds: 'a temporary schema for everybody',
    breaks:
      "DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO PUBLIC', current_database()); END $$",
    object: 'database public',
  },
];
