import { expect, it } from 'vitest';
import { migrationContents } from './migration-contents.ts';

const migration = (name: string, sql: string) => ({ name, path: name, sql, checksum: '' });

it('counts what each migration adds from its parse tree, comments and strings aside', async () => {
  const [first, second] = await migrationContents([
    migration(
      '1_base',
      'CREATE TABLE a (id int PRIMARY KEY, n int CHECK (n > 0)); CREATE TABLE IF NOT EXISTS app.keys (id int CHECK (id > 0));',
    ),
    migration(
      '2_more',
      `-- CREATE TABLE commented ();
       CREATE TYPE mood AS ENUM ('CREATE TABLE x ()');
       CREATE TABLE IF NOT EXISTS app.keys (id int CHECK (id > 0));
       CREATE TABLE "B" (id int REFERENCES a, CONSTRAINT odd CHECK (id % 2 = 1));
       ALTER TABLE "B" ADD CONSTRAINT up CHECK (id > 0), ADD FOREIGN KEY (id) REFERENCES a;
       CREATE UNIQUE INDEX b_key ON "B" (id);
       CREATE POLICY p ON "B" USING (true);`,
    ),
  ]);
  expect(first).toMatchObject({ tables: ['a'], facts: { tables: 1, indexes: 1, checks: 1, foreignKeys: 0 } });
  expect(second).toEqual({
    tables: ['B'],
    enums: ['mood'],
    facts: { name: '2_more', tables: 1, indexes: 1, foreignKeys: 2, checks: 2, policies: 1 },
  });
});
