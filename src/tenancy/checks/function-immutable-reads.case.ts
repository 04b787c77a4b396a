import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a setting behind IMMUTABLE',
    breaks:
      "CREATE FUNCTION app.peek() RETURNS text LANGUAGE sql IMMUTABLE SET search_path = '' AS $$ SELECT current_setting('app.context', true) $$",
    object: 'app.peek',
  },
  {
    finds: 'a table behind IMMUTABLE',
    breaks:
      "CREATE FUNCTION app.peek() RETURNS bigint LANGUAGE sql IMMUTABLE SET search_path = '' AS $$ SELECT count(*) FROM public.leads $$",
    object: 'app.peek',
  },
];

export const nearMisses: readonly string[] = [
  "CREATE FUNCTION app.peek(now text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = '' AS $$ SELECT now || 'from leads' $$",
];
