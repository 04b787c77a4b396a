import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'function-sets-context',
  title: 'A function brings a context or a role with it',
  why: 'Settings attached to a function hold while it runs: a context of its own makes every caller the same tenant, and replication mode switches rules off.',
  mend: '`ALTER FUNCTION … RESET` the setting.',
  also: ['safegres CG3'],
  level: 'error',
});
