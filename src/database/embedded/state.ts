import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LotlineError } from '../../errors.ts';

/** Where things stand in the data folder. */
export function pathsIn(folder: string) {
  return {
    folder,
    credentials: join(folder, 'credentials.json'),
    /** What the keeper says about itself. */
    state: join(folder, 'server.json'),
    /** One claim per user of the server. */
    leases: join(folder, 'leases'),
    /** One claim: the keeper's. */
    keeper: join(folder, 'keeper'),
    /** The cluster, or a link to where it stands. */
    data: join(folder, 'data'),
    log: join(folder, 'postgres.log'),
    keeperLog: join(folder, 'keeper.log'),
  };
}
export type Paths = ReturnType<typeof pathsIn>;

export interface KeeperState {
  readonly phase: 'starting' | 'ready' | 'stopping' | 'stopped' | 'failed';
  /** Identity of the keeper process, see claims.ts. */
  readonly keeper: string;
  /** What it does at the moment, for people. */
  readonly step?: string;
  readonly port?: number;
  readonly postgres?: number;
  readonly error?: { code: string; message: string; hint: string };
}

/** Undefined when no keeper ever wrote one. */
export function readState(paths: Paths): KeeperState | undefined {
  try {
    return JSON.parse(readFileSync(paths.state, 'utf8')) as KeeperState;
  } catch {
    return undefined;
  }
}

/** Replaces the state as a whole, so that a reader never sees half of it. */
export function writeState(paths: Paths, state: KeeperState): void {
  const draft = `${paths.state}.${randomBytes(4).toString('hex')}.draft`;
  try {
    writeFileSync(draft, `${JSON.stringify(state)}\n`, { mode: 0o600 });
    renameSync(draft, paths.state);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Shows keepers in other containers or on other machines that this one lives. */
export function beat(paths: Paths): void {
  const now = new Date();
  utimesSync(paths.state, now, now);
}

/** Milliseconds since the epoch of the last beat; undefined when there is no state. */
export function lastBeat(paths: Paths): number | undefined {
  return statSync(paths.state, { throwIfNoEntry: false })?.mtimeMs;
}

/** The error a keeper reported, as the error that its user throws. */
export function errorOf(state: KeeperState): LotlineError {
  const { code, message, hint } = state.error ?? {
    code: 'EMBEDDED_FAILED',
    message: 'The embedded database failed without a message.',
    hint: 'Start again; if it fails again, read keeper.log and postgres.log in the data folder.',
  };
  return new LotlineError(code, message, hint);
}
