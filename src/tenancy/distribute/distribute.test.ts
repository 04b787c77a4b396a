import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { root, testServers } from '../../../test/support/server.ts';
import { distributeDatabase } from '../../cli/db-distribute.ts';
import { compileSchema } from '../compile.ts';
import { readGenerated } from '../generated.ts';
import { readSchemaFiles } from '../schema-files.ts';
import { readClusterFacts } from './facts.ts';
import { planDistribution } from './plan.ts';
import { isDistributed, placements } from './tables.ts';

const { boundary } = readGenerated(root);
const prepare = readFileSync(join(root, 'docs/scale.sql'), 'utf8');

it('places every table once, after all that it points at, and tenants’ tables side by side', () => {
  const placed = placements(boundary);
  const at = new Map(placed.map((p, i) => [p.table, i]));
  expect([...at.keys()].sort()).toEqual(boundary.models.map((m) => m.table).sort());
  for (const m of boundary.models) {
    for (const key of m.foreignKeys) {
      if (key.targetTable !== m.table) expect(at.get(key.targetTable)).toBeLessThan(at.get(m.table)!);
    }
  }
  const distributed = placed.filter((p) => p.kind === 'distributed');
  expect(distributed.map((p) => p.table).sort()).toEqual(
    boundary.models
      .filter(isDistributed)
      .map((m) => m.table)
      .sort(),
  );
  expect(new Set(distributed.map((p) => p.colocateWith))).toEqual(
    new Set([undefined, distributed[0]!.table]),
  );
});

/** Each is something that Citus 13.2 was seen to refuse, and the object that has to be named. */
const FAULTS: [name: string, make: string, object: string][] = [
  ['a unique key without the tenant', 'CREATE UNIQUE INDEX fault ON leads (email)', 'fault'],
  [
    'a primary key without the tenant',
    'ALTER TABLE web_vitals_metrics DROP CONSTRAINT web_vitals_metrics_pkey; ALTER TABLE web_vitals_metrics ADD CONSTRAINT fault PRIMARY KEY (id)',
    'fault',
  ],
  [
    'a copied table that points at a tenant’s',
    'ALTER TABLE system_alerts ADD COLUMN o uuid, ADD COLUMN l uuid, ADD CONSTRAINT fault FOREIGN KEY (o, l) REFERENCES leads (organization_id, id)',
    'fault',
  ],
  [
    'a foreign key without the tenant',
    'ALTER TABLE leads ADD CONSTRAINT lead_id UNIQUE (id); ALTER TABLE deals ADD CONSTRAINT fault FOREIGN KEY (lead_id) REFERENCES leads (id)',
    'fault',
  ],
  [
    'ON DELETE SET NULL',
    'ALTER TABLE deals ADD CONSTRAINT fault FOREIGN KEY (organization_id, lead_id) REFERENCES leads (organization_id, id) ON DELETE SET NULL (lead_id)',
    'fault',
  ],
  [
    'ON UPDATE CASCADE',
    'ALTER TABLE deals ADD CONSTRAINT fault FOREIGN KEY (organization_id, lead_id) REFERENCES leads (organization_id, id) ON UPDATE CASCADE',
    'fault',
  ],
  [
    'a policy that reads a table',
    'CREATE POLICY fault ON leads FOR SELECT TO lotline_app USING (EXISTS (SELECT 1 FROM users u WHERE u.id = assigned_to_id))',
    'leads.fault',
  ],
  [
    'a trigger of a copied table that reaches a tenant’s',
    "CREATE FUNCTION app.f() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$ BEGIN PERFORM app.seed_organization(NEW.id); RETURN NEW; END $$; CREATE TRIGGER fault AFTER UPDATE ON organizations FOR EACH ROW EXECUTE FUNCTION app.f()",
    'organizations.fault',
  ],
  [
    'a trigger of a tenant’s table that writes a copied one',
    "CREATE FUNCTION app.f() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$ BEGIN UPDATE public.users SET name = name; RETURN NEW; END $$; CREATE TRIGGER fault AFTER UPDATE ON leads FOR EACH ROW EXECUTE FUNCTION app.f()",
    'leads.fault',
  ],
  [
    'an SQL function with arguments over a sub-select',
    "CREATE FUNCTION app.f(a uuid) RETURNS bigint LANGUAGE sql SET search_path = '' AS 'SELECT count(*) FROM (SELECT 1 FROM public.leads WHERE id = a) x'",
    'app.f(uuid)',
  ],
  [
    'EXISTS (SELECT FROM …)',
    "CREATE FUNCTION app.f() RETURNS boolean LANGUAGE plpgsql SET search_path = '' AS 'BEGIN RETURN EXISTS (SELECT FROM public.leads); END'",
    'app.f()',
  ],
  ['a table that is missing', 'DROP TABLE web_vitals_metrics', 'web_vitals_metrics'],
];

describe.each(testServers())('on PostgreSQL $version', (server) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await freshDatabase({ server });
  });
  const session = () => ({
    root,
    database: { kind: 'external', urls: db.urls, derivedLogins: [], close: async () => {} } as never,
  });
  const blocking = async () => {
    const plan = planDistribution(boundary, await readClusterFacts(db.superuser));
    return plan.obstacles.filter((o) => o.level === 'blocks').map((o) => o.object);
  };

  it('a dry run tells what stands in the way, and that docs/scale.sql mends all of it; it changes nothing', async () => {
    const before = await readClusterFacts(db.superuser);
    const bare = await distributeDatabase(session(), { dryRun: true });
    expect(bare.obstacles.filter((o) => o.level === 'blocks').map((o) => o.object)).toContain(
      'organizations.seed_new_organization',
    );
    const mended = await distributeDatabase(session(), { dryRun: true, prepare });
    expect(mended.obstacles.filter((o) => o.level === 'blocks')).toEqual([]);
    expect(mended.steps.filter((s) => s.sql.includes('create_distributed_table'))).toHaveLength(52);
    expect(mended.steps.filter((s) => s.sql.includes('create_reference_table'))).toHaveLength(12);
    expect(await readClusterFacts(db.superuser)).toEqual(before);
  });

  it('refuses without Citus', async () => {
    await expect(distributeDatabase(session(), { dryRun: false })).rejects.toMatchObject({
      code: 'CITUS_MISSING',
    });
  });

  it.each(FAULTS)('sees %s', async (_, make, object) => {
    await db.superuser.query('BEGIN');
    try {
      await db.superuser.query(prepare);
      expect(await blocking()).toEqual([]);
      await db.superuser.query(make);
      expect(await blocking()).toContain(object);
    } finally {
      await db.superuser.query('ROLLBACK');
    }
  });

  it('rewrites policies to what the compiler writes for Citus', async () => {
    const compiled = await compileSchema(readSchemaFiles(root).prisma, { target: 'citus' });
    const client = db.superuser;
    const policies = async () => (await readClusterFacts(client)).policies;
    await client.query('BEGIN');
    try {
      const { steps } = planDistribution(boundary, await readClusterFacts(client));
      for (const { sql } of steps) if (sql.startsWith('ALTER POLICY')) await client.query(sql);
      const rewritten = await policies();
      for (const { table, policies: wanted } of compiled.models) {
        for (const { name, using, check } of wanted) {
          await client.query(
            `ALTER POLICY "${name}" ON "${table}"${using ? ` USING (${using})` : ''}${check ? ` WITH CHECK (${check})` : ''}`,
          );
        }
      }
      expect(rewritten).toEqual(await policies());
      expect(rewritten.length).toBeGreaterThan(300);
    } finally {
      await client.query('ROLLBACK');
    }
  });
});
