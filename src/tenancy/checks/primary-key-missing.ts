import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'primary-key-missing',
  title: 'A table has no primary key',
  why: 'A row without a key cannot be updated alone, replicated or referred to, and two equal rows cannot be told apart.',
  mend: 'Declare `@id` or `@@id` in the model.',
  also: ['splinter 0004', 'safegres X6'],
  level: 'warning',
});
