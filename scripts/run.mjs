/*
 * Runs a command of the project on its own Node, after installing what is missing. It is what every npm script calls, so
 * that a fresh clone works with one command; hence it uses only what Node 20.19 has built in.
 *
 *   node scripts/run.mjs [--no-generate] [--web] <file.ts> [arguments]
 *   node scripts/run.mjs [--no-generate] [--web] [--bin] <program in node_modules/.bin> [arguments]
 *   node scripts/run.mjs --generate    after an installation: the Prisma client and the web application, so that the first
 *                                      start need not wait for them
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const bin = join(modules, '.bin');
const built = join(root, 'web', 'dist');
const windows = process.platform === 'win32';
const pause = (ms) => new Promise((wake) => setTimeout(wake, ms));

await main(process.argv.slice(2));

async function main(args) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(
      `Node ${process.versions.node} is too old.`,
      'Install Node 20.19 or newer, then run the same command again.',
      2,
    );
  }
  if (args[0] === '--generate') {
    // After an installation by this script, the command that asked for it generates by itself.
    if (!process.env.LOTLINE_INSTALLING) {
      await whenStale(generateStale, generate);
      await whenStale(webStale, buildWeb);
      // For editors; nothing that runs needs them.
      spawnSync(program('node'), ['src/cli/web-types.ts'], {
        cwd: root,
        env: ownEnvironment(),
        stdio: 'ignore',
      });
    }
    return;
  }
  let generates = true;
  let web = false;
  let [target, ...rest] = args;
  while (['--no-generate', '--web', '--bin'].includes(target)) {
    if (target === '--no-generate') generates = false;
    if (target === '--web') web = true;
    [target, ...rest] = rest;
  }
  if (target === undefined)
    fail('No command was given.', 'node scripts/run.mjs <file.ts | program> [arguments]', 2);

  await whenStale(installStale, install);
  if (generates) await whenStale(generateStale, generate);
  if (web) await whenStale(webStale, buildWeb);
  const isFile = ['.ts', '.mjs', '.js'].includes(extname(target));
  if (isFile) run(program('node'), [resolve(root, target), ...rest]);
  else run(program(target), rest);
}

/** Does `work` when `stale` says so, one process at a time: the others wait, look again, and find it done. */
async function whenStale(stale, work) {
  if (!stale()) return;
  const release = await lock();
  try {
    if (stale()) work();
  } finally {
    release();
  }
}

// Dependencies

function lockHash() {
  const text = readFileSync(join(root, 'package-lock.json'));
  return `${createHash('sha256').update(text).digest('hex')} ${process.platform}-${process.arch}`;
}

function installStale() {
  const stamp = readText(join(modules, '.lotline-lock'));
  if (stamp !== undefined) return stamp !== lockHash() || !existsSync(program('node'));
  return !installedByHand();
}

/** Whether somebody's own `npm install` has put in place what the lock file says. */
function installedByHand() {
  const record = readText(join(modules, '.package-lock.json'));
  if (record === undefined || !existsSync(program('node'))) return false;
  const present = JSON.parse(record).packages;
  const wanted = JSON.parse(readText(join(root, 'package-lock.json'))).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      path === '' || link || (present[path] ? present[path].version === version : optional),
  );
}

function install() {
  console.error('Installing dependencies (npm ci) …');
  // The project's own Node is about to be replaced: npm must run on the one outside.
  const path = (process.env.PATH ?? '').split(delimiter).filter((entry) => resolve(entry) !== bin);
  const env = { ...process.env, PATH: path.join(delimiter), LOTLINE_INSTALLING: '1' };
  const result = spawnSync('npm', ['ci', '--include=dev', '--include=optional'], {
    cwd: root,
    env,
    stdio: 'inherit',
    shell: windows,
  });
  if (result.error?.code === 'ENOENT') fail('npm was not found.', 'Install npm; it comes with Node.', 2);
  if (result.signal) process.kill(process.pid, result.signal);
  if (result.status !== 0) {
    fail(
      `The dependencies could not be installed: npm ci ended with ${result.error?.message ?? `exit code ${result.status}`}.`,
      'npm says why above. Check that the registry answers (npm ping), the disk has 1 GB free and you may write here; then run the same command again.',
    );
  }
  if (!existsSync(program('node'))) {
    fail(
      'npm ran, but the packages’ install scripts did not, so Node 24 is missing.',
      'Allow them (npm config get ignore-scripts should say false), then run the same command again.',
    );
  }
  writeFileSync(join(modules, '.lotline-lock'), lockHash());
}

// Generated code

