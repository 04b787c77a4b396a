import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a function of the server’s own code',
    breaks:
      "CREATE FUNCTION app.pid() RETURNS int LANGUAGE internal AS 'pg_backend_pid'; REVOKE EXECUTE ON FUNCTION app.pid() FROM PUBLIC; GRANT EXECUTE ON FUNCTION app.pid() TO lotline_app",
    object: 'app.pid',
  },
];
