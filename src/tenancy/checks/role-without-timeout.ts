import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'role-without-timeout',
  title: 'A role of tenants may hold the server as long as it likes',
  why: 'One statement or one transaction left open holds locks and connections of every tenant; a transaction also outlives the expiry of its context.',
  mend: '`ALTER ROLE … SET statement_timeout` and `idle_in_transaction_session_timeout`.',
  also: [],
  level: 'warning',
});
