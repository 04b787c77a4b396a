import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { testFolder } from '../../../test/support/demo-database.ts';
import { contextKey, root } from '../../../test/support/server.ts';

describe('lotline tenant', () => {
  const folder = testFolder();
  let db: TestDatabase;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    db = await freshDatabase();
    env = {
      ...process.env,
      DATABASE_URL: db.urls.owner,
      APP_DATABASE_URL: db.urls.app,
      PLATFORM_DATABASE_URL: db.urls.platform,
      INGEST_DATABASE_URL: db.urls.ingest,
      LOTLINE_CONTEXT_KEY: contextKey.secret.toString('hex'),
      LOTLINE_DATA: join(folder, 'data'),
      INIT_CWD: folder,
    };
  });

  const arguments_ = (args: string[]) => [join(root, 'src/cli/lotline.ts'), 'tenant', ...args];
  const lotline = (...args: string[]) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      execFile(process.execPath, arguments_(args), { env }, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, out, err }),
      );
    });
  const json = async (...args: string[]) => {
    const { code, out } = await lotline(...args, '--json');
    return { code, ...JSON.parse(out) };
  };

  it('leads an organization through its life', async () => {
    const made = await json(
      'provision',
      'fernhill',
      '--name',
      'Fernhill',
      '--owner-email',
      'ada@fernhill.example',
    );
    expect(made).toMatchObject({ code: 0, created: true, ownerCreated: true });
    expect(await json('provision', 'fernhill', '--owner-email', 'ada@fernhill.example')).toMatchObject({
      code: 0,
      created: false,
      organizationId: made.organizationId,
    });
    expect((await lotline('stats')).out).toMatch(/fernhill +16 +\S+ kB +1 /);
    expect((await lotline('stats', made.organizationId)).out).toMatch(/expense_categories +13 /);

    expect(await json('export', 'fernhill', 'out', '--by', 'Ada')).toMatchObject({
      code: 0,
      folder: join(folder, 'out'),
    });
    const dry = await lotline('erase', 'fernhill', '--export', 'out');
    expect(dry).toMatchObject({ code: 0, out: expect.stringContaining('Dry run; nothing was changed.') });
    expect(await lotline('erase', 'fernhill', '--export', 'out', '--confirm', 'yes')).toMatchObject({
      code: 1,
      err: expect.stringContaining('[ERASE_CONSENT]'),
    });
    const word = /--confirm (\w+)/.exec(dry.out)![1]!;
    const erased = await lotline('erase', 'fernhill', '--export', 'out', '--confirm', word);
    expect(erased).toMatchObject({ code: 0, out: expect.stringContaining('nothing is left') });
    expect(await json('stats', 'fernhill')).toMatchObject({
      code: 1,
      ok: false,
      error: { code: 'ORGANIZATION_UNKNOWN' },
    });

    expect((await lotline('import', 'out')).out).toContain(
      'read back and equal to the export; 1 accounts made',
    );
    const { rows } = await db.platform.query(
      'SELECT event, actor FROM app.tenant_events ORDER BY occurred_at LIMIT 2',
    );
    expect(rows[1]).toEqual({ event: 'exported', actor: 'Ada' });
  });

  it('says what is missing and exits with 2', async () => {
    for (const args of [
      ['export'],
      ['import'],
      ['erase'],
      ['provision', 'x'],
      ['stats', 'a', 'b'],
      ['erase', 'x', '--force'],
    ])
      expect([args, (await lotline(...args)).code]).toEqual([args, 2]);
  });

  it('ends at Ctrl-C and leaves nothing', async () => {
    await json('provision', 'large', '--owner-email', 'bob@large.example');
    await db.platform.query(
      `INSERT INTO leads (organization_id, name, notes) SELECT id, 'lead', repeat('x', 3000)
       FROM organizations, generate_series(1, 30000) WHERE slug = 'large'`,
    );
    const child = spawn(process.execPath, arguments_(['export', 'large', 'stopped']), { env });
    let told = '';
    let asked = false;
    child.stderr.on('data', (chunk) => {
      told += chunk;
      // A second one would end the process at once.
      if (!asked && /leads: /.test(told)) asked = child.kill('SIGINT');
    });
    const code = await new Promise((resolve) => child.on('exit', resolve));
    expect([code, told]).toEqual([1, expect.stringContaining('[STOPPED]')]);
    expect(['stopped', 'stopped.partial'].map((f) => existsSync(join(folder, f)))).toEqual([false, false]);
  });
});
