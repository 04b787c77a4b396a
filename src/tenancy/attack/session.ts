import type pg from 'pg';
import { quoteIdent } from '../../database/quote.ts';
import { describe, type Finding, judge, type Outcome, type Probe, type Verdict } from './probe.ts';

/** A part of an attack that shares one change of the database, undone at its end. */
export interface Stage {
  readonly name: string;
  /** SQL that the superuser runs first. */
  readonly change: string;
  readonly probes: readonly Probe[];
}

/** How roles are taken on: by SET SESSION AUTHORIZATION of a superuser, or by being logged in as the role. */
export type Door = 'assumed' | 'login';

/**
 * Runs the probes of a stage, each in a savepoint, in one transaction that is rolled back.
 * @param client outside a transaction; for `assumed` a superuser, for `login` the role of the probes.
 * @param found is told everything that did not hold.
 * @returns how many ran
 */
export async function runStage(
  client: pg.Client,
  stage: Stage,
  found: (finding: Finding) => void,
  door: Door = 'assumed',
  mutation = '',
): Promise<number> {
  try {
    await client.query(`BEGIN; ${mutation}; ${stage.change}; SAVEPOINT probe`);
    for (const probe of stage.probes) {
      const { verdict, outcome, expected } = await runProbe(client, probe, door);
      if (verdict !== 'held') found({ verdict, stage: stage.name, probe, outcome, expected });
    }
  } finally {
    await client.query('ROLLBACK');
  }
  return stage.probes.length;
}

async function runProbe(
  client: pg.Client,
  probe: Probe,
  door: Door,
): Promise<{ verdict: Verdict; outcome: string; expected: string }> {
  const outcome = await perform(client, probe, probe.prepare, door);
  const expected = describe(probe.expect);
  if (probe.otherwise !== undefined || probe.instead !== undefined) {
    const other = await perform(
      client,
      probe.instead === undefined ? probe : { ...probe, statement: probe.instead },
      probe.otherwise ?? probe.prepare,
      door,
    );
    const [one, two] = [JSON.stringify(outcome), JSON.stringify(other)];
    if (one !== two) return { verdict: 'leak', outcome: `${one} or ${two}`, expected: 'no difference' };
  }
  if (probe.afterwards) {
    await client
      .query('RESET SESSION AUTHORIZATION')
      .catch(() => client.query('ROLLBACK TO SAVEPOINT probe'));
    const { rows } = await client.query(probe.afterwards);
    if (rows.length > 0)
      return { verdict: 'leak', outcome: JSON.stringify(rows[0]), expected: 'nothing changed' };
  }
  return { verdict: judge(probe.expect, outcome), outcome: describe(outcome), expected };
}

/** One attempt, from the state at the beginning of the stage. */
async function perform(
  client: pg.Client,
  { role, enter, statement }: Probe,
  prepare: string | undefined,
  door: Door,
): Promise<Outcome> {
  const assume = door === 'assumed' ? `SET LOCAL SESSION AUTHORIZATION ${quoteIdent(role)};` : '';
  const before = `ROLLBACK TO SAVEPOINT probe; ${prepare ? `${prepare};` : ''} ${assume}`;
  try {
    await client.query(`${before} ${enter}`);
  } catch {
    // Which of the two failed? What prepares is no part of the attack: its error is one of the suite and is thrown.
    await client.query(before);
    try {
      await client.query(enter);
    } catch (error) {
      return failure(error);
    }
  }
  try {
    return success(await client.query(statement));
  } catch (error) {
    return failure(error);
  }
}

function success(result: pg.QueryResult | pg.QueryResult[]): Outcome {
  const last = Array.isArray(result) ? result.at(-1)! : result;
  const first = last.rows[0] as { seen?: unknown; rows?: unknown } | undefined;
  const rows = first && 'rows' in first ? Number(first.rows) : (last.rowCount ?? 0);
  return { rows, ...(first && 'seen' in first ? { seen: String(first.seen) } : {}) };
}

function failure(error: unknown): Outcome {
  const { code, message, constraint } = error as { code?: string; message: string; constraint?: string };
  if (!code) throw error;
  return { code, message, ...(constraint ? { constraint } : {}) };
}
