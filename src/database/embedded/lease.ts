import { spawn } from 'node:child_process';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { extname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { LotlineError } from '../../errors.ts';
import { isRoot } from './account.ts';
import { claim, liveness, livingClaims } from './claims.ts';
import { asLotlineError, logEnd, logSince } from './failures.ts';
import { exitDiskFull, exitInUse, type KeeperJob } from './keeper.ts';
import { errorOf, type KeeperState, type Paths, pathsIn, readState } from './state.ts';

export type Progress = (message: string) => void;

/**
 * Takes a lease on the server of a data folder and waits until it runs, starting a keeper where none is. The server runs
 * until `release`, or until this process dies. Throws the LotlineError that the keeper reported.
 */
export async function lease(
  job: KeeperJob,
  onProgress: Progress = () => {},
): Promise<{ paths: Paths; state: KeeperState & { port: number }; release: () => void }> {
  const paths = prepare(job.folder);
  const release = claim(paths.leases);
  try {
    return { paths, state: await whenReady(job, paths, onProgress), release };
  } catch (error) {
    release();
    throw error;
  }
}

/** Resolves when no keeper runs on the folder any more. */
export async function whenStopped(folder: string): Promise<void> {
  const paths = pathsIn(folder);
  while (livingClaims(paths.keeper).length > 0) await pause(20);
}

async function whenReady(
  job: KeeperJob,
  paths: Paths,
  onProgress: Progress,
): Promise<KeeperState & { port: number }> {
  // A failure found here was somebody else's; only one that is reported from now on is ours.
  const earlier = readState(paths);
  let child: KeeperProcess | undefined;
  let told = '';
  for (let starts = 0; ; await pause(15)) {
    const state = readState(paths);
    const alive = state !== undefined && liveness(state.keeper) === 'alive';
    if (state?.step && state.step !== told && alive) {
      told = state.step;
      onProgress(told);
    }
    // A server that has just been killed is still called ready until its keeper looks; it is about to be restarted.
    if (alive && state.phase === 'ready' && state.port !== undefined && (await accepts(state.port))) {
      return { ...state, port: state.port };
    }
    if (state?.phase === 'failed' && state.keeper !== earlier?.keeper) throw errorOf(state);
    if (child ? !child.ended() : livingClaims(paths.keeper).length > 0) continue;
    if (child?.ended() && livingClaims(paths.keeper).length > 0) {
      child = undefined;
      continue;
    }
    child?.check();
    if (++starts > 5) throw errorOf({ phase: 'failed', keeper: '' });
    child = startKeeper(job, paths);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const answer = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}

interface KeeperProcess {
  ended(): boolean;
  /** Throws when it ended in a way that trying again does not mend. */
  check(): void;
}

function startKeeper(job: KeeperJob, paths: Paths): KeeperProcess {
  const { uid, gid } = statSync(paths.folder);
  const from = logEnd(paths.keeperLog);
  const log = openSync(paths.keeperLog, 'a', 0o600);
  if (isRoot() && uid !== 0) chownSync(paths.keeperLog, uid, gid);
  const main = fileURLToPath(new URL(`./keeper-main${extname(import.meta.url)}`, import.meta.url));
  const env = { ...process.env };
  // What steers this process (test runners, inspectors, other loaders) is not meant for the keeper.
  for (const name of ['NODE_OPTIONS', 'NODE_V8_COVERAGE', 'NODE_CHANNEL_FD', 'NODE_UNIQUE_ID'])
    delete env[name];
  const child = spawn(nodeFor(main), [main, JSON.stringify(job)], {
    cwd: '/',
    env,
    detached: true,
    stdio: ['ignore', log, log],
    windowsHide: true,
    // Root in an ordinary user's data folder leaves files that this user can use later.
    ...(isRoot() && uid !== 0 ? { uid, gid } : {}),
  });
  closeSync(log);
  child.unref();
  let failure: Error | undefined;
  child.on('error', (error) => {
    failure = error;
  });
  return {
    ended: () => failure !== undefined || child.exitCode !== null || child.signalCode !== null,
    check() {
      if (failure) throw asLotlineError(failure, paths.folder);
      if (child.exitCode === exitDiskFull) {
        throw asLotlineError(Object.assign(new Error('disk full'), { code: 'ENOSPC' }), paths.folder);
      }
      if (child.exitCode === exitInUse) {
        throw new LotlineError(
          'DATA_FOLDER_IN_USE',
          `Another container or machine runs a database in ${paths.folder}.`,
          'Stop it there first, or set LOTLINE_DATA to another folder.',
        );
      }
      if (child.exitCode) {
        throw new LotlineError(
          'EMBEDDED_FAILED',
          `The embedded database could not be started:\n${logSince(paths.keeperLog, from).trim()}`,
          `Start again; if it fails again, read ${paths.keeperLog}.`,
        );
      }
    },
  };
}

/** A Node that runs TypeScript: this one, else the one that the project installs. */
function nodeFor(main: string): string {
  if (extname(main) !== '.ts' || process.features.typescript) return process.execPath;
  for (let folder = join(main, '..'); folder !== join(folder, '..'); folder = join(folder, '..')) {
    const node = join(folder, 'node_modules', 'node', 'bin', 'node');
    if (existsSync(node)) return node;
  }
  return process.execPath;
}

function prepare(folder: string): Paths {
  const paths = pathsIn(folder);
  try {
    mkdirSync(folder, { recursive: true, mode: isRoot() ? 0o711 : 0o700 });
    const { uid, gid } = statSync(folder);
    for (const place of [paths.leases, paths.keeper]) {
      mkdirSync(place, { recursive: true, mode: 0o700 });
      if (isRoot() && uid !== 0) chownSync(place, uid, gid);
    }
    return paths;
  } catch (error) {
    throw asLotlineError(error, folder);
  }
}
