import { connectTo } from '../database/client.ts';
import { type Declared, declaredCatalogue } from '../migrations/index.ts';
import {
  checkContext,
  type DriftItem,
  type Finding,
  listChecks,
  runChecks,
} from '../tenancy/checks/index.ts';
import { type Boundary, readGenerated } from '../tenancy/index.ts';
import { type Command, runCommand } from './command.ts';
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
}

/**
 * Runs every check on the database, in one read-only transaction, so that all of them see the same state.
 * @throws LotlineError `GENERATED_MISSING` in quick mode before `prisma generate`.
 */
export async function checkBoundary(options: CheckOptions): Promise<BoundaryReport> {
  const { ownerUrl, root, quick = false } = options;
  if (quick) return checkLive(ownerUrl, readGenerated(root).boundary);
  const declared = options.declared ?? (await declaredCatalogue(root, ownerUrl));
  const { drift } = await findDrift({ ownerUrl, root, declared });
  return checkLive(ownerUrl, declared.boundary, drift);
}

async function checkLive(
  ownerUrl: string,
  boundary: Boundary,
  drift?: readonly DriftItem[],
): Promise<BoundaryReport> {
  const checks = await listChecks();
  const client = await connectTo(ownerUrl);
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL search_path = ''");
    const context = checkContext(client, boundary, drift);
    const findings = await runChecks(checks, context);
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
      ok: findings.every((f) => f.level !== 'error'),
    };
  } finally {
    await client.end();
  }
}

/** The report for a person: errors first, one heading per check, counts at the end; one line when all is well. */
export async function boundaryText({ tables, policies, findings }: BoundaryReport): Promise<string> {
  const seen = `${tables} tables, ${policies} policies`;
  if (findings.length === 0) return `${seen}: nothing to mend`;
  const checks = new Map((await listChecks()).map((c) => [c.name, c]));
  const names = [...new Set(findings.map((f) => f.name))];
  const groups = names.map((name) => {
    const own = findings.filter((f) => f.name === name);
    const { title = name, why = '' } = checks.get(name) ?? {};
    return `${own[0]!.level}: ${title} [${name}]\n  ${why}\n${own.map((f) => `  • ${f.detail}\n    → ${f.remedy}`).join('\n')}`;
  });
  const count = (level: Finding['level']) => findings.filter((f) => f.level === level).length;
  const counts = [
    count('error') === 1 ? '1 error' : `${count('error')} errors`,
    count('warning') === 1 ? '1 warning' : `${count('warning')} warnings`,
  ];
  return `${groups.join('\n\n')}\n\n${seen}: ${counts.join(', ')}`;
}

const command: Command = {
  name: 'db:check-rls',
  summary:
    'Checks the boundary between tenants on the live database: tables, policies, roles, privileges, keys, functions, views.',
  options: {
    quick: { type: 'boolean', help: 'leave out the comparison with what the schema compiles to' },
    json: { type: 'boolean', help: 'print one object: {tables, enabled, forced, policies, findings, ok}' },
  },
  exits: { 0: 'no errors; warnings are printed', 1: 'at least one error' },
  run: (values) =>
    withSession(values.json === true, async ({ root, database, progress }) => {
      progress.step(values.quick ? 'check the database' : 'build the declared schema, compare and check');
      const report = await checkBoundary({
        ownerUrl: database.urls.owner,
        root,
        quick: values.quick === true,
      });
      progress.done();
      console.log(values.json ? JSON.stringify(report, null, 2) : await boundaryText(report));
      return report.ok ? 0 : 1;
    }),
};

if (import.meta.main) await runCommand(command);
