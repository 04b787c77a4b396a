import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'trigger-assigns-tenant',
  title: 'A trigger decides to whom a row belongs',
  why: 'A BEFORE trigger that assigns the tenant column moves rows after the statement was written; for roles whose policies admit all, nothing stops it.',
  mend: 'Compare and raise an error instead of assigning.',
  also: ['pgrls SEC013'],
  level: 'error',
});
