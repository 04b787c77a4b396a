import { readFileSync } from 'node:fs';
import type { ClientBase } from 'pg';
import { connectTo } from '../database/client.ts';
import { LotlineError } from '../errors.ts';
import {
  type DistributionPlan,
  distribute,
  planDistribution,
  readClusterFacts,
  readGenerated,
  requireDistributable,
} from '../tenancy/index.ts';
import { callerPath } from './caller-path.ts';
import { type ExitCode, runCommand } from './command.ts';
import type { Progress } from './progress.ts';
import { type Session, withSession } from './session.ts';

export interface DistributeOptions {
  readonly dryRun: boolean;
  /** SQL that mends obstacles, run first in the same transaction. */
  readonly prepare?: string;
  readonly shards?: number;
}

/**
 * Plans the distribution of the database and, unless it is a dry run, carries it out. A dry run takes back what
 * `prepare` did.
 */
export async function distributeDatabase(
  { root, database }: Pick<Session, 'root' | 'database'>,
  { dryRun, prepare, shards }: DistributeOptions,
  progress?: Progress,
): Promise<DistributionPlan> {
  const { boundary } = readGenerated(root);
  const client = await connectTo(database.urls.owner);
  try {
    await client.query('BEGIN');
    if (prepare) {
      progress?.step('prepare');
      await runPreparation(client, prepare);
    }
    const facts = await readClusterFacts(client);
    const plan = planDistribution(boundary, facts, shards);
    if (dryRun) return plan;
    requireDistributable(facts, plan);
    await distribute(client, boundary, plan, progress?.step);
    return plan;
  } finally {
    await client.end();
  }
}

/**
 * Runs SQL of many statements and several roles. Citus would send the whole text with each SET, and each role would speak
 * to the workers over a connection of its own; what is not distributed yet, the workers need not hear of.
 */
async function runPreparation(client: ClientBase, sql: string): Promise<void> {
  const { citus } = await readClusterFacts(client);
  const distributed = (citus?.placed.length ?? 0) > 0;
  await client.query("SELECT set_config('citus.propagate_set_commands', 'none', true)");
  await client.query("SELECT set_config('citus.enable_ddl_propagation', $1, true)", [
    distributed ? 'on' : 'off',
  ]);
  await client.query(sql);
  await client.query("SELECT set_config('citus.enable_ddl_propagation', 'on', true)");
}

function print({ placements, obstacles, steps }: DistributionPlan, dryRun: boolean): void {
  const of = (kind: string) => placements.filter((p) => p.kind === kind);
  console.log(
    `-- ${of('reference').length} tables are copied to every node, ${of('distributed').length} are distributed by tenant, all co-located`,
  );
  for (const { level, object, detail, mend } of obstacles) {
    console.log(`-- ${level === 'blocks' ? 'IN THE WAY' : 'note'}: ${object}: ${detail}\n--   ${mend}`);
  }
  if (!dryRun) return;
  console.log(['BEGIN', ...steps.map((s) => s.sql), 'COMMIT'].map((sql) => `${sql};`).join('\n'));
}

function shardsOf(text: string | boolean | undefined): { shards?: number } {
  if (text === undefined) return {};
  const shards = Number(text);
  if (Number.isInteger(shards) && shards >= 1 && shards <= 64_000) return { shards };
  throw new LotlineError(
    'USAGE',
    `--shards: "${text}" is no number of shards.`,
    'give 32, or two for each core of the workers',
  );
}

if (import.meta.main) {
  await runCommand({
    name: 'db:distribute',
    summary: 'Spreads the tables over a Citus cluster by tenant, or shows how and what stands in the way.',
    options: {
      'dry-run': {
        type: 'boolean',
        help: 'print obstacles and statements, change nothing; works without Citus',
      },
      prepare: {
        type: 'string',
        value: 'file.sql',
        help: 'SQL that mends obstacles, run first in the same transaction',
      },
      shards: { type: 'string', value: 'n', help: 'into how many parts the tenants are divided (32)' },
      json: { type: 'boolean', help: 'print one JSON object' },
    },
    exits: {
      0: 'distributed, or (dry run) nothing in the way',
      1: 'something is in the way; nothing was changed',
    },
    run: (values) =>
      withSession<ExitCode>(Boolean(values.json), async (session) => {
        const dryRun = Boolean(values['dry-run']);
        const prepare =
          typeof values.prepare === 'string'
            ? { prepare: readFileSync(callerPath(values.prepare), 'utf8') }
            : {};
        const plan = await distributeDatabase(
          session,
          { dryRun, ...prepare, ...shardsOf(values.shards) },
          session.progress,
        );
        session.progress.done();
        const ok = !plan.obstacles.some((o) => o.level === 'blocks');
        if (values.json) console.log(JSON.stringify({ ok, ...plan }, null, 2));
        else print(plan, dryRun);
        return ok ? 0 : 1;
      }),
  });
}
