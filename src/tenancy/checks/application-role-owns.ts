import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'application-role-owns',
  title: 'A role of the application owns something',
  why: 'An owner may change, grant or drop its object. The platform owns definer functions, readers own their views; nobody else owns anything.',
  mend: '`ALTER … OWNER TO` the owner of the tables.',
  also: ['pgrls SEC048'],
  level: 'error',
});
