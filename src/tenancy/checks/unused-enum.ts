import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'unused-enum',
  title: 'An enum that nothing uses',
  why: 'A type without a column or function misleads whoever reads the schema, and its name is taken.',
  mend: '`DROP TYPE`, or use it.',
  also: [],
  level: 'error',
});
