import type pg from 'pg';
import type { Policy } from '../boundary.ts';
import { planTable, rowProbes, type Subject, type TablePlan } from './plan.ts';
import type { Stage } from './session.ts';
import { ofTenants } from './subject/tables.ts';

const OUTSIDERS = [
  'another tenant',
  'the same person in another tenant',
  'a person without a tenant',
  'no context',
  'ingest, another tenant',
  'ingest, no context',
];
const INSIDERS = ['the row’s member', 'ingest, the tenant'];

/**
 * A table has two layers: permissive policies that name the tenant, and the floor under them. Each is attacked with the
 * other taken away, because what one of them lost would not show while the other holds.
 */
export async function layerStages(client: pg.Client, subject: Subject, plan: TablePlan): Promise<Stage[]> {
  const { table, targets } = plan;
  const floors = table.model.policies.filter((p) => !p.permissive);
  if (!ofTenants(table) || floors.length === 0) return [];
  const by = (names: readonly string[]) => targets.filter((t) => names.includes(t.actor.name));
  const { app, ingest } = subject.boundary.roles;
  const open = (p: Policy): Policy => {
    if (!p.permissive || !p.roles.some((r) => [app, ingest].includes(r))) return p;
    return { ...p, ...(p.using ? { using: 'true' } : {}), ...(p.check ? { check: 'true' } : {}) };
  };
  const model = { ...table.model, policies: table.model.policies.map(open) };
  const opened = await planTable(client, subject, { ...table, model }, [...OUTSIDERS, ...INSIDERS]);
  return [
    {
      name: 'without the floor',
      change: `${eachPolicy(table.sql, `NOT p.polpermissive`, `DROP POLICY %I ON ${table.sql}`)}`,
      probes: by([...OUTSIDERS, ...INSIDERS]).flatMap(rowProbes),
    },
    {
      name: 'the floor alone',
      change: `${eachPolicy(
        table.sql,
        `p.polpermissive AND EXISTS (SELECT FROM pg_roles r WHERE r.oid = ANY (p.polroles) AND r.rolname IN ('${app}', '${ingest}'))`,
        `ALTER POLICY %I ON ${table.sql}%s`,
      )}`,
      probes: opened.targets.flatMap(rowProbes),
    },
  ];
}

/** Changes the policies as they stand, so that those that should not be there are changed as well. */
function eachPolicy(table: string, condition: string, statement: string): string {
  const opened = `CASE WHEN p.polqual IS NULL THEN '' ELSE ' USING (true)' END || CASE WHEN p.polwithcheck IS NULL THEN '' ELSE ' WITH CHECK (true)' END`;
  return `DO $layer$ DECLARE statement text; BEGIN
    FOR statement IN SELECT format(${quoted(statement)}, p.polname, ${opened}) FROM pg_policy p WHERE p.polrelid = '${table}'::regclass AND ${condition}
    LOOP EXECUTE statement; END LOOP; END $layer$`;
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
