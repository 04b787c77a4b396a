import { quoteIdent as q, quoteLiteral } from '../../database/quote.ts';
import type { Boundary } from '../boundary.ts';
import { type ClusterFacts, fitsShards } from './facts.ts';
import { type Obstacle, obstaclesTo } from './obstacles.ts';
import { alterPolicy } from './policies.ts';
import { type Placement, placements } from './tables.ts';

export interface Step {
  readonly says: string;
  readonly sql: string;
}

/** How a database becomes a cluster: first what stands in the way, then statements of one transaction, then the workers. */
export interface DistributionPlan {
  readonly placements: readonly Placement[];
  readonly obstacles: readonly Obstacle[];
  /** Settings of the session and the statements, to be run in this order in one transaction on the coordinator. */
  readonly steps: readonly Step[];
}

const SHARDS = 32;

/** The plan for a database as it is. What is distributed already is left out, so a second run does the rest. */
export function planDistribution(
  boundary: Pick<Boundary, 'models'>,
  facts: ClusterFacts,
  shards = SHARDS,
): DistributionPlan {
  const placed = placements(boundary);
  const done = new Set(facts.citus?.placed);
  const waiting = placed.filter((p) => !done.has(p.table));
  const triggers = facts.triggers.filter((t) => waiting.some((p) => p.table === t.table));
  const steps: Step[] = [
    {
      says: 'allow references between copies',
      sql: 'SET LOCAL citus.enable_local_reference_table_foreign_keys = off',
    },
    { says: 'allow triggers', sql: 'SET LOCAL citus.enable_unsafe_triggers = on' },
    ...facts.policies.flatMap((policy): Step[] => {
      const sql = alterPolicy(policy);
      return sql ? [{ says: `rewrite the policy ${policy.name}`, sql }] : [];
    }),
    // Rows are inserted into their shards, where triggers would judge and change them once more.
    ...triggers.map((t) => ({
      says: `put the trigger ${t.name} of ${t.table} aside`,
      sql: `DROP TRIGGER ${q(t.name)} ON public.${q(t.table)}`,
    })),
    ...waiting.map((p) => placeStep(p, shards)),
    ...facts.functions.map((f) => ({
      says: `take ${f.name} to the workers`,
      sql: `SELECT create_distributed_function(${quoteLiteral(f.name)})`,
    })),
    ...triggers
      .filter(fitsShards)
      .map((t) => ({ says: `make the trigger ${t.name} of ${t.table} again`, sql: t.definition })),
  ];
  return { placements: placed, obstacles: obstaclesTo(facts, placed), steps };
}

function placeStep({ table, kind, column, colocateWith }: Placement, shards: number): Step {
  const name = quoteLiteral(`public.${q(table)}`);
  if (kind === 'reference') {
    return { says: `copy ${table} to every node`, sql: `SELECT create_reference_table(${name})` };
  }
  const beside = colocateWith
    ? `colocate_with => ${quoteLiteral(`public.${q(colocateWith)}`)}`
    : `shard_count => ${shards}, colocate_with => 'none'`;
  return {
    says: `distribute ${table} by ${column}`,
    sql: `SELECT create_distributed_table(${name}, ${quoteLiteral(column!)}, ${beside})`,
  };
}
