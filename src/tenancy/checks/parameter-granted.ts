import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'parameter-granted',
  title: 'A role may set what the server keeps for administrators',
  why: 'With SET on session_replication_role triggers and foreign keys are switched off; ALTER SYSTEM changes settings for every database.',
  mend: '`REVOKE ALL ON PARAMETER`.',
  also: [],
  level: 'error',
});
