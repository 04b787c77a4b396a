import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'publication-exposes',
  title: 'A publication sends rows of all tenants',
  why: 'Logical replication reads the log, where no policy is applied: whoever subscribes gets the changes of every tenant.',
  mend: 'Drop the publication, or waive it with the reason who may subscribe.',
  also: ['pgrls SEC051'],
  level: 'error',
});
