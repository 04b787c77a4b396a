import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'constraint-not-enforced',
  title: 'A constraint does not hold for all rows',
  why: 'NOT VALID leaves what is there unchecked, NOT ENFORCED also what comes: a reference across tenants can stand in such a table.',
  mend: '`VALIDATE CONSTRAINT`.',
  also: [],
  level: 'error',
});
