import { describe, expect, it } from 'vitest';
import { readModuleSql } from './module-sql.ts';

const read = (sql: string) => readModuleSql([['models/m.sql', sql]]);
const FUNCTION =
  "CREATE FUNCTION app.one() RETURNS int LANGUAGE sql IMMUTABLE SET search_path = '' RETURN 1;";

describe('the SQL beside the models', () => {
  it('is read as functions, triggers and views, with the comment that stands above each', async () => {
    const objects = await read(`-- Says one – always.\n${FUNCTION}
      CREATE FUNCTION app.stamp() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$ BEGIN RETURN NEW; END $$;
      CREATE TRIGGER stamp BEFORE INSERT ON public.leads FOR EACH ROW EXECUTE FUNCTION app.stamp();
      CREATE TRIGGER stamp AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION app.stamp();
      CREATE VIEW public.shown AS SELECT 1; ALTER VIEW public.shown OWNER TO reader; GRANT SELECT ON public.shown TO app;`);
    expect(
      objects.map(({ key, definer, immutable, callable }) => [key, definer, immutable, callable]),
    ).toEqual([
      ['function app.one', false, true, true],
      ['function app.stamp', true, false, false],
      ['trigger leads.stamp', false, false, false],
      ['trigger auth.users.stamp', false, false, false],
      ['view shown', false, false, false],
    ]);
    expect(objects[0]!.sql).toMatch(/^-- Says one – always\.\nCREATE OR REPLACE FUNCTION app\.one/);
    expect(objects[4]!.sql).toMatch(/OWNER TO reader;[\s\S]*GRANT SELECT/);
  });

  it('is read as tables of a schema of their own, and as schemas handed to a role', async () => {
    const objects = await read(`CREATE SCHEMA given AUTHORIZATION lotline_platform;
      CREATE TABLE own.rows (id int PRIMARY KEY);\nCREATE INDEX own_rows_idx ON own.rows (id);`);
    expect(objects.map(({ key }) => key)).toEqual(['schema given', 'table own.rows', 'index own_rows_idx']);
    expect(objects[0]!.sql).toBe('CREATE SCHEMA IF NOT EXISTS given AUTHORIZATION lotline_platform;');
  });

  it.each([
    ['a schema that is handed to nobody', 'CREATE SCHEMA given;', /CreateSchemaStmt does not belong here/],
    [
      'a function with an open search_path',
      'CREATE FUNCTION app.f() RETURNS int LANGUAGE sql RETURN 1;',
      /m\.sql:1: function app\.f needs SET search_path/,
    ],
    [
      'a function outside the schema app',
      FUNCTION.replace('app.one', 'public.one'),
      /belongs to the schema app/,
    ],
    [
      'an overload',
      `${FUNCTION}\n${FUNCTION.replace('one()', 'one(a int)')}`,
      /m\.sql:2: function app\.one is defined already/,
    ],
    ['another statement', `${FUNCTION}\n\nDELETE FROM leads;`, /m\.sql:3: DeleteStmt does not belong here/],
    ['what is no SQL', `${FUNCTION}\nCREATE FUNKTION x;`, /m\.sql:2: syntax error at or near "FUNKTION"/],
  ])('refuses %s, with file and line', async (_, sql, message) => {
    await expect(read(sql)).rejects.toMatchObject({
      code: 'SQL_INVALID',
      message: expect.stringMatching(message),
    });
  });
});
