import type pg from 'pg';
import { connectTo } from '../../database/client.ts';
import type { Finding, Probe } from './probe.ts';
import { runStage, type Stage } from './session.ts';
import type { Suite } from './suite.ts';

/** Actors that are enough to show that a real login is under the same rules as the role assumed by a superuser. */
const ACTORS = [
  'the row’s member',
  'another tenant',
  'no context',
  'exchanged tenant',
  'ingest, another tenant',
  'the platform',
];

/** The probes of rows that need no preparation, for those who log in as the role. */
export function loginStages({ subject, tables }: Suite): Map<string, Stage> {
  const { app, ingest, platform } = subject.boundary.roles;
  const stages = new Map<string, Stage>();
  for (const role of [app, ingest, platform]) {
    const probes = [...tables.values()].flatMap((all) =>
      (all.find((s) => s.name === 'whole')?.probes ?? []).filter(
        (p) => p.role === role && !p.prepare && ACTORS.includes(p.actor),
      ),
    );
    const become = [subject.boundary.roles.owner, platform, app]
      .filter((r) => r !== role)
      .map(
        (r): Probe => ({
          family: 'roles',
          object: role,
          operation: 'SET SESSION AUTHORIZATION',
          actor: role,
          role,
          enter: '',
          statement: `SET SESSION AUTHORIZATION ${r}`,
          expect: { refused: '42501' },
        }),
      );
    stages.set(role, { name: 'logged in', change: '', probes: [...probes, ...become] });
  }
  return stages;
}

/**
 * Runs them over real logins, and looks at what a committed transaction leaves on the connection.
 * @param urlOf the address of a role
 */
export async function attackByLogin(
  suite: Suite,
  urlOf: (role: string) => string,
  found: (finding: Finding) => void,
): Promise<number> {
  let ran = 0;
  for (const [role, stage] of loginStages(suite)) {
    const client = await connectTo(urlOf(role));
    try {
      ran += await runStage(client, stage, found, 'login');
      ran += await leftovers(client, suite, role, found);
    } finally {
      await client.end();
    }
  }
  return ran;
}

/** After a transaction of ours, committed, rolled back or failed, the next one on the connection is nobody’s. */
async function leftovers(
  client: pg.Client,
  suite: Suite,
  role: string,
  found: (finding: Finding) => void,
): Promise<number> {
  const enter =
    suite.tables
      .values()
      .next()
      .value?.[0]?.probes.find((p) => p.actor === 'the row’s member')?.enter ?? '';
  const endings = ['COMMIT', 'ROLLBACK', 'SELECT 1 / 0'];
  for (const ending of endings) {
    await client.query(`BEGIN; ${enter}`);
    await client.query(ending).catch(() => client.query('ROLLBACK'));
    const { rows } = await client.query<{ left: string | null }>(
      "SELECT nullif(current_setting('app.context', true), '') AS left",
    );
    if (rows[0]!.left !== null) {
      const probe: Probe = {
        family: 'session',
        object: 'context',
        operation: `after ${ending}`,
        actor: role,
        role,
        enter,
        statement: ending,
        expect: { rows: 0 },
      };
      found({
        verdict: 'leak',
        stage: 'logged in',
        probe,
        outcome: 'the context is still there',
        expected: 'none',
      });
    }
  }
  return endings.length;
}
