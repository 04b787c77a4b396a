import { beforeAll, describe, expect, it } from 'vitest';
import { applyMigrations } from '../../src/migrations/index.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { copyProject } from '../support/project.ts';

describe('applying migrations', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await freshDatabase();
  });
  const apply = (root: string) => applyMigrations({ root, ownerUrl: db.urls.owner });

  it('does nothing on a database that is up to date', async () => {
    expect(await apply(copyProject().root)).toEqual([]);
  });

  it('refuses a migration that was edited after it had been applied, and says how to mend it', async () => {
    const project = copyProject();
    const path = `prisma/migrations/${project.migrations[0]}/migration.sql`;
    project.write(path, `${project.read(path)}\nSELECT 1;`);
    await expect(apply(project.root)).rejects.toMatchObject({
      code: 'MIGRATION_EDITED',
      message: expect.stringContaining(project.migrations[0]!),
      hint: expect.stringContaining('git checkout'),
    });
  });

  it('refuses a database that is ahead of the repository', async () => {
    const project = copyProject();
    project.remove(`prisma/migrations/${project.migrations[1]}`);
    await expect(apply(project.root)).rejects.toMatchObject({ code: 'MIGRATION_UNKNOWN' });
  });

  it('refuses to slip a migration in before those applied', async () => {
    const project = copyProject();
    project.write('prisma/migrations/20200101000000_early/migration.sql', '-- lotline:atomic\nSELECT 1;');
    await expect(apply(project.root)).rejects.toMatchObject({ code: 'MIGRATION_ORDER' });
  });

  it('finds a failing statement in the rehearsal, before the database is touched', async () => {
    const project = copyProject();
    const name = '29990101000000_wrong';
    project.write(
      `prisma/migrations/${name}/migration.sql`,
      '-- lotline:atomic\nSELECT 1;\nALTER TABLE leeds ADD COLUMN x int;',
    );
    await expect(apply(project.root)).rejects.toMatchObject({
      code: 'MIGRATION_REHEARSAL_FAILED',
      message: expect.stringMatching(
        /were not touched[\s\S]*"leeds" does not exist[\s\S]*migration\.sql:3, statement 2 of 2[\s\S]*ALTER TABLE leeds/,
      ),
    });
  });

  it.each(['COMMIT', 'ROLLBACK'])(
    'refuses a migration that says %s, which would leave half of it',
    async (word) => {
      const project = copyProject();
      const sql = `-- lotline:atomic\nCREATE TABLE app.one (a int);\n${word};\nCREATE TABLE app.two (a int);`;
      project.write('prisma/migrations/29990101000000_half/migration.sql', sql);
      await expect(apply(project.root)).rejects.toMatchObject({
        code: 'MIGRATION_TRANSACTION',
        message: expect.stringContaining('migration.sql:3 '),
      });
    },
  );

  it('names the statement that fails on the data, which no rehearsal can find', async () => {
    await db.platform.query("INSERT INTO users (email) VALUES ('one@example.com')");
    const project = copyProject();
    const sql =
      '-- lotline:atomic\nSELECT 1;\nALTER TABLE users ADD CONSTRAINT short CHECK (char_length(email) < 5);';
    project.write('prisma/migrations/29990101000000_wrong/migration.sql', sql);
    await expect(apply(project.root)).rejects.toMatchObject({
      code: 'MIGRATION_STATEMENT_FAILED',
      message: expect.stringMatching(
        /nothing was changed[\s\S]*violated[\s\S]*migration\.sql:3, statement 2 of 2/,
      ),
    });
  });

  it('tells that an earlier migration failed half-way when it was not atomic', async () => {
    const project = copyProject();
    const name = '29990101000000_by-hand';
    project.write(`prisma/migrations/${name}/migration.sql`, 'SELECT 1;');
    await db.owner.query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', $1)",
      [name],
    );
    await expect(apply(project.root)).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      hint: expect.stringContaining('migrate resolve'),
    });
    await db.owner.query("DELETE FROM _prisma_migrations WHERE id = 'x'");
  });

  it('applies an atomic migration anew that was interrupted', async () => {
    const project = copyProject();
    const name = '29990101000000_interrupted';
    project.write(
      `prisma/migrations/${name}/migration.sql`,
      '-- lotline:atomic\nCREATE TABLE app.interrupted (id int);',
    );
    await db.owner.query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('y', 'y', $1)",
      [name],
    );
    expect(await apply(project.root)).toMatchObject([{ name }]);
  });
});
