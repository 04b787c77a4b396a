import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'large-object-reachable',
  title: 'Tenants share a large object',
  why: 'Large objects belong to roles, not to tenants: all tenants arrive as one role, so what one of them stored every other can read.',
  mend: 'Keep files in object storage or in a table with a tenant column.',
  also: [],
  level: 'error',
});
