import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'trigger-disabled',
  title: 'A trigger is switched off',
  why: 'Rules that triggers keep, foreign keys among them, do not hold while the trigger is disabled. Its definition does not show it.',
  mend: 'Check what was written meanwhile, then enable the trigger.',
  also: [],
  level: 'error',
});
