import { type Case, peek } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a function for everybody',
    breaks: `${peek("SET search_path = ''")} GRANT EXECUTE ON FUNCTION app.peek() TO PUBLIC`,
    object: 'app.peek',
  },
];
