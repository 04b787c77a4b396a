import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'upsert-oracle',
  title: 'An upsert tells of rows of another tenant',
  why: 'ON CONFLICT and MERGE meet a hidden row through a unique key without the tenant: DO NOTHING inserts nothing, DO UPDATE fails, and both tell that it is there.',
  mend: 'Put the tenant into the key; a key of random uuids cannot be guessed and is left alone.',
  also: ['pgrls SEC035'],
  level: 'error',
});
