import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'table-without-policy',
  title: 'No policy admits anybody',
  why: 'With row security on and no permissive policy, every query finds nothing and every write is refused.',
  mend: 'Declare who may use it with `@scope` and `@allow`, or drop the table.',
  also: ['splinter 0008', 'pgrls SEC009', 'pgrls SEC012', 'safegres A1'],
  level: 'error',
});
