import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { identityOf } from './claims.ts';
import { ask, until } from './scratch-folder.ts';
import { startTemporaryServer } from './temporary.ts';

const fifteen = '/usr/lib/postgresql/15/bin';
const installed = ['embedded', ...(existsSync(`${fifteen}/initdb`) ? [fifteen] : [])];
const stops: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(stops.map((stop) => stop())));

it.each(installed)('starts %s with the settings asked for, and leaves nothing behind', async (binaries) => {
  const server = await startTemporaryServer({ binaries, settings: { work_mem: '7MB' } });
  stops.push(server.stop);
  const [row] = await ask<{ mem: string; fsync: string; encoding: string; folder: string }>(
    server.superuserUrl,
    `SELECT current_setting('work_mem') AS mem, current_setting('fsync') AS fsync,
            current_setting('server_encoding') AS encoding, current_setting('data_directory') AS folder`,
  );
  expect(row).toMatchObject({ mem: '7MB', fsync: 'off', encoding: 'UTF8' });
  await server.stop();
  expect(existsSync(row?.folder ?? '/')).toBe(false);
  await expect(ask(server.superuserUrl, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
});

it('stops and removes the server when the process that started it is killed', async () => {
  const program = `
    const { startTemporaryServer } = await import(${JSON.stringify(import.meta.resolve('./temporary.ts'))});
    const { superuserUrl } = await startTemporaryServer({ binaries: 'embedded' });
    console.log(superuserUrl);
    setInterval(() => {}, 1000);`;
  const runner = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: process.cwd(),
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve) =>
    runner.stdout.once('data', (chunk) => resolve(String(chunk).trim())),
  );
  const [row] = await ask<{ folder: string; pid: string }>(
    url,
    `SELECT current_setting('data_directory') AS folder, split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid`,
  );
  runner.kill('SIGKILL');
  await until(() => !existsSync(row?.folder ?? '') && identityOf(Number(row?.pid)) === undefined);
});
