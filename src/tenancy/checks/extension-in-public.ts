import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'extension-in-public',
  title: 'An extension stands in the schema of the tables',
  why: 'Functions of an extension in public are in everybody’s way: they can be taken for the application’s own, and an update brings new ones.',
  mend: 'Move it into a schema of its own.',
  also: ['splinter 0014'],
  level: 'warning',
});
