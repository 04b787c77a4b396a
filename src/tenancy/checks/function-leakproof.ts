import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'function-leakproof',
  title: 'A function is trusted with hidden rows',
  why: 'The planner runs LEAKPROOF functions before the policies. An error message or a side effect then tells of rows of other tenants.',
  mend: '`ALTER FUNCTION … NOT LEAKPROOF`, unless it is proven to show nothing of its arguments.',
  also: ['pgrls SEC017'],
  level: 'error',
});
