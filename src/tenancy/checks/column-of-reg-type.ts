import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'column-of-reg-type',
  title: 'A column keeps the number of a catalogue object',
  why: 'Values of regproc, regoper, regconfig and their like change their meaning with pg_upgrade, which therefore refuses the database.',
  mend: 'Store the name as text.',
  also: ['splinter 0018'],
  level: 'warning',
});
