import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'an application role that may become the platform',
    breaks: 'GRANT lotline_platform TO lotline_app',
    object: 'lotline_app lotline_platform',
  },
  {
    finds: 'BYPASSRLS over two steps',
    breaks: `CREATE ROLE check_strong BYPASSRLS; CREATE ROLE check_middle;
      GRANT check_strong TO check_middle; GRANT check_middle TO lotline_ingest`,
    object: 'lotline_ingest check_strong',
  },
  {
    finds: 'a right over the whole server',
    breaks: 'GRANT pg_read_all_data TO lotline_app',
    object: 'lotline_app pg_read_all_data',
  },
  {
    finds: 'an owner that may pass every policy by',
    breaks: 'CREATE ROLE check_strong BYPASSRLS; GRANT check_strong TO lotline_owner',
    object: 'lotline_owner check_strong',
  },
  {
    finds: 'files of the server',
    breaks: 'GRANT pg_read_server_files TO lotline_ingest',
    object: 'lotline_ingest pg_read_server_files',
  },
  {
    finds: 'privileges that a group brings',
    breaks:
      'CREATE ROLE check_group; GRANT TRUNCATE ON public.leads TO check_group; GRANT check_group TO lotline_app',
    object: 'lotline_app check_group',
  },
];
