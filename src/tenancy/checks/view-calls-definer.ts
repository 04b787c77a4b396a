import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'view-calls-definer',
  title: 'A view shows what a definer function sees',
  why: 'A view with security_invoker lets the caller’s policies hold for the tables of a view, but not within a SECURITY DEFINER function that it calls.',
  mend: 'Call the function where it is needed, or read the tables themselves.',
  also: ['pgrls VIEW004', 'safegres L19'],
  level: 'warning',
});
