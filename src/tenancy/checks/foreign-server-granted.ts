import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'foreign-server-granted',
  title: 'The application may use another server',
  why: 'With USAGE on a foreign server or a user mapping of its own a role reads what is there with the login that is stored, for all tenants alike.',
  mend: 'Revoke USAGE, drop the user mapping.',
  also: [],
  level: 'error',
});
