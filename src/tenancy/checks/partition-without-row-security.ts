import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'partition-without-row-security',
  title: 'A partition stands outside the row security of its table',
  why: 'Policies of a partitioned or inherited table hold for queries on that table; a query on the partition itself asks the partition.',
  mend: '`ENABLE` and `FORCE ROW LEVEL SECURITY` on the child.',
  also: ['pgrls SEC041', 'pgrls SEC043'],
  level: 'error',
});
