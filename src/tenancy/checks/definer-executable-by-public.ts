import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'definer-executable-by-public',
  title: 'Everybody may run a definer function',
  why: 'A SECURITY DEFINER function reads past the policies of its caller, so it is for the roles it was made for and no other.',
  mend: '`REVOKE EXECUTE … FROM PUBLIC`, then grant it to the roles it is for.',
  also: ['splinter 0028', 'splinter 0029', 'pgrls SEC014', 'pgrls SEC042', 'safegres CF2'],
  level: 'error',
});
