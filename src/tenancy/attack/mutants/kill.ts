import type pg from 'pg';
import type { Finding } from '../probe.ts';
import { runStage, type Stage } from '../session.ts';
import type { Suite } from '../suite.ts';
import type { Mutant } from './mutant.ts';

export interface MutantResult {
  readonly mutant: Mutant;
  /** How it was noticed; undefined where it survived. */
  readonly killedBy?: Finding;
  /** Why it could not be made at all, which is a fault of the suite. */
  readonly broken?: string;
  readonly probes: number;
}

class Noticed extends Error {
  readonly finding: Finding;
  constructor(finding: Finding) {
    super('noticed');
    this.finding = finding;
  }
}

/**
 * Makes the mutant in a transaction and runs the probes that could see it, until one does: those of its table and of the
 * stages that it names; `thorough` runs the whole suite instead.
 * @param client a superuser, outside a transaction.
 */
export async function killMutant(
  client: pg.Client,
  suite: Suite,
  mutant: Mutant,
  thorough = false,
): Promise<MutantResult> {
  let probes = 0;
  try {
    await client.query(`BEGIN; ${mutant.sql}`);
  } catch (error) {
    return { mutant, broken: (error as Error).message, probes };
  } finally {
    await client.query('ROLLBACK');
  }
  for (const stage of stagesFor(suite, mutant, thorough)) {
    const count = (finding: Finding) => {
      throw new Noticed(finding);
    };
    try {
      probes += await runStage(client, stage, count, 'assumed', mutant.sql);
    } catch (error) {
      if (error instanceof Noticed) return { mutant, killedBy: error.finding, probes };
      throw error;
    }
  }
  return { mutant, probes };
}

function stagesFor({ tables, server }: Suite, { table, stages }: Mutant, thorough: boolean): Stage[] {
  if (thorough) return [...tables.values(), server].flat();
  const own = table ? (tables.get(table) ?? []) : [];
  const around = stages ? server.filter((s) => stages.test(s.name)) : table ? [] : server;
  return [...own, ...around];
}
