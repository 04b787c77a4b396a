import {
  addCount,
  batch,
  insertBatches,
  naturalId,
  type SeedClient,
  type SeedCounts,
} from '../seeding/index.ts';
import { BUNDLES, bundlePrice } from './bundles.ts';
import { DAILY_TOOLS } from './tools/daily-work.ts';
import { GROWTH_TOOLS } from './tools/growth.ts';
import { INTELLIGENCE_TOOLS } from './tools/intelligence.ts';
import { LEAD_TOOLS } from './tools/leads.ts';
import { LISTING_TOOLS } from './tools/listings.ts';
import type { ToolSeed } from './tools/tool.ts';
import { TRANSACTION_TOOLS } from './tools/transactions.ts';

/** The 54 tools in the order of their numbers. */
export const TOOLS: readonly ToolSeed[] = [
  ...LEAD_TOOLS,
  ...LISTING_TOOLS,
  ...INTELLIGENCE_TOOLS,
  ...TRANSACTION_TOOLS,
  ...DAILY_TOOLS,
  ...GROWTH_TOOLS,
].sort((a, b) => a.number - b.number);

const FEATURED = [1, 9, 16, 24];
const POPULAR = [1, 2, 9, 16, 30, 45, 52];
/** Shown with their prices, not yet on sale: both wait for a partner. */
const COMING = [42, 47];
const INTEGRATION: Record<number, string> = {
  19: 'API',
  42: 'API',
  47: 'API',
  31: 'WEBHOOK',
  5: 'N8N_WORKFLOW',
  48: 'N8N_WORKFLOW',
  49: 'N8N_WORKFLOW',
};

/**
 * Publishes tools and bundles for the platform's organization; what is there under the same name stays as it is,
 * prices included. Bundle prices are computed from the seeded tool prices.
 */
export async function seedCatalogue(
  client: SeedClient,
  publisher: string,
  counts: SeedCounts,
): Promise<void> {
  const published_at = '2026-01-01T00:00:00Z';
  await insert(
    client,
    counts,
    'marketplace_tools',
    TOOLS.map((tool) => ({
      id: naturalId('tool', tool.name),
      organization_id: publisher,
      name: tool.name,
      description: tool.description,
      category: tool.category,
      tags: tool.tags,
      price_model: tool.price === 0 ? 'FREE' : 'MONTHLY',
      price_amount: tool.price,
      currency: 'USD',
      required_tier: tool.tier,
      features: tool.features,
      tech_stack: [],
      integration_type: INTEGRATION[tool.number] ?? 'NATIVE',
      status: COMING.includes(tool.number) ? 'COMING_SOON' : 'ACTIVE',
      is_featured: FEATURED.includes(tool.number),
      is_popular: POPULAR.includes(tool.number),
      provider: 'Internal',
      images: [],
      version: '1.0.0',
      published_at,
    })),
  );
  await insert(
    client,
    counts,
    'marketplace_bundles',
    BUNDLES.map((bundle) => ({
      id: naturalId('bundle', bundle.name),
      organization_id: publisher,
      name: bundle.name,
      description: bundle.description,
      price_model: 'MONTHLY',
      price_amount: bundlePrice(bundle, TOOLS),
      currency: 'USD',
      discount_percent: bundle.discount,
      required_tier: bundle.tier,
      status: 'ACTIVE',
      is_featured: bundle.tools.length === TOOLS.length,
      is_popular: false,
      images: [],
      published_at,
    })),
  );

  // By name, because a tool may have been there before under another id.
  const toolIds = await idsByName(client, 'marketplace_tools', publisher);
  const bundleIds = await idsByName(client, 'marketplace_bundles', publisher);
  const items = BUNDLES.flatMap((bundle) =>
    bundle.tools.map((number, position) => {
      const tool = TOOLS[number - 1]!;
      return {
        id: naturalId('bundle-item', bundle.name, tool.name),
        organization_id: publisher,
        bundle_id: bundleIds.get(bundle.name)!,
        tool_id: toolIds.get(tool.name)!,
        position,
      };
    }),
  );
  await insert(client, counts, 'marketplace_bundle_items', items);
}

/** Ids of a publisher's tools or bundles by their names. */
export async function idsByName(
  client: SeedClient,
  table: 'marketplace_tools' | 'marketplace_bundles',
  publisher: string,
): Promise<Map<string, string>> {
  const { rows } = await client.query(`SELECT name, id FROM public.${table} WHERE organization_id = $1`, [
    publisher,
  ]);
  return new Map(rows.map((row) => [row.name as string, row.id as string]));
}

async function insert(
  client: SeedClient,
  counts: SeedCounts,
  table: string,
  rows: Parameters<typeof batch>[1],
): Promise<void> {
  const done = (await insertBatches(client, [batch(table, rows)]))[table]!;
  addCount(counts, table, done.rows, done.inserted);
}
