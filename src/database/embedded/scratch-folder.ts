import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { identityOf, liveness } from './claims.ts';
import { whenStopped } from './lease.ts';
import { pathsIn, readState } from './state.ts';

/** For tests: data folders that are emptied and whose servers are stopped at the end. */
export function scratchFolders() {
  const made: string[] = [];
  const fresh = () => {
    const parent = mkdtempSync(join(tmpdir(), 'lotline-test-'));
    chmodSync(parent, 0o755);
    made.push(parent);
    return join(parent, 'data-folder');
  };
  return {
    /** A path where nothing is yet, which any user may reach. */
    fresh,
    /** A copy of a data folder whose server has stopped. */
    copyOf(folder: string): string {
      const copy = fresh();
      execFileSync('cp', ['-a', folder, copy]);
      rmSync(pathsIn(copy).state, { force: true });
      return copy;
    },
    /** Kills what still runs, for what is removed need not be stopped well. */
    async removeAll(): Promise<void> {
      await Promise.all(
        made.splice(0).map(async (parent) => {
          const { keeper, postgres } = pidsOf(join(parent, 'data-folder'));
          await kill(keeper);
          await kill(postgres);
          await rm(parent, { recursive: true, force: true, maxRetries: 5 });
        }),
      );
    },
  };
}

/** Asks the keeper to stop without waiting for leases, and waits until it has. */
export async function stopServer(folder: string): Promise<void> {
  const { keeper } = pidsOf(folder);
  if (keeper > 0) signal(keeper, 'SIGTERM');
  await whenStopped(folder);
}

function signal(pid: number | undefined, name: NodeJS.Signals): void {
  try {
    if (pid) process.kill(pid, name);
  } catch {
    // It has ended.
  }
}

/** Kills a process outright and waits until the system has done it. */
export async function kill(pid: number): Promise<void> {
  if (pid <= 0) return;
  signal(pid, 'SIGKILL');
  await until(() => identityOf(pid) === undefined);
}

/** Pids of the keeper and of PostgreSQL; 0 unless the keeper is a process of this system, alive or dead. */
export function pidsOf(folder: string): { keeper: number; postgres: number } {
  const state = readState(pathsIn(folder));
  // A number that a test wrote for another container may be anybody's here.
  if (!state || liveness(state.keeper) === 'foreign') return { keeper: 0, postgres: 0 };
  return { keeper: Number(state.keeper.split('.')[0]), postgres: state.postgres ?? 0 };
}

/** Resolves when `holds` does: the test's own time limit is the bound. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(20);
}

/** One query on a connection of its own. */
export async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

/** A process that opens the server, writes its state or error as one JSON line, and holds its lease until killed. */
export function holder(
  folder: string,
  options: { uid?: number; gid?: number } = {},
): { process: ChildProcess; answer: Promise<{ keeper?: string; postgres?: number; code?: string }> } {
  const program = `
    const { openEmbedded } = await import(${JSON.stringify(import.meta.resolve('./open.ts'))});
    const { readFileSync } = await import('node:fs');
    const dataFolder = ${JSON.stringify(folder)};
    setInterval(() => {}, 1000);
    try {
      await openEmbedded({ dataFolder, embeddedPort: undefined });
      console.log(readFileSync(dataFolder + '/server.json', 'utf8').trim());
    } catch (error) {
      console.log(JSON.stringify({ code: error.code ?? error.message }));
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  });
  const answer = new Promise<{ keeper?: string; postgres?: number; code?: string }>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve(JSON.parse(text));
    });
    child.once('exit', () => reject(new Error(`the holder ended early: ${text}`)));
  });
  return { process: child, answer };
}
