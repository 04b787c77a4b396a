import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'index-invalid',
  title: 'An index is there and does nothing',
  why: 'An index that was not finished is written but not used; as a unique key it leaves doubles standing that were there before.',
  mend: '`REINDEX INDEX`.',
  also: [],
  level: 'error',
});
