import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'an application that lists files',
    breaks: 'GRANT EXECUTE ON FUNCTION pg_catalog.pg_ls_dir(text) TO lotline_app',
    object: 'pg_catalog.pg_ls_dir lotline_app',
  },
  {
    finds: 'connections to other databases',
    breaks: 'CREATE EXTENSION dblink SCHEMA app',
    object: 'extension dblink public',
  },
];

export const nearMisses: readonly string[] = [
  'GRANT EXECUTE ON FUNCTION pg_catalog.pg_ls_dir(text) TO pg_monitor',
];
