import { existsSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { LotlineError } from '../../errors.ts';
import { findBinaries } from './binaries.ts';
import { bootstrap } from './bootstrap.ts';
import { identityOf, liveness, livingClaims, tryExclusive } from './claims.ts';
import { clusterExists, makeCluster } from './cluster.ts';
import { type Credentials, provideCredentials } from './credentials.ts';
import { asLotlineError, logEnd } from './failures.ts';
import { type Placement, place } from './placement.ts';
import { choosePort, portBusy } from './port.ts';
import { findOrphan, isRunning, type Postmaster, startPostmaster, stopPostmaster } from './postmaster.ts';
import { setSuperuserPassword } from './single-user.ts';
import { beat, type KeeperState, lastBeat, type Paths, pathsIn, readState, writeState } from './state.ts';

/** What a keeper is told, as JSON in its first argument. */
export interface KeeperJob {
  readonly folder: string;
  readonly binaries: 'embedded' | (string & {});
  readonly port?: number;
  readonly settings: Readonly<Record<string, string>>;
  /** Without roles and databases of Lotline; the folder is removed at the end. */
  readonly temporary: boolean;
  /** Milliseconds without a living lease after which the server is stopped. */
  readonly linger: number;
}

/** Exit code of a keeper that could not even write down its error, because the disk is full. */
export const exitDiskFull = 28;

/** Exit code of a keeper that found another container's keeper at work, whose state it must not touch. */
export const exitInUse = 29;

/**
 * Runs the server for as long as somebody holds a lease on it. One process per data folder; a second one ends at
 * once. It is a process of its own so that the death of any user, by whatever signal, leaves the others served
 * and no server behind.
 */
export async function keep(job: KeeperJob): Promise<void> {
  const paths = pathsIn(realpathSync(job.folder));
  const release = await hold(paths);
  if (!release) return;
  const identity = identityOf(process.pid) ?? '';
  let state: KeeperState = { phase: 'starting', keeper: identity };
  const tell = (change: Partial<KeeperState>) => {
    state = { ...state, ...change };
    writeState(paths, state);
  };
  let stopRequested = false;
  let server: Server | undefined;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      stopRequested = true;
    });
  }
  try {
    const remembered = readState(paths)?.port;
    if (await isKeptElsewhere(paths)) {
      release();
      process.exit(exitInUse);
    }
    tell({ ...(remembered === undefined ? {} : { port: remembered }), step: 'Looking at the data folder' });
    const ticking = setInterval(() => {
      try {
        beat(paths);
      } catch {
        // The folder was removed: the watch below notices.
      }
    }, 1000);
    server = await serve(job, paths, remembered, (step) => tell({ step }));
    await watch(job, paths, server, tell, () => stopRequested);
    clearInterval(ticking);
    if (job.temporary) rmSync(paths.folder, { recursive: true, force: true, maxRetries: 3 });
    else if (existsSync(paths.folder)) tell({ phase: 'stopped', step: '' });
  } catch (thrown) {
    const { code, message, hint } = asLotlineError(thrown, paths.folder);
    console.error(new Date().toISOString(), thrown);
    if (server && isRunning(server.postmaster)) await stopPostmaster(server.placement, server.postmaster);
    try {
      tell({ phase: 'failed', error: { code, message, hint } });
    } catch {
      process.exitCode = code === 'DISK_FULL' ? exitDiskFull : 1;
    }
    process.exitCode ??= 1;
  } finally {
    release();
  }
  process.exit();
}

async function hold(paths: Paths): Promise<(() => void) | undefined> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const release = tryExclusive(paths.keeper);
    if (release) return release;
    await pause(10 + Math.random() * 40);
  }
  return undefined;
}

/**
 * Process numbers say nothing about another container or machine that shares the folder, and PostgreSQL's own
 * lock does not see across either. Its keeper shows life by touching the state every second.
 */
async function isKeptElsewhere(paths: Paths): Promise<boolean> {
  const state = readState(paths);
  if (!state || state.phase === 'stopped' || state.phase === 'failed') return false;
  const seen = lastBeat(paths);
  if (liveness(state.keeper) !== 'foreign' || seen === undefined || Date.now() - seen > 10_000) return false;
  for (const until = Date.now() + 3000; Date.now() < until; await pause(100)) {
    if (lastBeat(paths) !== seen) return true;
  }
  return false;
}

