import { beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../src/cli/db-migrate.ts';
import { applyMigrations } from '../../src/migrations/index.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { copyProject, type TestProject } from '../support/project.ts';

describe('db:migrate', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await freshDatabase();
  });
  const write = (project: TestProject, name = 'change') =>
    migrate({ root: project.root, ownerUrl: db.urls.owner, name, now: new Date('2030-01-02T03:04:05Z') });
  const edit = (project: TestProject, path: string, change: (text: string) => string) =>
    project.write(path, change(project.read(path)));

  it('writes nothing where the migrations are the schema already', async () => {
    expect(await write(copyProject())).toBeUndefined();
  });

  it('writes a column with its check and a changed policy, and what it wrote applies', async () => {
    const project = copyProject();
    edit(project, 'prisma/models/crm.prisma', (text) =>
      text.replace(
        '/// @scope tenant\nmodel Lead {',
        '/// @scope tenant\n/// @allow delete: ORG AND ADMIN\nmodel Lead {\n  /// @range 0..9\n  stars Int @default(0)',
      ),
    );
    const report = await write(project, 'Lead stars');
    expect(report).toMatchObject({
      name: '20300102030405_lead-stars',
      summary: { tables: 0, checks: 1, policies: 1, alteredTables: ['leads'] },
    });
    const sql = project.read(report!.path);
    expect(sql).toContain('ADD COLUMN     "stars" INTEGER NOT NULL DEFAULT 0');
    expect(sql).toContain('DROP POLICY IF EXISTS leads_delete ON leads;');
    expect(sql).toContain('ADD CONSTRAINT leads_stars_check CHECK (stars BETWEEN 0 AND 9)');
    expect(sql.indexOf('DROP POLICY')).toBeLessThan(sql.indexOf('ADD COLUMN'));
    await expect(applyMigrations({ root: project.root, ownerUrl: db.urls.owner })).resolves.toMatchObject([
      { name: report!.name },
    ]);
  });

  it('takes away what is no longer declared and warns that data goes with it', async () => {
    const project = copyProject();
    edit(project, 'prisma/models/crm.prisma', (text) =>
      text.replace(/^ {2}\/\/\/ @length \.\.200\n {2}timeline .*\n/m, ''),
    );
    const report = await write(project);
    expect(project.read(report!.path)).toContain('DROP CONSTRAINT IF EXISTS leads_timeline_check');
    expect(report!.findings).toContainEqual(
      expect.objectContaining({ level: 'danger', rule: 'drop-column' }),
    );
  });

  it('refuses a name that no folder can have', async () => {
    await expect(write(copyProject(), '../x')).rejects.toMatchObject({ code: 'MIGRATION_NAME' });
  });

  it('tells a fault in the schema before it touches anything', async () => {
    const project = copyProject();
    edit(project, 'prisma/models/crm.prisma', (text) =>
      text.replace('/// @scope tenant', '/// @scope tenent'),
    );
    await expect(write(project)).rejects.toMatchObject({
      code: 'ANNOTATION_INVALID',
      message: expect.stringContaining('crm.prisma:'),
    });
  });
});
