import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'default-privileges',
  title: 'New objects are born open',
  why: 'Default privileges apply to what is created later: a table or function would be reachable before anybody thought about it.',
  mend: '`ALTER DEFAULT PRIVILEGES … REVOKE ALL`.',
  also: ['pgrls SEC044'],
  level: 'error',
});
