import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { whenStopped } from '../../src/database/embedded/lease.ts';
import { kill, pidsOf, scratchFolders, until } from '../../src/database/embedded/scratch-folder.ts';
import { root } from '../support/server.ts';

const folders = scratchFolders();
const data = folders.fresh();
const children: ChildProcess[] = [];
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await folders.removeAll();
});

/** `npm start` without npm, in a folder of its own and without a terminal. */
function start(env: NodeJS.ProcessEnv = {}, ...args: string[]) {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/DATABASE_URL$|^LOTLINE_|^STUDIO_|^PORT$|^HOST$|^BASE_URL$|^LOG_/.test(name),
    ),
  );
  const child = spawn(process.execPath, [join(root, 'src/main.ts'), ...args], {
    cwd: root,
    env: { ...clean, NODE_OPTIONS: '', LOTLINE_DATA: data, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = () => until(() => /^Ready in /m.test(output) || child.exitCode !== null).then(() => output);
  return { child, ended, ready, output: () => output };
}

const found = (text: string, pattern: RegExp) => pattern.exec(text)?.[1] ?? '';

describe('npm start', () => {
  it('comes up from an empty folder, serves Studio, and stops at Ctrl-C', async () => {
    const { child, ready, ended } = start();
    const output = await ready();
    expect(output).toMatch(/✓ reading +59 read as lotline_app for “Quillmarsh Realty”/);
    expect(output).toMatch(/^Ready in \d+\.\d s\. Ctrl-C stops it; the data stays\.$/m);
    expect(output).not.toMatch(/:\/\/[^/\s]+:[^@\s]+@/);
    const url = found(output, /Studio +(http:\S+)/);
    expect(await (await fetch(url)).text()).toContain('studio.js');

    const api = found(output, /API +(http:\S+)/);
    expect((await fetch(`${api}/readyz`)).status).toBe(200);
    expect((await fetch(found(output, /Reference +(http:\S+)/))).status).toBe(200);
    expect((await fetch(found(output, /Mailbox +(http:\S+)/))).status).toBe(200);
    const signIn = (password: string) =>
      fetch(`${api}/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: found(output, /(ottoline@\S+)/), password }),
      });
    expect((await signIn('not the password')).status).toBe(401);
    const welcome = await signIn(found(output, /Demo +password: (.+)$/m));
    expect(welcome.status).toBe(200);
    const [cookie] = welcome.headers.getSetCookie()[0]!.split(';');
    const me = await fetch(`${api}/v1/me`, { headers: { cookie: cookie! } });
    expect([me.status, await me.text()]).toEqual([200, expect.stringContaining('quillmarsh')]);
    await until(() => readFileSync(join(data, 'server.log'), 'utf8').includes('"/v1/me"'));

    child.kill('SIGINT');
    expect(await ended).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
    await expect(fetch(`${api}/readyz`)).rejects.toThrow();
  });

  it('finds its data again after kill -9 of itself and of PostgreSQL, and leaves no Studio behind', async () => {
    const first = start();
    const url = found(await first.ready(), /Studio +(http:\S+)/);
    const { postgres } = pidsOf(data);
    first.child.kill('SIGKILL');
    await kill(postgres);
    await until(() =>
      fetch(url).then(
        () => false,
        () => true,
      ),
    );

    const second = start({}, '--no-studio');
    const output = await second.ready();
    expect(output).toMatch(/^Ready in /m);
    expect(output).not.toMatch(/seeded|Studio|✗/);
    const api = found(output, /API +(http:\S+)/);
    expect((await fetch(`${api}/readyz`)).status).toBe(200);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    await expect(fetch(`${api}/readyz`)).rejects.toThrow();
    await whenStopped(data);
  });

  it.each([
    ['STUDIO_PORT', 'STUDIO_PORT_BUSY'],
    ['PORT', 'HTTP_PORT_BUSY'],
  ])('says so and starts nothing when %s is busy', async (setting, code) => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as AddressInfo;
    const { ended, output } = start({ [setting]: String(port) });
    expect(await ended).toBe(1);
    expect(output()).toMatch(
      new RegExp(`Port \\d+ \\(${setting}\\) is in use.*\\n {2}→ .*\\n {2}\\[${code}\\]`),
    );
    expect(output()).not.toMatch(/Starting|Looking/);
    other.close();
  });
});
