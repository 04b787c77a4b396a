import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'rewrite-rule',
  title: 'A rule rewrites statements on a table',
  why: 'The relations that a rule adds are accessed with the rights of the owner of the table, past the privileges of the caller.',
  mend: 'Use a trigger instead, and drop the rule.',
  also: ['safegres L10'],
  level: 'error',
});
