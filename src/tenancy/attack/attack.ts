import type pg from 'pg';
import type { Boundary } from '../boundary.ts';
import type { ContextKey } from '../context.ts';
import type { SqlObject } from '../module-sql.ts';
import { prepareGround } from './ground.ts';
import { attackByLogin } from './logins.ts';
import { listMutants, type Mutant } from './mutants/index.ts';
import { killMutant, type MutantResult } from './mutants/kill.ts';
import type { Finding } from './probe.ts';
import { runStage, type Stage } from './session.ts';
import type { Table } from './subject/tables.ts';
import { planSuite, type Suite } from './suite.ts';

export interface AttackOptions {
  /** A superuser on any database of the server. */
  readonly superuserUrl: string;
  /** A migrated database with rows of two tenants, to which nobody is connected. It is copied, not changed. */
  readonly database: string;
  readonly boundary: Boundary;
  readonly objects: readonly SqlObject[];
  readonly key: ContextKey;
  /** Address of a role on a database, where roles can log in; without it they are only assumed. */
  readonly loginUrl?: (role: string, database: string) => string;
  /** Which tables are probed; default all. */
  readonly tables?: (table: Table) => boolean;
  /** Which mutants are tried; default all. */
  readonly mutants?: (mutant: Mutant, index: number) => boolean;
  /** Runs the whole suite against every mutant, which takes long. */
  readonly thorough?: boolean;
  /** Copies of the database that are attacked at once; default 4, since much of the time is waiting. */
  readonly workers?: number;
  readonly onProgress?: (step: string) => void;
  /** Ends the attack early; what ran until then is reported. */
  readonly signal?: AbortSignal;
}

export interface AttackReport {
  readonly suite: Suite;
  readonly probes: number;
  readonly findings: readonly Finding[];
  readonly mutants: readonly MutantResult[];
  readonly filled: readonly string[];
  readonly milliseconds: number;
  /** Nothing leaked, nothing stayed unproved, and every mutant was noticed. */
  readonly ok: boolean;
}

/**
 * Attacks a copy of the database in every way that the catalogue gives, then breaks the copy in every way it knows and
 * looks whether the attack notices.
 * @throws LotlineError `ATTACK_TENANTS` where there are rows of fewer than two tenants.
 */
export async function attack(options: AttackOptions): Promise<AttackReport> {
  const started = performance.now();
  const tell = options.onProgress ?? (() => {});
  tell('copy the database');
  const ground = await prepareGround(
    options.superuserUrl,
    options.database,
    options.boundary,
    options.key,
    options.workers ?? 4,
  );
  const findings: Finding[] = [];
  const found = (finding: Finding) => findings.push(finding);
  let probes = 0;
  try {
    const suite = await planSuite(ground.sessions[0]!, options.boundary, options.objects, options.key, tell);
    const chosen = suite.subject.tables.filter(options.tables ?? (() => true));
    const jobs: Stage[] = [...chosen.flatMap((t) => suite.tables.get(t.label) ?? []), ...suite.server];
    const total = jobs.reduce((sum, s) => sum + s.probes.length, 0);
    await each(ground.sessions, jobs, options.signal, async (client, stage) => {
      const ran = await runStage(client, stage, found);
      probes += ran;
      tell(`probe ${probes} of ${total}`);
    });
    const { loginUrl } = options;
    if (loginUrl && !options.signal?.aborted && chosen.length > 0) {
      tell('the same by real logins');
      probes += await attackByLogin(suite, (role) => loginUrl(role, ground.database), found);
    }
    const mutants: MutantResult[] = [];
    const wanted = (await listMutants(ground.sessions[0]!, suite)).filter(options.mutants ?? (() => true));
    await each(ground.sessions, wanted, options.signal, async (client, mutant) => {
      mutants.push(await killMutant(client, suite, mutant, options.thorough));
      tell(`mutant ${mutants.length} of ${wanted.length}: ${mutant.name}`);
    });
    const order = new Map(wanted.map((m, i) => [m, i]));
    mutants.sort((a, b) => order.get(a.mutant)! - order.get(b.mutant)!);
    return {
      suite,
      probes,
      findings,
      mutants,
      filled: ground.filled,
      milliseconds: performance.now() - started,
      ok:
        findings.length === 0 &&
        suite.gaps.length === 0 &&
        mutants.every((m) => m.killedBy) &&
        !options.signal?.aborted,
    };
  } finally {
    await ground.close();
  }
}

/** Works off the jobs, one at a time on every session. */
async function each<T>(
  sessions: readonly pg.Client[],
  jobs: readonly T[],
  signal: AbortSignal | undefined,
  work: (client: pg.Client, job: T) => Promise<void>,
): Promise<void> {
  const queue = [...jobs];
  await Promise.all(
    sessions.map(async (client) => {
      for (let job = queue.shift(); job !== undefined && !signal?.aborted; job = queue.shift())
        await work(client, job);
    }),
  );
}
