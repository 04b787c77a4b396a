import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'policy-reads-open-table',
  title: 'A policy rests on a table that anybody could have written',
  why: 'A policy that looks into another table is as strong as that table: without row security of its own it says whatever is in it.',
  mend: 'Enable row security there, or compare with the signed context.',
  also: ['pgrls SEC025'],
  level: 'error',
});
