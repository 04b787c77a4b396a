import { LotlineError } from '../../errors.ts';
import { adminDemoRows, adminPlatformRows } from '../admin/index.ts';
import { aiPlatformRows, aiRows } from '../ai/index.ts';
import { analyticsRows, platformMetricRows } from '../analytics/index.ts';
import { campaignRows } from '../campaigns/index.ts';
import { contentRows } from '../content/index.ts';
import { crmRows } from '../crm/index.ts';
import { categoryIds, expenseRows } from '../expense-tax/index.ts';
import { idsByName, marketplaceRows, recountCatalogue, seedCatalogue } from '../marketplace/index.ts';
import { ensureOffices, ensurePlatform } from '../organizations/index.ts';
import { reidRows } from '../reid/index.ts';
import {
  addCount,
  Calendar,
  insertBatches,
  type Office,
  type SeedClient,
  type SeedCounts,
} from '../seeding/index.ts';
import { transactionRows } from '../transactions/index.ts';
import { workspaceRows } from '../workspace/index.ts';

export type { SeedClient, SeedCounts } from '../seeding/index.ts';
export { exemptTables, tenantStores } from './stores.ts';

export interface SeedResult {
  /** False when everything was there already. */
  readonly changed: boolean;
  readonly inserted: number;
  /** Per table, in the order of seeding. */
  readonly tables: SeedCounts;
}

export interface SeedOptions {
  /** The day that dates are counted from, `YYYY-MM-DD` in UTC; default: yesterday, so that nothing past lies ahead. */
  readonly today?: string;
}

/**
 * Seeds what the platform needs: its organization with operators, the marketplace's catalogue, AI tools, example
 * conversations, feature flags, and the system categories of every organization that lacks some.
 *
 * One transaction under an advisory lock, so that two runs follow each other; repeated runs insert only what is missing
 * and change nothing else.
 * @param client a connection of its own, as lotline_platform, outside a transaction
 * @throws LotlineError `SEED_ROLE` when the role is another
 */
export function seedPlatform(client: SeedClient): Promise<SeedResult> {
  return seeding(client, async (counts) => {
    const { organizationId, operators } = await ensurePlatform(client, counts);
    await seedCatalogue(client, organizationId, counts);
    await insertAll(client, counts, [...aiPlatformRows(), ...adminPlatformRows(operators[0]!)]);
    // Organizations that are older than the expense module have not met its trigger.
    const added = await client.query(
      'SELECT coalesce(sum(app.seed_organization(id)), 0)::integer AS added FROM public.organizations',
    );
    addCount(counts, 'expense_categories', 0, added.rows[0]!.added as number);
  });
}

/**
 * Seeds two demo brokerages with rows in every table of a tenant. Seeds the platform first where that is missing.
 * Transaction, repetition and role as in {@link seedPlatform}.
 * @throws LotlineError `SEED_ROLE`; `SEED_CONFLICT` when a demo address belongs to somebody else
 */
export async function seedDemo(client: SeedClient, options: SeedOptions = {}): Promise<SeedResult> {
  return seeding(client, async (counts) => {
    const { organizationId: publisher, operators } = await ensurePlatform(client, {});
    await seedCatalogue(client, publisher, {});
    const ids = {
      tools: await idsByName(client, 'marketplace_tools', publisher),
      bundles: await idsByName(client, 'marketplace_bundles', publisher),
    };
    const today =
      options.today ??
      ((await client.query("SELECT ((now() AT TIME ZONE 'UTC')::date - 1)::text AS day")).rows[0]!
        .day as string);
    const calendar = new Calendar(today);

    const offices = await ensureOffices(client, calendar, counts);
    for (const office of offices) {
      await insertAll(client, counts, [
        ...tenantRows(office),
        ...expenseRows(office, await categoryIds(client, office)),
        ...marketplaceRows(office, ids, operators[2]!),
      ]);
    }
    await insertAll(client, counts, [
      ...adminDemoRows(offices, operators, calendar),
      ...platformMetricRows(calendar),
    ]);
    await recountCatalogue(client);
  });
}

/** In an order in which every reference finds its row. */
function tenantRows(office: Office) {
  return [
    ...transactionRows(office),
    ...crmRows(office),
    ...workspaceRows(office),
    ...contentRows(office),
    ...aiRows(office),
    ...analyticsRows(office),
    ...reidRows(office),
    ...campaignRows(office),
  ];
}

async function insertAll(
  client: SeedClient,
  counts: SeedCounts,
  batches: Parameters<typeof insertBatches>[1],
): Promise<void> {
  for (const [table, { rows, inserted }] of Object.entries(await insertBatches(client, batches))) {
    addCount(counts, table, rows, inserted);
  }
}

async function seeding(client: SeedClient, work: (counts: SeedCounts) => Promise<void>): Promise<SeedResult> {
  const tables: SeedCounts = {};
  const { rows } = await client.query('SELECT current_user AS role, app.called_by_platform() AS ours');
  if (!rows[0]!.ours) {
    throw new LotlineError(
      'SEED_ROLE',
      `Seeds cannot run as "${rows[0]!.role}".`,
      'Connect as lotline_platform, whose policies admit rows of every tenant.',
    );
  }
  await client.query('BEGIN');
  try {
    await client.query("SELECT pg_advisory_xact_lock(hashtext('lotline seeds'))");
    await work(tables);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
  const inserted = Object.values(tables).reduce((sum, table) => sum + table.inserted, 0);
  return { changed: inserted > 0, inserted, tables };
}
