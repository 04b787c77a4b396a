import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'event-trigger',
  title: 'Code of the database runs in every migration',
  why: 'An event trigger runs with the rights of whoever changes the schema: it can undo row security or grant what nobody declared.',
  mend: 'Drop it, or waive it with the reason what it does.',
  also: [],
  level: 'warning',
});
