import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'partition-granted',
  title: 'A partition is open beside its table',
  why: 'Rows are reached through the table, whose policies and floor are checked; a privilege on a child of it leads round them.',
  mend: 'Revoke it: a query on the table needs no privilege on its children.',
  also: ['pgrls SEC041', 'pgrls SEC043'],
  level: 'error',
});
