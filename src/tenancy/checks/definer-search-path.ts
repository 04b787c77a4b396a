import { sqlCheck } from './runner/sql-check.ts';

export const check = sqlCheck({
  name: 'definer-search-path',
  title: 'A definer function takes names from its caller',
  why: 'With the caller’s search_path a SECURITY DEFINER function may call what the caller put in the way, with the rights of its owner.',
  mend: "Write names with their schema and empty the path: `SET search_path = ''`.",
  also: ['splinter 0011', 'pgrls SEC015', 'safegres CF1'],
  level: 'error',
});
