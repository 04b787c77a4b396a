import { type Case, peek } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a definer function without a search_path',
    breaks: peek('SECURITY DEFINER'),
    object: 'app.peek',
  },
  {
    finds: 'a definer function whose search_path the caller can fill',
    breaks: peek('SECURITY DEFINER SET search_path = public'),
    object: 'app.peek',
  },
];

export const nearMisses: readonly string[] = [
  "CREATE FUNCTION app.peek() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT 1'",
];
