import { writeFileSync } from 'node:fs';
import { connectTo } from '../database/client.ts';
import { LotlineError } from '../errors.ts';
import { type Declared, declaredCatalogue } from '../migrations/index.ts';
import {
  checkContext,
  type DriftItem,
  type Finding,
  listChecks,
  readWaivers,
  runChecks,
  sarifLog,
  type WaivedFinding,
} from '../tenancy/checks/index.ts';
import { type Boundary, readGenerated } from '../tenancy/index.ts';
import { callerPath } from './caller-path.ts';
import { type Command, runCommand } from './command.ts';
import { boundaryText } from './db-check-rls-text.ts';
import { findDrift } from './db-sync.ts';
import { withSession } from './session.ts';

/** The boundary of a live database. Counts are of tables in `public` without Prisma's history. */
export interface BoundaryReport {
  readonly tables: number;
  /** Tables with row security, and with row security that binds their owner. */
  readonly enabled: number;
  readonly forced: number;
  readonly policies: number;
  readonly findings: readonly Finding[];
  /** What `prisma/waivers.json` accepts, each with its reason; it does not count. */
  readonly waived: readonly WaivedFinding[];
  /** No finding is an error. */
  readonly ok: boolean;
}

export interface CheckOptions {
  readonly ownerUrl: string;
  readonly root: string;
  /** Leaves out the comparison with what the declaration compiles to, which builds a scratch database. */
  readonly quick?: boolean;
  /** What `declaredCatalogue` gave, where the caller has it already. */
  readonly declared?: Declared;
  /** The day that waivers are compared with, `2026-11-22`; the day of the clock where it is left out. */
  readonly today?: string;
}

/**
 * Runs every check on the database, in one read-only transaction, so that all of them see the same state.
 * @throws LotlineError `GENERATED_MISSING` in quick mode before `prisma generate`; `WAIVERS_INVALID`.
 */
export async function checkBoundary(options: CheckOptions): Promise<BoundaryReport> {
  const { ownerUrl, root, quick = false } = options;
  if (quick) return checkLive(options, readGenerated(root).boundary);
  const declared = options.declared ?? (await declaredCatalogue(root, ownerUrl));
  const { drift } = await findDrift({ ownerUrl, root, declared });
  return checkLive(options, declared.boundary, drift);
}

async function checkLive(
  { ownerUrl, root, today }: CheckOptions,
  boundary: Boundary,
  drift?: readonly DriftItem[],
): Promise<BoundaryReport> {
  const checks = await listChecks();
  const waivers = readWaivers(
    root,
    checks.map((c) => c.name),
  );
  const client = await connectTo(ownerUrl);
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL search_path = ''");
    const options = { waivers, ...(drift ? { drift } : {}), ...(today ? { today } : {}) };
    const context = checkContext(client, boundary, options);
    const { findings, waived } = await runChecks(checks, context);
    const tables = (await context.facts.tables()).filter(
      (t) => t.schema === 'public' && ['r', 'p'].includes(t.kind) && t.label !== '_prisma_migrations',
    );
    const names = new Set(tables.map((t) => t.label));
    return {
      tables: tables.length,
      enabled: tables.filter((t) => t.enabled).length,
      forced: tables.filter((t) => t.forced).length,
      policies: (await context.facts.policies()).filter((p) => names.has(p.table)).length,
      findings,
      waived,
      ok: findings.every((f) => f.level !== 'error'),
    };
  } finally {
    await client.end();
  }
}

/** The report as SARIF 2.1.0, for what shows findings beside the code. */
export async function boundarySarif(report: BoundaryReport): Promise<string> {
  return `${JSON.stringify(sarifLog(report, await listChecks()), null, 2)}\n`;
}

const FORMATS = ['text', 'json', 'sarif'];

const command: Command = {
  name: 'db:check-rls',
  summary:
    'Checks the boundary between tenants on the live database: tables, policies, roles, privileges, keys, functions, views.',
  options: {
    quick: { type: 'boolean', help: 'leave out the comparison with what the schema compiles to' },
    format: { type: 'string', value: FORMATS.join('|'), help: 'what to print; text without it' },
    json: { type: 'boolean', help: 'the same as --format json: {tables, …, findings, waived, ok}' },
    sarif: { type: 'string', value: 'file', help: 'also write SARIF 2.1.0 into a file' },
  },
  exits: { 0: 'no errors; warnings and what is waived are printed', 1: 'at least one error' },
  run: (values) => {
    const format = values.json ? 'json' : String(values.format ?? 'text');
    if (!FORMATS.includes(format))
      throw new LotlineError('USAGE', `There is no format "${format}".`, `use one of: ${FORMATS.join(', ')}`);
    return withSession(format !== 'text', async ({ root, database, progress }) => {
      progress.step(values.quick ? 'check the database' : 'build the declared schema, compare and check');
      const report = await checkBoundary({
        ownerUrl: database.urls.owner,
        root,
        quick: values.quick === true,
      });
      progress.done();
      if (typeof values.sarif === 'string')
        writeFileSync(callerPath(values.sarif), await boundarySarif(report));
      if (format === 'json') console.log(JSON.stringify(report, null, 2));
      else if (format === 'sarif') process.stdout.write(await boundarySarif(report));
      else console.log(await boundaryText(report));
      return report.ok ? 0 : 1;
    });
  },
};

if (import.meta.main) await runCommand(command);
