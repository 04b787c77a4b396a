import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { identityOf, liveness } from './claims.ts';
import { bareEnvironment } from './cluster.ts';
import { failureOf, logEnd, logSince } from './failures.ts';
import type { Placement } from './placement.ts';
import { isFree } from './port.ts';

/** A running postmaster, our child or one that outlived its keeper. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** See claims.ts: tells the process from a later one with the same pid. */
  readonly identity: string;
}

export const settingsAlways: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // A socket file would be a second door, and in /tmp one that everybody sees.
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
};

/**
 * Starts PostgreSQL and waits until it accepts connections, through a recovery of any length. Returns
 * 'port taken' when something else got the port first. Throws LotlineError with the last lines of the log.
 */
export async function startPostmaster(
  placement: Placement,
  port: number,
  settings: Readonly<Record<string, string>>,
  log: string,
  onRecovery: () => void,
): Promise<Postmaster | 'port taken'> {
  const { binaries, cluster, account } = placement;
  const all: Record<string, string> = { ...settings, ...settingsAlways, port: String(port) };
  const args = ['-D', cluster, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  for (const deadline = Date.now() + 10_000; ; await pause(50)) {
    const from = logEnd(log);
    const handle = openSync(log, 'a', 0o600);
    const child = spawn(binaries.postgres, args, {
      ...account,
      cwd: '/',
      env: bareEnvironment(),
      stdio: ['ignore', handle, handle],
    });
    closeSync(handle);
    const ended = new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', () => resolve());
    });
    const outcome = await Promise.race([ended.then(() => 'ended' as const), whenReady(child.pid)]);
    if (outcome !== 'ended') return outcome;
    const output = logSince(log, from);
    // Backends of a killed postmaster need a moment to notice its death and let go of the shared memory.
    if (/is still in use|lock file .* already exists/.test(output) && Date.now() < deadline) continue;
    if (/Address already in use/.test(output) || (/could not bind/.test(output) && !(await isFree(port)))) {
      return 'port taken';
    }
    throw failureOf('PostgreSQL', output, cluster);
  }

  async function whenReady(pid: number | undefined): Promise<Postmaster> {
    const identity = pid === undefined ? undefined : identityOf(pid);
    if (pid === undefined || identity === undefined) return new Promise(() => {});
    for (const told = Date.now() + 1500; ; await pause(10)) {
      const file = readPidFile(cluster);
      if (file?.pid === pid && file.ready) return { pid, port, identity };
      if (Date.now() > told) onRecovery();
      if (!isRunning({ pid, port, identity })) return new Promise(() => {});
    }
  }
}

export function isRunning(postmaster: Postmaster): boolean {
  return liveness(postmaster.identity) === 'alive';
}

/**
 * Stops PostgreSQL: connections are closed, everything committed is on the disk. After 20 seconds it is told to
 * stop at once, which costs the next start a recovery, no data.
 */
export async function stopPostmaster(
  { binaries, cluster }: Placement,
  postmaster: Postmaster,
  how: 'fast' | 'immediate' = 'fast',
): Promise<void> {
  const signal = (name: 'SIGINT' | 'SIGQUIT') => {
    try {
      if (process.platform !== 'win32') return process.kill(postmaster.pid, name);
      const mode = name === 'SIGINT' ? 'fast' : 'immediate';
      execFileSync(binaries.pgCtl, ['stop', '-D', cluster, '-W', '-m', mode]);
    } catch {
      // It has ended meanwhile.
    }
  };
  signal(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
  let quit = how === 'immediate';
  for (const deadline = Date.now() + 20_000; isRunning(postmaster); await pause(10)) {
    if (!quit && Date.now() > deadline) {
      quit = true;
      signal('SIGQUIT');
    }
  }
}

/**
 * Finds the postmaster that runs on this cluster though its keeper has died; waits while it starts or stops. A
 * postmaster.pid whose number belongs to another program by now (usual after the restart of a container) would
 * keep PostgreSQL from starting. The file must stay, for it leads PostgreSQL to shared memory that backends may
 * still hold; with its parent's number in it, PostgreSQL takes the file for its own and looks there.
 */
export async function findOrphan({ cluster }: Placement): Promise<Postmaster | undefined> {
  for (;;) {
    const file = readPidFile(cluster);
    if (file === undefined) return undefined;
    const identity = identityOf(file.pid);
    if (identity === undefined) return undefined;
    if (!isPostmasterOf(file.pid, cluster)) {
      const path = join(cluster, 'postmaster.pid');
      writeFileSync(path, readFileSync(path, 'utf8').replace(/^\d+/, String(process.pid)));
      return undefined;
    }
    // Starting, recovering or stopping: wait until it is one or the other.
    if (file.ready) return { pid: file.pid, port: file.port, identity };
    await pause(20);
  }
}

function isPostmasterOf(pid: number, cluster: string): boolean {
  try {
    // A postmaster makes its data folder the working folder.
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === cluster;
    if (process.platform === 'win32') return true;
    return /postgres/.test(execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }));
  } catch {
    return false;
  }
}

/** Lines of the file: pid, data folder, start, port, socket folder, address, shared memory, status. */
function readPidFile(cluster: string): { pid: number; port: number; ready: boolean } | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 0
    ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
    : undefined;
}
