import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'tenant-column-collation',
  title: 'Two tenants may be the same to the database',
  why: 'A collation that is not deterministic, or citext, takes different texts for equal: the policies of one tenant then admit rows of the other.',
  mend: 'Give the column a deterministic collation, or a uuid.',
  also: [],
  level: 'error',
});
