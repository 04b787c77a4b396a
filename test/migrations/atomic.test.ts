import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { splitStatements } from '../../src/database/statements.ts';
import { applyMigrations } from '../../src/migrations/index.ts';
import { freshDatabase } from '../support/database.ts';
import { copyProject } from '../support/project.ts';
import { testServers } from '../support/server.ts';
import { snapshot } from '../support/snapshot.ts';

const POSITIONS = 24;
const digest = (text: string) => createHash('sha256').update(text).digest('hex');

describe.each(testServers())('a migration on PostgreSQL $version', (server) => {
  it(`leaves the catalogue as it was when it is aborted at any of ${POSITIONS} statements, and the next run succeeds`, async () => {
    const db = await freshDatabase({ server, empty: true });
    const project = copyProject();
    const second = `prisma/migrations/${project.migrations[1]}`;
    const sql = project.read(`${second}/migration.sql`);
    // What later migrations build on is missing while the second is held back.
    for (const later of project.migrations.slice(2)) project.remove(`prisma/migrations/${later}`);
    project.remove(second);
    await applyMigrations({ root: project.root, ownerUrl: db.urls.owner });
    const before = digest(await snapshot(db.superuser));

    const statements = await splitStatements(sql, second);
    expect(statements.length).toBeGreaterThan(POSITIONS);
    const texts = statements.map((s) => s.text);
    for (let i = 0; i < POSITIONS; i++) {
      const at = Math.round(((i + 0.5) * texts.length) / POSITIONS);
      const broken = [
        '-- lotline:atomic',
        ...texts.slice(0, at),
        "SELECT 1 / (length('broken off') - 10);",
        ...texts.slice(at),
      ];
      project.write(`${second}/migration.sql`, broken.join('\n'));
      const run = applyMigrations({ root: project.root, ownerUrl: db.urls.owner, rehearsal: false });
      await expect(run).rejects.toMatchObject({
        code: 'MIGRATION_STATEMENT_FAILED',
        message: expect.stringMatching(
          new RegExp(
            `nothing was changed[\\s\\S]*division by zero[\\s\\S]*statement ${at + 1} of ${texts.length + 1}`,
          ),
        ),
      });
      expect(digest(await snapshot(db.superuser)), `after statement ${at}`).toBe(before);
    }

    project.write(`${second}/migration.sql`, sql);
    const applied = await applyMigrations({ root: project.root, ownerUrl: db.urls.owner });
    expect(applied.map((a) => a.name)).toEqual([project.migrations[1]]);
  });

  it('is applied by one of two that come at once, while the other waits', async () => {
    const db = await freshDatabase({ server, empty: true });
    const { root, migrations } = copyProject();
    const both = await Promise.all([1, 2].map(() => applyMigrations({ root, ownerUrl: db.urls.owner })));
    expect(both.map((applied) => applied.length).sort()).toEqual([0, migrations.length]);
    const { rows } = await db.owner.query(
      'SELECT migration_name, finished_at IS NOT NULL AS finished FROM _prisma_migrations ORDER BY 1',
    );
    expect(rows).toEqual(migrations.map((migration_name) => ({ migration_name, finished: true })));
  });

  it('waits for a busy table, tries three times, and says that nothing was changed', async () => {
    const db = await freshDatabase({ server });
    const project = copyProject();
    project.write(
      'prisma/migrations/29990101000000_photos/migration.sql',
      '-- lotline:atomic\nALTER TABLE leads ADD COLUMN photos int;\n',
    );
    await db.owner.query('BEGIN; LOCK TABLE leads');
    const steps: string[] = [];
    const run = applyMigrations({
      root: project.root,
      ownerUrl: db.urls.owner,
      lockTimeout: 50,
      backoff: [10, 10],
      onProgress: (step) => steps.push(step),
    });
    await expect(run).rejects.toMatchObject({
      code: 'MIGRATION_LOCK_BUSY',
      message: expect.stringContaining('Nothing was changed'),
    });
    expect(steps.filter((s) => s.includes('attempt'))).toHaveLength(2);
    await db.owner.query('ROLLBACK');
    await expect(applyMigrations({ root: project.root, ownerUrl: db.urls.owner })).resolves.toMatchObject([
      { attempts: 1 },
    ]);
  });
});
