import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'view-instead-of-trigger',
  title: 'Writing to a view runs with the rights of another',
  why: 'An INSTEAD OF trigger replaces the statement by its function. Where that is SECURITY DEFINER it writes past the policies of the caller.',
  mend: 'Make the function SECURITY INVOKER.',
  also: ['safegres L20'],
  level: 'error',
});
