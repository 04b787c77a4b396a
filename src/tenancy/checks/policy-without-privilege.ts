import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'policy-without-privilege',
  title: 'A policy for whom the table is closed',
  why: 'A policy grants nothing: without the privilege every statement is refused, and the policy says otherwise to whoever reads it.',
  mend: 'Grant the privilege, or say `@deny` in the model.',
  also: ['safegres L2'],
  level: 'warning',
});
