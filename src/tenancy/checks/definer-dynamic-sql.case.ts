import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a statement from its caller',
    breaks:
      "CREATE FUNCTION app.peek(statement text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$ BEGIN EXECUTE statement; END $$",
    object: 'app.peek',
    mend: 'DROP FUNCTION app.peek(text)',
  },
];

export const nearMisses: readonly string[] = [
  `CREATE FUNCTION app.peek() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$ BEGIN -- EXECUTE would be dynamic
 NULL; END $$`,
  "CREATE FUNCTION app.peek(q text) RETURNS void LANGUAGE plpgsql SET search_path = '' AS $$ BEGIN EXECUTE q; END $$",
];
