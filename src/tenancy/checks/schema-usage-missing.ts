import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'schema-usage-missing',
  title: 'A privilege in a schema that is closed to its holder',
  why: 'Without USAGE on the schema nothing in it can be named, so the privilege does nothing until somebody opens the whole schema for it.',
  mend: '`GRANT USAGE` on the schema, or revoke the privilege.',
  also: ['safegres L3'],
  level: 'warning',
});
