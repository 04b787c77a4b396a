import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'function-untrusted-language',
  title: 'The application may run code without bounds',
  why: 'C and the untrusted languages reach files, memory and network of the server as its system user. No policy is anything to them.',
  mend: 'Revoke EXECUTE, or write the function in SQL or PL/pgSQL.',
  also: [],
  level: 'error',
});
