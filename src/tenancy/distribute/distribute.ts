import type { ClientBase } from 'pg';
import { quoteIdent as q } from '../../database/quote.ts';
import { LotlineError } from '../../errors.ts';
import type { Boundary } from '../boundary.ts';
import { asOwner, readKeys } from '../keyring/index.ts';
import { mirrorKeys } from '../keyring/mirror.ts';
import type { ClusterFacts } from './facts.ts';
import type { DistributionPlan } from './plan.ts';
import { workerSql } from './worker-sql.ts';

/**
 * Refuses what cannot be run here.
 * @throws LotlineError `CITUS_MISSING`, `CITUS_WITHOUT_WORKERS`, `CITUS_NEEDS_SUPERUSER`, `NOT_DISTRIBUTABLE`.
 */
export function requireDistributable(facts: ClusterFacts, { obstacles }: DistributionPlan): void {
  if (!facts.citus) {
    throw new LotlineError(
      'CITUS_MISSING',
      'This database has no Citus, so nothing can be distributed.',
      'DATABASE_URL has to name the coordinator of a cluster where CREATE EXTENSION citus was run (docs/scale.md); --dry-run works without',
    );
  }
  if (facts.citus.workers === 0) {
    throw new LotlineError(
      'CITUS_WITHOUT_WORKERS',
      'The cluster has no worker.',
      "on the coordinator: SELECT citus_set_coordinator_host('<host>'); SELECT citus_add_node('<worker>', 5432);",
    );
  }
  if (!facts.role.superuser) {
    throw new LotlineError(
      'CITUS_NEEDS_SUPERUSER',
      `${facts.role.name} may not distribute tables under forced row security, nor functions of several owners.`,
      'set DATABASE_URL to a superuser of the coordinator for this one command',
    );
  }
  const blocking = obstacles.filter((o) => o.level === 'blocks');
  if (blocking.length === 0) return;
  throw new LotlineError(
    'NOT_DISTRIBUTABLE',
    `${blocking.length === 1 ? 'One thing stands' : `${blocking.length} things stand`} in the way:\n${blocking
      .map((o) => `  - ${o.object}: ${o.detail}\n    ${o.mend}`)
      .join('\n')}`,
    'mend them; --prepare <file.sql> runs SQL of yours first, in the same transaction',
  );
}

/**
 * Runs a plan: all steps in one transaction, then what Citus does not take to the workers (context keys, revoked rights,
 * settings). Until that is done every tenant is refused; run again, it begins where it was cut off.
 * @throws LotlineError `WORKER_NOT_PREPARED`, or the server's error; then the transaction has changed nothing.
 */
export async function distribute(
  client: ClientBase,
  { roles }: Pick<Boundary, 'roles'>,
  plan: DistributionPlan,
  onStep: (says: string) => void = () => {},
): Promise<void> {
  for (const { says, sql } of plan.steps) {
    onStep(says);
    await client.query(sql);
  }
  await client.query('COMMIT');

  onStep('keep what the workers see in step');
  const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
  const database = q(rows[0]!.name);
  await client.query(`ALTER DATABASE ${database} SET citus.propagate_set_commands = 'local'`);
  // A migration is one message of many statements; Citus would send all of it with the first SET LOCAL.
  await client.query(
    `ALTER ROLE ${q(roles.owner)} IN DATABASE ${database} SET citus.propagate_set_commands = 'none'`,
  );
  await client.query(
    `ALTER ROLE ${q(roles.owner)} IN DATABASE ${database} RESET citus.enable_ddl_propagation`,
  );
  const { rows: answers } = await client.query<{ node: string; success: boolean; result: string }>(
    `SELECT nodename || ':' || nodeport AS node, success, result FROM run_command_on_workers($1)`,
    [workerSql(roles)],
  );
  const failed = answers.filter(({ success }) => !success);
  if (failed.length > 0) {
    throw new LotlineError(
      'WORKER_NOT_PREPARED',
      failed.map((f) => `${f.node}: ${f.result}`).join('\n'),
      'mend the worker and run npm run db:distribute again',
    );
  }
  onStep('give the workers the context keys');
  await asOwner(client, roles.owner, async () => mirrorKeys(client, await readKeys(client)));
}
