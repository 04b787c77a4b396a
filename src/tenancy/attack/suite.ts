import type pg from 'pg';
import type { Boundary } from '../boundary.ts';
import type { ContextKey } from '../context.ts';
import type { SqlObject } from '../module-sql.ts';
import { functionProbes } from './catalogue/functions.ts';
import { inventoryProbes } from './catalogue/inventory.ts';
import { cascadeProbes, referenceProbes, uniqueProbes } from './catalogue/references.ts';
import { alterationProbes, privilegeProbe, statisticsProbes } from './catalogue/rights.ts';
import { sequenceProbes } from './catalogue/sequences.ts';
import { contextProbes, roleProbes, serverProbes } from './catalogue/server.ts';
import { shadowStage } from './catalogue/shadow.ts';
import { viewProbes } from './catalogue/views.ts';
import { operationGaps, scopeBreaches } from './coverage.ts';
import { layerStages } from './layers.ts';
import { planTable, readSubject, rowProbes, type Subject, type TablePlan } from './plan.ts';
import type { Stage } from './session.ts';
import { besideOfTenants, emptyBeside } from './subject/beside.ts';

/** Everything that is tried, in parts that can run by themselves. */
export interface Suite {
  readonly subject: Subject;
  /** By table: its rows whole, then with each layer of its policies alone, then what hangs on it. */
  readonly tables: ReadonlyMap<string, readonly Stage[]>;
  /** What concerns no single table. */
  readonly server: readonly Stage[];
  /** What could not be tried, and what the declaration itself gives away; none of it may remain. */
  readonly gaps: readonly string[];
}

/**
 * Derives the suite from a database whose boundary is whole.
 * @param client a superuser on a database with rows, outside a transaction.
 */
export async function planSuite(
  client: pg.Client,
  boundary: Boundary,
  objects: readonly SqlObject[],
  key: ContextKey,
  onProgress: (step: string) => void = () => {},
): Promise<Suite> {
  const subject = await readSubject(client, boundary, key);
  const { rows } = await client.query<{ me: string }>('SELECT current_user AS me');
  const superuser = rows[0]!.me;
  const gaps = subject.unclassified.map((t) => `${t}: no model declares whose rows these are`);
  const plans = new Map<string, TablePlan>();
  for (const [i, table] of subject.tables.entries()) {
    if (i % 16 === 0) onProgress(`derive the probes, table ${i + 1} of ${subject.tables.length}`);
    const plan = await planTable(client, subject, table);
    plans.set(table.label, plan);
    gaps.push(
      ...[...plan.gaps, ...operationGaps(plan, boundary.roles), ...scopeBreaches(plan, subject)].map(
        (g) => `${table.label}: ${g}`,
      ),
    );
  }
  const tables = new Map<string, Stage[]>();
  for (const plan of plans.values()) {
    const { table } = plan;
    tables.set(table.label, [
      { name: 'whole', change: '', probes: plan.targets.flatMap(rowProbes) },
      ...(await layerStages(client, subject, plan)),
      {
        name: 'around the rows',
        change: '',
        probes: [
          ...referenceProbes(subject, plans, table, superuser),
          ...cascadeProbes(subject, plans, table, superuser),
          ...uniqueProbes(subject, plan),
          ...alterationProbes(subject, table),
          privilegeProbe(subject, table, superuser),
          ...statisticsProbes(subject, table, superuser),
        ],
      },
    ]);
  }
  await client.query('BEGIN');
  const everyRole = (
    await client.query<{ name: string }>(
      "SELECT rolname AS name FROM pg_roles WHERE rolname <> 'lotline_attack_stranger' ORDER BY 1",
    )
  ).rows.map((r) => r.name);
  const empty = await emptyBeside(client, await besideOfTenants(client, subject), subject.tenants.ours);
  gaps.push(...empty.map((label) => `${label}: no row of ours could be made`));
  const views = await viewProbes(client, subject, plans, objects);
  const server: Stage[] = [
    {
      name: 'server',
      change: '',
      probes: [
        ...serverProbes(subject),
        ...roleProbes(subject, everyRole),
        ...(await sequenceProbes(client, subject, superuser)),
      ],
    },
    { name: 'context', change: '', probes: contextProbes(subject) },
    { name: 'inventory', change: '', probes: inventoryProbes(subject, objects, superuser) },
    { name: 'functions', change: '', probes: await functionProbes(client, subject, plans) },
    { name: 'views', change: '', probes: views.probes },
    ...views.stages,
    await shadowStage(client, subject),
  ];
  await client.query('ROLLBACK');
  return { subject, tables, server, gaps: [...gaps, ...views.gaps] };
}
