import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'tenant-column-nullable',
  title: 'The tenant may be missing from a row',
  why: 'A row without a tenant is equal to none: nobody sees it, foreign keys do not check it, unique keys let it through twice.',
  mend: 'Give such rows a tenant, then `SET NOT NULL`.',
  also: ['pgrls SEC030'],
  level: 'error',
});
