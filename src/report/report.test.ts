import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { contextKey, root } from '../../test/support/server.ts';
import { checkBoundary } from '../cli/db-check-rls.ts';
import { findDrift } from '../cli/db-sync.ts';
import { declaredCatalogue } from '../migrations/index.ts';
import { seedDemo, seedPlatform } from '../modules/provisioning/index.ts';
import { readGenerated } from '../tenancy/index.ts';
import { quick } from './lists.ts';
import { reportJson } from './print-json.ts';
import { runSteps } from './runner.ts';
import type { ReportContext, Step } from './step.ts';
import { drift } from './steps/drift.ts';
import { reading } from './steps/reading.ts';
import { schemaCounts } from './steps/schema-counts.ts';

let db: TestDatabase;
let context: ReportContext;

beforeAll(async () => {
  db = await freshDatabase();
  const { owner: ownerUrl } = db.urls;
  const declared = await declaredCatalogue(root, ownerUrl);
  context = {
    root,
    database: { kind: 'external', urls: db.urls },
    key: contextKey,
    boundary: () => readGenerated(root).boundary,
    probes: {
      boundary: () => checkBoundary({ ownerUrl, root, quick: true }),
      drift: () => findDrift({ ownerUrl, root, declared }),
    },
  };
});

const look = (steps: readonly Step[] = [schemaCounts, ...quick, drift]) => runSteps(steps, context);

/** The messages of a report on a database that is broken by one statement and mended by the other. */
async function messagesWhen(broken: string, mended: string, steps?: readonly Step[]): Promise<string> {
  await db.superuser.query(broken);
  try {
    const report = await look(steps);
    expect(report.ok).toBe(false);
    return report.issues.map((i) => `${i.step}: ${i.message}`).join('\n');
  } finally {
    await db.superuser.query(mended);
  }
}

describe('the report on a migrated database', () => {
  it('holds, with the models and enums of both migrations counted', async () => {
    const report = await look();
    expect(report.issues).toEqual([]);
    const json = reportJson(report);
    expect(Object.keys(json)).toEqual([
      'models',
      'enums',
      'migration',
      'rls',
      'commands',
      'drift',
      'issues',
      'ok',
    ]);
    expect(json).toMatchObject({
      models: {
        total: 64,
        existing: 42,
        new: 22,
        byModule: { marketplace: 6, reid: 7, 'expense-tax': 5, campaigns: 4 },
      },
      enums: { total: 75 },
      migration: { name: '20261122194000_add-marketplace-reid-expense-campaigns-modules', tables: 22 },
      rls: { tables: 64, enabled: 64, forced: 64 },
      drift: [],
      ok: true,
    });
    const { existing, new: added, total } = json.enums!;
    expect(existing + added).toBe(total);
  });

  it('reads every table that is open to the application role, before there is an organization and after', async () => {
    const before = await look([reading]);
    expect(before).toMatchObject({
      ok: true,
      steps: [{ detail: expect.stringMatching(/^59 read .*, 5 refused as declared$/) }],
    });
    await seedPlatform(db.platform);
    await seedDemo(db.platform);
    expect(await look([reading])).toMatchObject({
      ok: true,
      steps: [{ detail: expect.stringMatching(/for “Quillmarsh Realty”/) }],
    });
  });
});

describe('the report names what is broken', () => {
  it('a policy was dropped', async () => {
    const { rows } = await db.superuser.query<{ statement: string }>(
      `SELECT format('CREATE POLICY leads_select ON public.leads AS %s FOR SELECT TO lotline_app USING (%s)',
         CASE WHEN polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END, pg_get_expr(polqual, polrelid)) AS statement
       FROM pg_policy WHERE polname = 'leads_select' AND polrelid = 'public.leads'::regclass`,
    );
    const messages = await messagesWhen('DROP POLICY leads_select ON public.leads', rows[0]!.statement);
    expect(messages).toContain('row security: The policy leads_select of leads is missing.');
    expect(messages).toMatch(/^drift: .*leads_select/m);
  });

  it('row-level security is disabled on a table', async () => {
    const messages = await messagesWhen(
      'ALTER TABLE public.deals DISABLE ROW LEVEL SECURITY',
      'ALTER TABLE public.deals ENABLE ROW LEVEL SECURITY',
      quick,
    );
    expect(messages).toMatch(/^row security: .*deals/m);
  });

  it('a table has a column that no model knows', async () => {
    const messages = await messagesWhen(
      'ALTER TABLE public.contacts ADD shoe_size integer',
      'ALTER TABLE public.contacts DROP shoe_size',
    );
    expect(messages).toContain('tables: The column contacts.shoe_size is in no model.');
    expect(messages).toMatch(/^drift: .*contacts.shoe_size/m);
  });

  it('a migration is not applied', async () => {
    const second = "migration_name LIKE '%campaigns-modules'";
    const messages = await messagesWhen(
      `UPDATE _prisma_migrations SET rolled_back_at = now() WHERE ${second}`,
      `UPDATE _prisma_migrations SET rolled_back_at = NULL WHERE ${second}`,
      quick,
    );
    expect(messages).toBe(
      'migrations: The migration 20261122194000_add-marketplace-reid-expense-campaigns-modules is pending.',
    );
  });

  it('a table may not be read, or may be although it is declared closed', async () => {
    const messages = await messagesWhen(
      'REVOKE SELECT ON public.listings FROM lotline_app; GRANT SELECT ON public.system_alerts TO lotline_app',
      'GRANT SELECT ON public.listings TO lotline_app; REVOKE SELECT ON public.system_alerts FROM lotline_app',
      [reading],
    );
    expect(messages.split('\n')).toEqual([
      'reading: SystemAlert (system_alerts) can be read by the application role, which is declared not to.',
      'reading: Listing (listings) cannot be read through the generated client: permission denied',
    ]);
  });

  it('an enum that no column has', async () => {
    const messages = await messagesWhen(
      "CREATE TYPE public.mood AS ENUM ('FINE')",
      'DROP TYPE public.mood',
      quick,
    );
    expect(messages).toContain('enums: No column has the enum mood.');
  });

  it('the database cannot be reached', async () => {
    const urls = { ...db.urls, app: db.urls.app.replace('test-only', 'wrong') };
    const report = await runSteps([reading], { ...context, database: { kind: 'external', urls } });
    expect(report.issues).toHaveLength(1);
  });
});
