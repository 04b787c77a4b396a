import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'trigger-writes-across-tenants',
  title: 'A trigger writes for whichever tenant it finds',
  why: 'A SECURITY DEFINER trigger writes past the policies. Unless it names the tenant of the row it stands on, it writes into any.',
  mend: 'Write with the tenant of the row: `NEW.organization_id`.',
  also: ['pgrls SEC013'],
  level: 'error',
});
