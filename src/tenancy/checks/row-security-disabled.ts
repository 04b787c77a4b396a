import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'row-security-disabled',
  title: 'Row security is off',
  why: 'Policies of a table whose row security is off are not applied: every row is open to whoever holds the privilege.',
  mend: '`ALTER TABLE … ENABLE ROW LEVEL SECURITY`.',
  also: [
    'splinter 0007',
    'splinter 0013',
    'splinter 0019',
    'splinter 0023',
    'pgrls SEC001',
    'pgrls SEC032',
    'pgrls SEC049',
    'safegres A2',
    'safegres L5',
  ],
  level: 'error',
});
