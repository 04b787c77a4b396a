import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BaseOptions, openTenancy } from '../../client/tenancy.ts';
import { concurrency, promises } from './concurrency.ts';
import {
  type ClientField,
  type FieldOptions,
  type OpenTenancy,
  opener,
  prepareClientField,
} from './field.ts';
import { interruptions, rotation } from './interruptions.ts';
import { forgery, leftovers, leftoversThrough } from './leftovers.ts';
import { CLIENT_MUTANTS, type ClientMutant } from './mutants.ts';
import { loadMutant } from './mutate.ts';
import { type ClientFinding, type ClientProbe, type ProbeResult, runProbe } from './probe.ts';
import { restart } from './restart.ts';
import { twins } from './twins.ts';

export interface ClientAttackOptions extends Omit<FieldOptions, 'tenants'> {
  /** Makes a Prisma client with the options a tenancy gives. */
  readonly prisma: (options: BaseOptions) => object;
  /** Whether the server belongs to this attack alone, so that it may be made to crash. */
  readonly mayCrash?: boolean;
  /** Folder of the client’s TypeScript, of which broken copies are made; without it there are no mutants. */
  readonly sources?: string;
  /** Which mutants are tried; default all. */
  readonly mutants?: (mutant: ClientMutant, index: number) => boolean;
  /** Calls of the 50 tenants; default 10,000. */
  readonly calls?: number;
  readonly onProgress?: (step: string) => void;
  readonly signal?: AbortSignal;
}

export interface ClientMutantResult {
  readonly mutant: ClientMutant;
  readonly killedBy?: ClientFinding;
  /** Why it could not be made at all, which is a fault of the suite. */
  readonly broken?: string;
}

export interface ClientReport {
  readonly probes: readonly ProbeResult[];
  readonly mutants: readonly ClientMutantResult[];
  readonly milliseconds: number;
  /** Nothing was found, and every mutant was noticed. */
  readonly ok: boolean;
}

const TENANTS = 50;
/** Milliseconds for a probe, and for one against a mutant. */
const LIMIT = 120_000;
const MUTANT_LIMIT = 15_000;

export const CLIENT_PROBES: readonly ClientProbe[] = [
  concurrency,
  promises,
  ...leftovers,
  forgery,
  interruptions,
  rotation,
  twins,
];

/**
 * Attacks the tenant client on a copy of the database, then breaks its code in every way it knows and looks whether the attack
 * notices.
 */
export async function attackClient(options: ClientAttackOptions): Promise<ClientReport> {
  const started = performance.now();
  const tell = options.onProgress ?? (() => {});
  tell('copy the database for the client');
  const field = await prepareClientField({ ...options, tenants: TENANTS });
  try {
    const results: ProbeResult[] = [];
    const run = runner(field, options.prisma, openTenancy);
    const { poolerUrl } = field;
    for (const probe of poolerUrl ? [...CLIENT_PROBES, leftoversThrough(poolerUrl)] : CLIENT_PROBES) {
      if (options.signal?.aborted) break;
      tell(`client: ${probe.name}`);
      results.push(await run(probe, options.calls ?? 10_000, { limit: LIMIT }));
    }
    const mutants = options.sources ? await killAll(field, options, options.sources, tell) : [];
    if (options.mayCrash && !options.signal?.aborted) {
      tell(`client: ${restart.name}`);
      results.push(await run(restart, 0, { limit: LIMIT }));
    }
    return {
      probes: results,
      mutants,
      milliseconds: performance.now() - started,
      ok:
        results.every((r) => r.findings.length === 0) &&
        mutants.every((m) => m.killedBy) &&
        !options.signal?.aborted,
    };
  } finally {
    await field.close();
  }
}

function runner(field: ClientField, prisma: ClientAttackOptions['prisma'], open: OpenTenancy) {
  return (probe: ClientProbe, calls: number, limits: Parameters<typeof runProbe>[2]) =>
    runProbe(probe, { field, calls, opener: () => opener(field, open, prisma) }, limits);
}

async function killAll(
  field: ClientField,
  { prisma, mutants: chosen = () => true, signal }: ClientAttackOptions,
  sources: string,
  tell: (step: string) => void,
): Promise<ClientMutantResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lotline-mutants-'));
  const wanted = CLIENT_MUTANTS.filter(chosen);
  const results: ClientMutantResult[] = [];
  try {
    // One after another: probes wait for statements of their own on a server that all of them share.
    for (const [i, mutant] of wanted.entries()) {
      if (signal?.aborted) break;
      tell(`client mutant ${i + 1} of ${wanted.length}: ${mutant.name}`);
      results.push(await kill(field, prisma, mutant, sources, join(folder, String(i))));
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function kill(
  field: ClientField,
  prisma: ClientAttackOptions['prisma'],
  mutant: ClientMutant,
  sources: string,
  target: string,
): Promise<ClientMutantResult> {
  let open: OpenTenancy;
  try {
    open = await loadMutant(mutant, sources, target);
  } catch (error) {
    return { mutant, broken: (error as Error).message };
  }
  const run = runner(field, prisma, open);
  for (const probe of CLIENT_PROBES.filter((p) => mutant.probes.some((name) => p.name.startsWith(name)))) {
    const { findings } = await run(probe, 300, { limit: MUTANT_LIMIT, enough: 1 });
    if (findings[0]) return { mutant, killedBy: findings[0] };
  }
  return { mutant };
}
