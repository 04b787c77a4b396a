import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'definer-dynamic-sql',
  title: 'A definer function runs SQL that nobody can read beforehand',
  why: 'A statement that is put together at run time, with the rights of the owner, can be anything: no check and no reviewer sees what it reads.',
  mend: 'Write the statement out, or make the function SECURITY INVOKER.',
  also: ['safegres L15', 'safegres C4', 'safegres CG5'],
  level: 'error',
});
