import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'cascade-across-tenants',
  title: 'One tenant’s deletion reaches the rows of another',
  why: 'CASCADE, SET NULL and SET DEFAULT run past row security: whoever may delete the row referred to changes the rows of all who refer to it.',
  mend: 'Use Restrict, or put the tenant into the relation.',
  also: ['pgrls SEC047'],
  level: 'error',
});
