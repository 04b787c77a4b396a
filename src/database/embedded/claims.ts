import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/*
 * A claim is an empty file named after a living process. The name is never used twice (it holds the process's
 * start time), so anybody may remove the claim of a dead process at any moment without a race: that is why
 * claims serve as leases and as a lock where a file with a pid inside would not.
 */

/** `<pid>.<start time>.<machine, boot and pid namespace>` of a running process, undefined when there is none. */
export function identityOf(pid: number): string | undefined {
  const started = startTime(pid);
  return started === undefined ? undefined : `${pid}.${started}.${pidSpace()}`;
}

/** Whether that very process still runs. A process of another container or boot counts as `foreign`. */
export function liveness(identity: string): 'alive' | 'dead' | 'foreign' {
  const [pid = '', started, space] = identity.split('.');
  if (space !== pidSpace()) return 'foreign';
  return startTime(Number(pid)) === started ? 'alive' : 'dead';
}

/** Puts this process's claim into `folder`; the result takes it back (twice does no harm). */
export function claim(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${identityOf(process.pid)}.${randomBytes(4).toString('hex')}`);
  writeFileSync(file, '');
  return () => rmSync(file, { force: true });
}

/** Names of the claims whose process lives; those of dead processes are removed. */
export function livingClaims(folder: string): string[] {
  const living: string[] = [];
  for (const name of entries(folder)) {
    const state = liveness(name);
    if (state === 'alive') living.push(name);
    if (state === 'dead') rmSync(join(folder, name), { force: true });
  }
  return living;
}

/**
 * Holds `folder` alone, or returns undefined when another living process has a claim in it. Each contender
 * writes first and looks afterwards, so of two at once at least one sees the other: never both hold.
 */
export function tryExclusive(folder: string): (() => void) | undefined {
  const release = claim(folder);
  if (livingClaims(folder).length === 1) return release;
  release();
  return undefined;
}

/** Runs `work` while holding `folder` alone; waits for whoever holds it. */
export async function exclusively<T>(folder: string, work: () => T | Promise<T>): Promise<T> {
  for (;;) {
    const release = tryExclusive(folder);
    if (release) {
      try {
        return await work();
      } finally {
        release();
      }
    }
    await new Promise((wake) => setTimeout(wake, 10 + Math.random() * 40));
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

let space: string | undefined;
function pidSpace(): string {
  if (space === undefined) {
    let name = hostname();
    if (process.platform === 'linux') {
      name = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8') + readlinkSync('/proc/self/ns/pid');
    }
    space = createHash('sha256').update(name).digest('hex').slice(0, 8);
  }
  return space;
}

/** Undefined when the process is gone or only waits to be reaped; '0' where the platform does not tell. */
function startTime(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  if (process.platform === 'win32') return '0';
  try {
    if (process.platform === 'linux') {
      // The name in the second field may hold spaces and brackets; fields count from the last bracket.
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
      return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
    }
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    return line.startsWith('Z') ? undefined : String(Date.parse(line.replace(/^\S+\s+/, '')) / 1000);
  } catch {
    return undefined;
  }
}
