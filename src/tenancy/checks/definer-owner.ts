import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'definer-owner',
  title: 'A definer function runs as the wrong role',
  why: 'A SECURITY DEFINER function sees what its owner sees. Only the platform and the owner of the tables are meant for that.',
  mend: '`ALTER FUNCTION … OWNER TO` the platform role.',
  also: ['pgrls SEC014', 'pgrls SEC042', 'safegres CG2'],
  level: 'error',
});
