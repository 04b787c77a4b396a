import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'definer-without-context',
  title: 'A definer function asks nobody for which tenant',
  why: 'It reads tables of tenants past the policies of its caller. Unless it compares with the verified context it serves every tenant’s rows to any.',
  mend: 'Compare with `app.current_organization_id()` or `app.current_user_id()` in it, or make it SECURITY INVOKER.',
  also: ['pgrls SEC014', 'safegres L19', 'safegres CG1', 'safegres CG2', 'safegres CG4'],
  level: 'error',
});
