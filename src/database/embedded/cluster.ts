import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chownSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LotlineError } from '../../errors.ts';
import { majorVersion } from './binaries.ts';
import { superuserRole } from './credentials.ts';
import { failureOf } from './failures.ts';
import { mkdirFor, type Placement, settle } from './placement.ts';
import type { Paths } from './state.ts';

/** Whether the cluster is there. Throws LotlineError when what is there is not a cluster of this version. */
export function clusterExists({ cluster, binaries }: Placement): boolean {
  if (!existsSync(cluster)) return false;
  const file = join(cluster, 'PG_VERSION');
  if (!existsSync(file)) {
    if (readdirSync(cluster).length === 0) return false;
    throw new LotlineError(
      'DATA_FOLDER_INVALID',
      `${cluster} is not a PostgreSQL data folder: it has no PG_VERSION.`,
      'Set LOTLINE_DATA to another folder, or move this one away. Nothing in it was changed.',
    );
  }
  const found = readFileSync(file, 'utf8').trim();
  const wanted = majorVersion(binaries);
  if (found === String(wanted)) return true;
  throw new LotlineError(
    'DATA_FOLDER_VERSION',
    `The data in ${cluster} was made by PostgreSQL ${found}; the embedded server is PostgreSQL ${wanted}.`,
    `Dump it with PostgreSQL ${found} and load the dump into a fresh data folder (LOTLINE_DATA), or move the folder away to begin anew. Nothing was changed.`,
  );
}

/**
 * Makes the cluster in a folder beside its place and moves it there when it is whole, so that a death on the
 * way leaves nothing behind that looks like a cluster. `sync` writes it to the disk before it counts.
 */
export async function makeCluster(
  paths: Paths,
  placement: Placement,
  password: string,
  { sync }: { sync: boolean },
): Promise<void> {
  const { account, cluster } = placement;
  const parent = dirname(cluster);
  // One name per data folder, so that the draft of a start that died is found and removed; the keeper's lock
  // keeps out everybody else who could be working on it.
  const owner = createHash('sha256').update(paths.folder).digest('hex').slice(0, 16);
  const draft = join(parent, parent === paths.folder ? 'data.draft' : `draft-${owner}`);
  // An initdb may outlive the start that died, and still writes for a moment; when it fails it removes its own folder by
  // name, so that of this start has another.
  rmSync(draft, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  const made = join(draft, `cluster-${randomBytes(4).toString('hex')}`);
  mkdirFor(account, draft);
  try {
    const passwordFile = join(draft, 'password');
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (account) chownSync(passwordFile, account.uid, account.gid);
    const args = [`--pgdata=${made}`, `--username=${superuserRole}`, `--pwfile=${passwordFile}`];
    args.push('--auth=scram-sha-256', '--encoding=UTF8', '--no-instructions');
    if (!sync) args.push('--no-sync');
    await initdb(placement, args, paths.folder, made);
    settle(paths, placement, made);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function initdb(placement: Placement, args: string[], folder: string, made: string): Promise<void> {
  // The built-in provider sorts and folds alike on every platform, and its indexes outlive library updates.
  const locales =
    majorVersion(placement.binaries) >= 17
      ? [['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']]
      : [['--locale=C.UTF-8'], ['--locale=C']];
  let output = '';
  for (const locale of locales) {
    const result = await run(placement, [...args, ...locale]);
    if (result.code === 0) return;
    output = result.output;
    rmSync(made, { recursive: true, force: true });
    if (!/invalid locale/.test(output)) break;
  }
  throw failureOf('initdb', output, folder);
}

function run({ binaries, account }: Placement, args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(binaries.initdb, args, {
      ...account,
      cwd: '/',
      env: bareEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** What PostgreSQL's programs need of the environment: PG* variables and the user's locale would change them. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'LD_LIBRARY_PATH'];
  const own = Object.fromEntries(
    kept.filter((name) => process.env[name] !== undefined).map((name) => [name, process.env[name]]),
  );
  return { ...own, LC_ALL: 'C', TZ: 'UTC' };
}
