import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'exclusion-across-tenants',
  title: 'An exclusion constraint compares rows of different tenants',
  why: 'A constraint that holds the tenant with another operator than = forbids what another tenant has, and so tells of it.',
  mend: 'Compare the tenant WITH =.',
  also: [],
  level: 'error',
});
