import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'dangerous-function-executable',
  title: 'The application may run a function of administrators',
  why: 'Functions that read files of the server, open connections or decode the log do so with the rights of the server, past every policy.',
  mend: '`REVOKE EXECUTE`.',
  also: [],
  level: 'error',
});