function generateHash() {
  const hash = createHash('sha256').update(lockHash());
  const tests = /\.test\.ts$/;
  const files = [
    ...filesIn(join(root, 'prisma'), /\.(prisma|sql)$/),
    ...filesIn(join(root, 'src', 'tenancy'), /\.ts$/),
  ].filter((file) => !file.startsWith(join(root, 'prisma', 'migrations') + sep) && !tests.test(file));
  for (const file of files.sort()) hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

function generateStale() {
  if (!existsSync(join(root, 'prisma', 'schema.prisma'))) return false;
  return readText(join(root, 'src', 'generated', '.hash')) !== generateHash();
}

function generate() {
  const hash = generateHash();
  console.error('Generating the Prisma client …');
  const result = spawnSync(program('prisma'), ['generate'], {
    cwd: root,
    env: ownEnvironment(),
    encoding: 'utf8',
    shell: windows,
  });
  if (result.status !== 0) {
    console.error(`${result.stdout ?? ''}${result.stderr ?? ''}`.trim());
    fail(
      'The Prisma client could not be generated.',
      'Correct what is named above, then run the same command again.',
    );
  }
  mkdirSync(join(root, 'src', 'generated'), { recursive: true });
  writeFileSync(join(root, 'src', 'generated', '.hash'), hash);
}

// The web application

function webHash() {
  const hash = createHash('sha256').update(lockHash());
  const files = [
    ...filesIn(join(root, 'web'), /\.(tsx?|css|html|js|svg|json)$/),
    ...filesIn(join(root, 'docs', 'reference'), /(isolation\.md|\.svg)$/),
  ].filter((file) => !/^web[\\/](dist|generated)/.test(relative(root, file)) && !/\.test\.tsx?$/.test(file));
  for (const file of files.sort()) hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

function webStale() {
  return existsSync(join(root, 'web', 'index.html')) && readText(join(built, '.hash')) !== webHash();
}

/** Beside what is served, and put in its place at once; where it cannot be built, the server starts with what there is. */
function buildWeb() {
  const hash = webHash();
  console.error('Building the web application …');
  const fresh = join(root, 'web', 'dist.new');
  const result = spawnSync(
    program('vite'),
    [
      'build',
      '--config',
      'web/vite.config.ts',
      '--logLevel',
      'warn',
      '--outDir',
      'dist.new',
      '--emptyOutDir',
    ],
    { cwd: root, env: ownEnvironment(), encoding: 'utf8', shell: windows },
  );
  if (result.status !== 0) {
    console.error(`${result.stdout ?? ''}${result.stderr ?? ''}`.trim());
    console.error('The web application could not be built; what is named above says why.');
    return;
  }
  writeFileSync(join(fresh, '.hash'), hash);
  rmSync(built, { recursive: true, force: true });
  renameSync(fresh, built);
}

function filesIn(folder, pattern) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

// The command

function run(command, args) {
  if (!existsSync(command)) {
    fail(
      `There is no program ${relative(bin, command)} in node_modules.`,
      'Check its name, or run npm ci.',
      2,
    );
  }
  const child = spawn(command, args, { cwd: root, env: ownEnvironment(), stdio: 'inherit', shell: windows });
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal has sent Ctrl-C to the command as well; a second one would read as "stop at once".
      if (!(signal === 'SIGINT' && terminal)) child.kill(signal);
    });
  }
  child.on('error', (error) => fail(`${command} could not be started: ${error.message}`, 'Run npm ci.'));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function ownEnvironment() {
  return {
    // Compiled code is kept between commands, which start a third of a second sooner.
    NODE_COMPILE_CACHE: join(modules, '.cache', 'node'),
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  };
}

function program(name) {
  if (name === 'node' && windows) return join(modules, 'node', 'bin', 'node.exe');
  return join(bin, windows ? `${name}.cmd` : name);
}

// One process at a time. The lock is a file named after a living process, the scheme of src/database/embedded/claims.ts,
// which cannot be imported here: Node 20 does not run TypeScript, and node_modules may be gone.

async function lock() {
  const data = join(root, '.lotline');
  const folder = join(data, 'install');
  mkdirSync(data, { recursive: true, mode: 0o711 });
  const own = join(folder, `${process.pid}.${startOf(process.pid)}`);
  const release = () => {
    rmSync(own, { force: true });
    for (const empty of [folder, data]) {
      try {
        rmdirSync(empty);
      } catch {
        return;
      }
    }
  };
  process.on('exit', release);
  for (let told = false; ; ) {
    mkdirSync(folder, { recursive: true });
    try {
      writeFileSync(own, '');
      if (livingIn(folder) === 1) return release;
    } catch (error) {
      // Another process that was ready has just removed the folder.
      if (error.code !== 'ENOENT') throw error;
    }
    rmSync(own, { force: true });
    if (!told) console.error('Another run installs or generates; waiting for it …');
    told = true;
    await pause(50 + Math.random() * 100);
  }
}

function livingIn(folder) {
  const living = readdirSync(folder).filter((name) => {
    const [pid, start] = name.split('.');
    if (startOf(pid) === start) return true;
    rmSync(join(folder, name), { force: true });
    return false;
  });
  return living.length;
}

/** When a process began, in whatever unit; undefined when there is none. */
function startOf(pid) {
  try {
    if (process.platform === 'linux') {
      return readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1).split(' ')[19];
    }
    process.kill(Number(pid), 0);
    if (windows) return '0';
    const options = { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } };
    return String(Date.parse(execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], options)));
  } catch {
    return undefined;
  }
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function fail(message, remedy, code = 1) {
  console.error(`${message}\n  → ${remedy}`);
  process.exit(code);
}
