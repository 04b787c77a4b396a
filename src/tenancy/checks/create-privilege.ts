import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'create-privilege',
  title: 'The application may create objects',
  why: 'Whoever can create a function or table in a schema can put one in the way of another; tables of its own have no row security. A temporary schema is searched before all others.',
  mend: '`REVOKE CREATE` on the schema, `REVOKE TEMPORARY` on the database.',
  also: ['pgrls SEC015'],
  level: 'error',
});
