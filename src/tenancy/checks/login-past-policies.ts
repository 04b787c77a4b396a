import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'login-past-policies',
  title: 'A login stands above row security',
  why: 'BYPASSRLS ignores every policy, forced or not. A login outside the boundary that has it reads all tenants, whatever the schema says.',
  mend: 'Take BYPASSRLS away, or waive it with the reason what the login is for, such as backups.',
  also: ['pgrls SEC016'],
  level: 'warning',
});
