import { type Case, peek } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a count of everybody’s leads',
    breaks: `${peek("SECURITY DEFINER SET search_path = ''")} ALTER FUNCTION app.peek() OWNER TO lotline_platform; GRANT EXECUTE ON FUNCTION app.peek() TO lotline_app`,
    object: 'app.peek',
    mend: 'DROP FUNCTION app.peek()',
  },
];
