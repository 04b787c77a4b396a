import { setTimeout as pause } from 'node:timers/promises';
import { databases } from '../../src/database/embedded/bootstrap.ts';
import { readCredentials } from '../../src/database/embedded/credentials.ts';
import { kill, pidsOf } from '../../src/database/embedded/scratch-folder.ts';
import { pathsIn, readState } from '../../src/database/embedded/state.ts';
import { openCaller, type Toll } from './caller.ts';
import { runClient } from './client.ts';
import { judge, type Verdict } from './judge.ts';
import { openLedger } from './ledger.ts';
import { type Place, type Program, runServer, runWorker } from './programs.ts';
import { ORGANIZATION, signInKey } from './sign-in-key.ts';
import { watchEvents } from './watch-events.ts';

export type Victim = 'server' | 'worker' | 'server and worker' | 'PostgreSQL';

export interface RoundReport {
  readonly victim: Victim;
  /** Milliseconds under load before the kill. */
  readonly after: number;
  /** Milliseconds from the kill until all of it worked again. */
  readonly back: number;
  /** Writes that were answered since the round before. */
  readonly answers: number;
}

export interface Outcome {
  readonly rounds: readonly RoundReport[];
  readonly verdicts: readonly Verdict[];
  readonly toll: Toll;
}

export interface Options {
  readonly place: Place;
  readonly victims: readonly Victim[];
  readonly clients: number;
  /** Milliseconds under load before a kill: any from 0 to this, after `calm`. */
  readonly calm?: number;
  readonly spread?: number;
  readonly say?: (line: string) => void;
}

/** Runs the programs under load, kills them one round after the other, and judges what is left. */
export async function killRounds({
  place,
  victims,
  clients,
  calm = 1_000,
  spread = 3_000,
  say,
}: Options): Promise<Outcome> {
  const programs = { server: runServer(place), worker: undefined as Program | undefined };
  const stop = new AbortController();
  const base = `http://127.0.0.1:${place.port}`;
  const ledger = openLedger();
  const rounds: RoundReport[] = [];
  try {
    await programs.server.ready();
    programs.worker = runWorker(place);
    await programs.worker.ready();
    const key = await signInKey(base);
    const caller = openCaller(`${base}/v1/orgs/${ORGANIZATION}`, key, stop.signal);
    const events = watchEvents(`${base}/v1/orgs/${ORGANIZATION}/events`, key);
    const faults: string[] = [];
    const working = Array.from({ length: clients }, () =>
      runClient(caller, ledger, stop.signal).catch((error: Error) => faults.push(error.message)),
    );
    for (const [index, victim] of victims.entries()) {
      const after = calm + Math.random() * spread;
      await pause(after);
      const before = caller.toll.answers;
      const started = performance.now();
      if (victim === 'PostgreSQL') faults.push(...(await killDatabase(place, base)));
      else await killPrograms(victim, programs, place);
      const seen = events.count();
      await untilTrue(
        () => caller.toll.answers > before && events.count() > seen,
        60_000,
        () => {
          faults.push(
            `after the kill of ${victim}: ${caller.toll.answers - before} answers, ${events.count() - seen} events`,
          );
        },
      );
      const report = { victim, after, back: performance.now() - started, answers: caller.toll.answers };
      rounds.push(report);
      say?.(
        `${index + 1}. ${victim}: killed after ${(after / 1000).toFixed(1)} s, back after ${(report.back / 1000).toFixed(1)} s, ${report.answers} writes answered`,
      );
    }
    await pause(calm);
    stop.abort();
    await Promise.all(working);
    await events.close();
    const verdicts = await judgeOf(place, ledger);
    verdicts.push({
      what: 'answers: none that no outage explains',
      looked: caller.toll.answers,
      wrong: [...faults, ...caller.toll.unexpected],
    });
    programs.worker.signal('SIGTERM');
    programs.server.signal('SIGTERM');
    const codes = [await programs.worker.ended, await programs.server.ended];
    verdicts.push({
      what: 'exit codes at the end',
      looked: 2,
      wrong: codes.every((c) => c === 0) ? [] : [`worker and server ended with ${codes.join(' and ')}`],
    });
    return { rounds, verdicts, toll: caller.toll };
  } finally {
    stop.abort();
    await programs.server.kill();
    await programs.worker?.kill();
  }
}

async function killPrograms(
  victim: Exclude<Victim, 'PostgreSQL'>,
  programs: { server: Program; worker: Program | undefined },
  place: Place,
): Promise<void> {
  const [server, worker] = [victim !== 'worker', victim !== 'server'];
  await Promise.all([server && programs.server.kill(), worker && programs.worker?.kill()]);
  if (server) programs.server = runServer(place);
  if (worker) programs.worker = runWorker(place);
  await Promise.all([server && programs.server.ready(), worker && programs.worker?.ready()]);
}

/** Kills PostgreSQL beneath the programs. They are to notice, and to be there again with it, by themselves. */
async function killDatabase({ folder }: Place, base: string): Promise<string[]> {
  const faults: string[] = [];
  const isReady = () =>
    fetch(`${base}/readyz`).then(
      (answer) => answer.status,
      () => 0,
    );
  const before = pidsOf(folder).postgres;
  await kill(before);
  const statuses: number[] = [];
  await untilTrue(
    async () => {
      statuses.push(await isReady());
      return statuses.at(-1) === 200 && readState(pathsIn(folder))?.postgres !== before;
    },
    60_000,
    () => faults.push('the server was not ready again within 60 s'),
  );
  if (statuses.some((s) => s !== 200 && s !== 503)) faults.push(`/readyz answered ${statuses.join(', ')}`);
  if (!statuses.includes(503)) faults.push('/readyz never said that the database was away');
  return faults;
}

async function untilTrue(
  holds: () => boolean | Promise<boolean>,
  within: number,
  late: () => void,
): Promise<void> {
  for (const until = Date.now() + within; !(await holds()); await pause(50)) {
    if (Date.now() < until) continue;
    late();
    return;
  }
}

export async function judgeOf({ folder }: Place, ledger: Parameters<typeof judge>[3]): Promise<Verdict[]> {
  const paths = pathsIn(folder);
  const url = new URL(`postgresql://lotline_superuser@127.0.0.1:${readState(paths)?.port}/${databases.main}`);
  url.password = readCredentials(paths.credentials)!.superuser;
  return judge(url.href, folder, ORGANIZATION, ledger);
}
