import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'replication-role',
  title: 'A role may read the log of all tenants',
  why: 'REPLICATION lets a login stream the whole server or decode its log, past all policies. It is for replicas and backups alone.',
  mend: 'Take REPLICATION away, or waive it with the reason what the role is for.',
  also: ['pgrls SEC016'],
  level: 'warning',
});
