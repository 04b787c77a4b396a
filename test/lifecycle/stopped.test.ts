import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { eraseTenant, exportTenant, importTenant, previewErase } from '../../src/tenancy/lifecycle/index.ts';
import { type DemoDatabase, demoDatabase, testFolder } from '../support/demo-database.ts';

const LEADS = 20_030;

describe('work on a tenant that ends in the middle', () => {
  const folder = testFolder();
  let demo: DemoDatabase;
  const leads = async () =>
    (
      await demo.db.platform.query('SELECT count(*)::int AS n FROM leads WHERE organization_id = $1', [
        demo.ours,
      ])
    ).rows[0].n;

  beforeAll(async () => {
    demo = await demoDatabase();
    await demo.db.platform.query(
      "INSERT INTO leads (organization_id, name) SELECT $1, 'lead ' || n FROM generate_series(1, 20000) AS n",
      [demo.ours],
    );
  });

  /** Stops when the named step is told. */
  const stoppedAt = (step: RegExp) => {
    const controller = new AbortController();
    const onProgress = (told: string) => step.test(told) && controller.abort();
    return { ...demo.lifecycle, signal: controller.signal, onProgress };
  };

  /** Runs it in a process that is killed as soon as it tells of something. */
  const killed = async (what: string, path: string) => {
    const child = spawn(process.execPath, [
      fileURLToPath(new URL('./work.ts', import.meta.url)),
      what,
      demo.db.urls.owner,
      demo.ours,
      path,
    ]);
    const ended = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)));
    child.stdout.once('data', () => child.kill('SIGKILL'));
    expect(await ended).toBe('SIGKILL');
  };

  it('leaves no folder of an export that was stopped', async () => {
    const to = join(folder, 'stopped');
    await expect(exportTenant(stoppedAt(/./), demo.ours, to, 'test')).rejects.toMatchObject({
      code: 'STOPPED',
    });
    expect([existsSync(to), existsSync(`${to}.partial`)]).toEqual([false, false]);
  });

  it('leaves nothing that looks whole of an export that was killed, and the next one clears it away', async () => {
    const to = join(folder, 'killed');
    await killed('export', to);
    expect([existsSync(to), existsSync(join(`${to}.partial`, 'manifest.json'))]).toEqual([false, false]);
    const { manifest } = await exportTenant(demo.lifecycle, demo.ours, to, 'test');
    expect(manifest.tables.find((t) => t.table === 'leads')!.rows).toBe(LEADS);
    expect(existsSync(`${to}.partial`)).toBe(false);
  });

  it('does not clear away what is not of an export', async () => {
    const to = join(folder, 'mine');
    mkdirSync(`${to}.partial`);
    writeFileSync(join(`${to}.partial`, 'thesis.txt'), 'x');
    await expect(exportTenant(demo.lifecycle, demo.ours, to, 'test')).rejects.toMatchObject({
      code: 'EXPORT_EXISTS',
    });
    expect(existsSync(join(`${to}.partial`, 'thesis.txt'))).toBe(true);
  });

  it('erases nothing when it is stopped or killed, and imports nothing either', async () => {
    const to = join(folder, 'whole');
    await exportTenant(demo.lifecycle, demo.ours, to, 'test');
    const { token } = await previewErase(demo.lifecycle, demo.ours);
    await expect(eraseTenant(stoppedAt(/^erase/), demo.ours, token, 'test')).rejects.toMatchObject({
      code: 'STOPPED',
    });
    await killed('erase', to);
    expect(await leads()).toBe(LEADS);

    await eraseTenant(demo.lifecycle, demo.ours, token, 'test');
    await expect(importTenant(stoppedAt(/ rows$/), to, 'test')).rejects.toMatchObject({ code: 'STOPPED' });
    await killed('import', to);
    const ofUs = 'SELECT FROM organizations WHERE id = $1';
    expect((await demo.db.platform.query(ofUs, [demo.ours])).rowCount).toBe(0);
    await importTenant(demo.lifecycle, to, 'test');
    expect(await leads()).toBe(LEADS);
  });

  it('loses nothing when the server ends the session', async () => {
    const lifecycle = {
      ...demo.lifecycle,
      onProgress: (step: string) => {
        if (step.startsWith('erase'))
          void demo.db.superuser.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lotline' AND datname = current_database()",
          );
      },
    };
    const { token } = await previewErase(demo.lifecycle, demo.theirs);
    await expect(eraseTenant(lifecycle, demo.theirs, token, 'test')).rejects.toBeDefined();
    const { rowCount } = await demo.db.platform.query('SELECT FROM leads WHERE organization_id = $1', [
      demo.theirs,
    ]);
    expect(rowCount).toBeGreaterThan(0);
  });
});
