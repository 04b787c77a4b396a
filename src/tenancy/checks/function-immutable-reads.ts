import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'function-immutable-reads',
  title: 'A function is called immutable and is not',
  why: 'What IMMUTABLE returns is kept in plans and indexes: read from a setting or a table, the answer for one tenant is given to the next.',
  mend: 'Declare it STABLE.',
  also: ['pgrls SEC046'],
  level: 'error',
});
