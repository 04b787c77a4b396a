import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'table-owner',
  title: 'A table belongs to the wrong role',
  why: 'The owner of a table can switch its row security off, so tables belong to the one role that only migrations use.',
  mend: '`ALTER TABLE … OWNER TO` the owner of the boundary.',
  also: ['pgrls SEC048'],
  level: 'error',
});
