import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'sequence-granted',
  title: 'Tenants share a sequence',
  why: 'A sequence has no rows to protect: who may use it sees how much all tenants write, and may reset it for all of them.',
  mend: 'Use keys of `app.uuid_v7()` or a counter per tenant, and revoke.',
  also: ['safegres L16'],
  level: 'error',
});
