import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'row-security-not-forced',
  title: 'Row security does not bind the owner',
  why: 'Without FORCE the owner of a table, and every function and view of the owner, sees the rows of all tenants.',
  mend: '`ALTER TABLE … FORCE ROW LEVEL SECURITY`.',
  also: ['pgrls SEC002', 'pgrls SEC048', 'safegres A3', 'safegres CG2'],
  level: 'error',
});
