import { describe, expect, it } from 'vitest';
import { lintMigration } from './lint.ts';

const rules = async (sql: string) =>
  (await lintMigration(sql, 'm.sql')).map((f) => `${f.level} ${f.rule} ${f.line}`);

describe('the lint of migrations', () => {
  it.each([
    ['ALTER TABLE leads DROP COLUMN name;', 'danger drop-column 1'],
    ['DROP TABLE leads;', 'danger drop-table 1'],
    ['DROP TYPE lead_status;', 'danger drop-type 1'],
    ['TRUNCATE leads;', 'danger truncate 1'],
    ['ALTER TABLE leads ADD COLUMN x int NOT NULL;', 'danger add-required-column 1'],
    ['ALTER TABLE leads DISABLE ROW LEVEL SECURITY;', 'danger open-boundary 1'],
    ['ALTER TABLE leads NO FORCE ROW LEVEL SECURITY;', 'danger open-boundary 1'],
    ['GRANT SELECT ON leads TO PUBLIC;', 'danger grant-public 1'],
    ["SET LOCAL app.context = 'x';", 'danger raw-context 1'],
    ['ALTER ROLE lotline_app CONNECTION LIMIT 7;', 'danger cluster-wide 1'],
    ['CREATE ROLE helper;', 'danger cluster-wide 1'],
    ['BEGIN;', 'danger transaction-nesting 1'],
    ['ALTER TABLE leads ALTER COLUMN name TYPE varchar(9);', 'caution change-type 1'],
    ['ALTER TABLE leads ALTER COLUMN email SET NOT NULL;', 'caution set-not-null 1'],
    ['ALTER TABLE leads ADD CONSTRAINT c CHECK (true);', 'caution validate-constraint 1'],
    ['CREATE INDEX i ON leads (name);', 'caution index-locks-writes 1'],
    ['ALTER TABLE leads RENAME COLUMN name TO title;', 'caution rename 1'],
    ["ALTER TYPE lead_status ADD VALUE 'NEW';", 'caution enum-value 1'],
  ])('finds %s', async (sql, finding) => {
    expect(await rules(sql)).toEqual([finding]);
  });

  it.each([
    ['a column with a default', 'ALTER TABLE leads ADD COLUMN x int NOT NULL DEFAULT 0;'],
    ['a constraint that is validated later', 'ALTER TABLE leads ADD CONSTRAINT c CHECK (true) NOT VALID;'],
    ['an index built concurrently', 'CREATE INDEX CONCURRENTLY i ON leads (name);'],
    ['a privilege for a role', 'GRANT SELECT ON leads TO lotline_app;'],
  ])('lets %s pass', async (_, sql) => {
    expect(await rules(sql)).toEqual([]);
  });

  it('exempts tables that the migration itself makes', async () => {
    const sql =
      'CREATE TABLE t (a int);\nCREATE INDEX i ON t (a);\nALTER TABLE t ADD CONSTRAINT c CHECK (a > 0);';
    expect(await rules(sql)).toEqual([]);
  });

  it('tells the line of the statement, comments not counted', async () => {
    expect(await rules('-- a comment – with a dash\n\n-- another\nDROP TABLE leads;')).toEqual([
      'danger drop-table 4',
    ]);
  });
});
