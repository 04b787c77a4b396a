import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'index-duplicate',
  title: 'An index does what another does already',
  why: 'Each index is written on every insert and keeps a table larger; of two that say the same the planner uses one.',
  mend: 'Drop one of the two.',
  also: ['splinter 0009', 'safegres X5'],
  level: 'warning',
});
