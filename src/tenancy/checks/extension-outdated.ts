import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'extension-outdated',
  title: 'An extension is older than the server has it',
  why: 'New releases of an extension mend faults, also such as let rows out; the database keeps the old objects until it is told.',
  mend: '`ALTER EXTENSION … UPDATE`.',
  also: ['splinter 0022'],
  level: 'warning',
});
