import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let root: string;
const running: ChildProcess[] = [];

/** A project whose `npm` notes its calls and "installs" this very Node and a `prisma` that notes its own. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lotline-run-'));
  for (const folder of ['scripts', 'tools', 'prisma/models', 'prisma/migrations/1']) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  copyFileSync(fileURLToPath(new URL('./run.mjs', import.meta.url)), join(root, 'scripts/run.mjs'));
  write('package-lock.json', '{"packages":{"":{}}}');
  write('echo.ts', 'console.log(JSON.stringify(process.argv.slice(2) as string[]), process.env.PATH);');
  tool(
    'npm',
    `echo "$@" >> calls.txt; rm -rf node_modules; mkdir -p node_modules/.bin
     ln -s ${process.execPath} node_modules/.bin/node
     printf '#!/bin/sh\\necho prisma "$@" >> calls.txt' > node_modules/.bin/prisma; chmod +x node_modules/.bin/prisma`,
  );
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

function write(file: string, text: string): void {
  writeFileSync(join(root, file), text);
}
function tool(name: string, script: string): void {
  writeFileSync(join(root, 'tools', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}
const calls = () =>
  existsSync(join(root, 'calls.txt')) ? readFileSync(join(root, 'calls.txt'), 'utf8') : '';

function start(...args: string[]) {
  const child = spawn(process.execPath, [join(root, 'scripts/run.mjs'), ...args], {
    cwd: tmpdir(),
    env: { PATH: `${join(root, 'tools')}:/usr/local/bin:/usr/bin:/bin:${dirname(process.execPath)}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let output = '';
  const said = (text: string) =>
    new Promise<void>((resolve) => {
      const look = () => output.includes(text) && resolve();
      child.stdout.on('data', look);
      look();
    });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const end = new Promise<{ code: number | null; signal: string | null; output: string }>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, output })),
  );
  return { child, said, end };
}
const run = (...args: string[]) => start(...args).end;

describe('dependencies', () => {
  it('are installed when missing, and not again', async () => {
    expect(await run('echo.ts', 'a', 'b c')).toMatchObject({ code: 0 });
    const second = await run('echo.ts', 'a', 'b c');
    expect(second.output).toMatch(/^\["a","b c"\] .*node_modules\/\.bin:/);
    expect(calls()).toBe('ci --include=dev --include=optional\n');
  });

  it('are installed again when the lock file has changed', async () => {
    await run('echo.ts');
    write('package-lock.json', '{"packages":{"":{}}, "other": 1}');
    await run('echo.ts');
    expect(calls().match(/^ci/gm)).toHaveLength(2);
  });

  it('are installed once when two commands start at the same time', async () => {
    const both = await Promise.all([run('echo.ts'), run('echo.ts')]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(calls().match(/^ci/gm)).toHaveLength(1);
    expect(existsSync(join(root, '.lotline'))).toBe(false);
  });

  it('that somebody installed by hand are taken as they are', async () => {
    await run('echo.ts');
    rmSync(join(root, 'node_modules/.lotline-lock'));
    const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' } } };
    write('package-lock.json', JSON.stringify(lock));
    write('node_modules/.package-lock.json', JSON.stringify(lock));
    await run('echo.ts');
    expect(calls().match(/^ci/gm)).toHaveLength(1);
  });

  it('that cannot be installed are reported with a remedy, and tried again next time', async () => {
    tool('npm', 'echo "npm error network" >&2; mkdir -p node_modules/half; exit 7');
    const failed = await run('echo.ts');
    expect(failed.code).toBe(1);
    expect(failed.output).toMatch(
      /npm error network[\s\S]*could not be installed[\s\S]*exit code 7[\s\S]*npm ping/,
    );
    tool('npm', `mkdir -p node_modules/.bin; ln -s ${process.execPath} node_modules/.bin/node`);
    expect(await run('echo.ts')).toMatchObject({ code: 0 });
  });
});

describe('generated code', () => {
  const generated = () => calls().match(/^prisma generate/gm)?.length ?? 0;
  beforeEach(() => write('prisma/schema.prisma', ''));

  it('is made when schema, SQL beside it or compiler have changed, and only then', async () => {
    await run('echo.ts');
    await run('echo.ts');
    expect(generated()).toBe(1);
    write('prisma/models/a.sql', 'SELECT 1');
    await run('echo.ts');
    expect(generated()).toBe(2);
    write('prisma/migrations/1/migration.sql', 'SELECT 1');
    await run('echo.ts');
    expect(generated()).toBe(2);
  });

  it('is left alone with --no-generate', async () => {
    await run('--no-generate', 'echo.ts');
    expect(generated()).toBe(0);
  });

  it('that cannot be made is reported with what the generator said', async () => {
    await run('--no-generate', 'echo.ts');
    write('node_modules/.bin/prisma', '#!/bin/sh\necho "no such model"; exit 1');
    const failed = await run('echo.ts');
    expect(failed.code).toBe(1);
    expect(failed.output).toMatch(/no such model[\s\S]*could not be generated/);
  });
});

describe('the web application', () => {
  const built = () => calls().match(/^vite build/gm)?.length ?? 0;
  const vite = (script: string) => {
    write('node_modules/.bin/vite', `#!/bin/sh\n${script}`);
    chmodSync(join(root, 'node_modules/.bin/vite'), 0o755);
  };
  beforeEach(async () => {
    for (const folder of ['web/app', 'docs/reference']) mkdirSync(join(root, folder), { recursive: true });
    await run('echo.ts');
    write('web/index.html', '<title>1</title>');
    vite('echo vite "$@" >> calls.txt; mkdir -p web/dist.new; cp web/index.html web/dist.new/');
  });

  it('is built for what serves it, when its sources or the pictures in it have changed, and only then', async () => {
    await run('echo.ts');
    expect(built()).toBe(0);
    await run('--web', 'echo.ts');
    await run('--web', 'echo.ts');
    expect(built()).toBe(1);
    write('web/app/page.test.ts', '');
    await run('--web', 'echo.ts');
    expect(built()).toBe(1);
    write('web/app/page.tsx', '');
    await run('--web', 'echo.ts');
    expect(built()).toBe(2);
    write('docs/reference/crm.svg', '<svg/>');
    await run('--web', 'echo.ts');
    expect(built()).toBe(3);
  });

  it('that cannot be built is told, and the one before stays, and is tried again next time', async () => {
    await run('--web', 'echo.ts');
    write('web/index.html', '<title>2</title>');
    vite('echo "no such import" >&2; mkdir -p web/dist.new; exit 1');
    const command = await run('--web', 'echo.ts');
    expect(command).toMatchObject({
      code: 0,
      output: expect.stringMatching(/no such import[\s\S]*not be built/),
    });
    expect(readFileSync(join(root, 'web/dist/index.html'), 'utf8')).toBe('<title>1</title>');
    vite('mkdir -p web/dist.new; cp web/index.html web/dist.new/');
    await run('--web', 'echo.ts');
    expect(readFileSync(join(root, 'web/dist/index.html'), 'utf8')).toBe('<title>2</title>');
  });
});

describe('the command', () => {
  it('may be a program that npm installed', async () => {
    await run('echo.ts');
    symlinkSync('/bin/echo', join(root, 'node_modules/.bin/say'));
    expect((await run('--bin', 'say', '-', 'hello')).output).toBe('- hello\n');
    expect((await run('nothing')).code).toBe(2);
  });

  it('gives its exit code', async () => {
    write('three.ts', 'process.exit(3)');
    expect(await run('three.ts')).toMatchObject({ code: 3, signal: null });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('gets %s once, and may end in its own way', async (signal) => {
    write(
      'wait.ts',
      `let count = 0;
       process.on('${signal}', () => { count++; setTimeout(() => process.exit(40 + count), 100); });
       setInterval(() => {}, 1000); console.log('waiting');`,
    );
    const command = start('wait.ts');
    await command.said('waiting');
    command.child.kill(signal);
    expect(await command.end).toMatchObject({ code: 41 });
  });

  it('that dies by a signal is seen to', async () => {
    write('die.ts', `process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000);`);
    expect(await run('die.ts')).toMatchObject({ code: null, signal: 'SIGTERM' });
  });
});