interface Server {
  readonly placement: Placement;
  readonly start: (port: number) => Promise<Postmaster>;
  postmaster: Postmaster;
}

async function serve(
  job: KeeperJob,
  paths: Paths,
  remembered: number | undefined,
  step: (text: string) => void,
): Promise<Server> {
  const placement = place(paths, await findBinaries(job.binaries));
  const exists = clusterExists(placement);
  const { credentials } = provideCredentials(paths.credentials);
  if (!exists) {
    step('Creating the database cluster');
    await makeCluster(paths, placement, credentials.superuser, { sync: !job.temporary });
  }
  if (logEnd(paths.log) > 5_000_000) renameSync(paths.log, `${paths.log}.1`);

  const start = async (wanted: number | undefined): Promise<Postmaster> => {
    for (let attempt = 0; attempt < 5; attempt++) {
      const port = await choosePort(job.port, wanted, paths.folder);
      step('Starting PostgreSQL');
      const started = await startPostmaster(placement, port, job.settings, paths.log, () =>
        step('Recovering after an unclean stop'),
      );
      if (started !== 'port taken') return started;
    }
    throw portBusy(job.port ?? 0);
  };
  const orphan = exists ? await findOrphan(placement) : undefined;
  const server: Server = { placement, start, postmaster: orphan ?? (await start(remembered)) };
  try {
    if (orphan && job.port !== undefined && orphan.port !== job.port) await restart(server, job.port);
    if (!job.temporary) await provide(server, credentials, step);
    return server;
  } catch (error) {
    await stopPostmaster(placement, server.postmaster);
    throw error;
  }
}

async function provide(
  server: Server,
  credentials: Credentials,
  step: (text: string) => void,
): Promise<void> {
  step('Preparing roles and databases');
  try {
    await bootstrap(server.postmaster.port, credentials);
  } catch (error) {
    if ((error as { code?: string }).code !== '28P01') throw error;
    step('Setting new passwords');
    await stopPostmaster(server.placement, server.postmaster);
    await setSuperuserPassword(server.placement, credentials.superuser);
    server.postmaster = await server.start(server.postmaster.port);
    await bootstrap(server.postmaster.port, credentials);
  }
}

async function restart(server: Server, port: number): Promise<void> {
  await stopPostmaster(server.placement, server.postmaster);
  server.postmaster = await server.start(port);
}

/** Announces the server, restarts it when it dies, returns after stopping it. */
async function watch(
  job: KeeperJob,
  paths: Paths,
  server: Server,
  tell: (change: Partial<KeeperState>) => void,
  stopRequested: () => boolean,
): Promise<void> {
  const announce = () =>
    tell({ phase: 'ready', step: '', port: server.postmaster.port, postgres: server.postmaster.pid });
  announce();
  let used = Date.now();
  let restarts = 0;
  for (;;) {
    await pause(job.linger > 500 ? 200 : 50);
    if (!existsSync(paths.state)) return stopPostmaster(server.placement, server.postmaster, 'immediate');
    if (livingClaims(paths.leases).length > 0) used = Date.now();
    if (stopRequested() || Date.now() - used >= job.linger) {
      tell({ phase: 'stopping', step: 'Stopping' });
      // Whoever took a lease since has either seen `stopping` and waits, or is seen here.
      if (stopRequested() || livingClaims(paths.leases).length === 0) {
        return stopPostmaster(server.placement, server.postmaster, job.temporary ? 'immediate' : 'fast');
      }
      announce();
    }
    if (!isRunning(server.postmaster)) {
      if (job.temporary || ++restarts > 5) {
        throw new LotlineError(
          'POSTGRES_FAILED',
          'PostgreSQL ended again and again.',
          `Read ${paths.log}. Nothing was deleted.`,
        );
      }
      tell({ phase: 'starting', step: 'Recovering after an unclean stop' });
      server.postmaster = await server.start(server.postmaster.port);
      announce();
    }
  }
}
