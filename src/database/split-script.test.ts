import { expect, test } from 'vitest';
import { splitScript } from './split-script.ts';

const texts = (script: string) => splitScript(script).map(({ text }) => text);

test('statements end at semicolons and comments before them are left out', () => {
  expect(texts('-- first\nSELECT 1;\n\n/* a; /* nested; */ b */\nSELECT 2;;\n-- end\n')).toEqual([
    'SELECT 1',
    'SELECT 2',
  ]);
});

test('semicolons in strings, names, comments and dollar quotes are part of the statement', () => {
  const pieces = [
    "SELECT 'a;''b;'",
    "SELECT E'\\';'",
    "SELECT date'2020;\\'",
    'SELECT ";""" FROM t -- ;\n WHERE true /* ; */',
    'CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$',
    "DO $body$ BEGIN EXECUTE $$SELECT ';'$$; END $body$",
    'SELECT $1, a$b$c',
  ];
  expect(texts(`${pieces.join(';\n')};`)).toEqual(pieces);
});

test('a function with a body of SQL statements is one statement', () => {
  const body = 'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END';
  expect(texts(`${body}; SELECT 3`)).toEqual([body, 'SELECT 3']);
});

test('the offset leads to the statement in the script', () => {
  const script = '-- ü\nSELECT 1;\n\n  SELECT 2;';
  for (const { text, offset } of splitScript(script))
    expect(script.slice(offset, offset + text.length)).toBe(text);
});
