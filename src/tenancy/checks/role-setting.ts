import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'role-setting',
  title: 'A login starts with a setting that weakens the boundary',
  why: 'Settings kept for a role or database hold from the first statement: a context for every session, triggers off, another search_path.',
  mend: '`ALTER ROLE … RESET` the setting.',
  also: [],
  level: 'error',
});
