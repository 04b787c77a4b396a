import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'privilege-without-policy',
  title: 'A privilege that no policy makes use of',
  why: 'The statement is allowed and finds nothing, or fails: whoever gave the privilege meant something that the policies do not say.',
  mend: 'Admit rows with `@allow`, or revoke the privilege.',
  also: ['safegres A4', 'safegres A5', 'safegres L1', 'pgrls SEC022'],
  level: 'warning',
});
