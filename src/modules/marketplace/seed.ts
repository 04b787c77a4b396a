import { type Batch, batch, keyed, type Office, officeId, type SeedClient } from '../seeding/index.ts';
import { BUNDLES, bundlePrice } from './bundles.ts';
import { TOOLS } from './catalogue.ts';

/** Ids of tools and bundles by name. */
export interface CatalogueIds {
  readonly tools: ReadonlyMap<string, string>;
  readonly bundles: ReadonlyMap<string, string>;
}

const REVIEWS = [
  {
    tool: 'Listing Description Generator',
    agent: 0,
    rating: 5,
    status: 'APPROVED',
    title: 'Saves me an hour a day',
    text: 'I change two sentences and it is done.',
  },
  {
    tool: 'Lead Scoring Engine',
    agent: 1,
    rating: 4,
    status: 'APPROVED',
    title: 'Good order of calls',
    text: 'Scores made sense after the second week.',
  },
  {
    tool: 'Booking Agent',
    agent: 2,
    rating: 3,
    status: 'PENDING',
    title: null,
    text: 'Works, but it could know our holidays.',
  },
  {
    tool: 'Calendar Integration',
    agent: 0,
    rating: 2,
    status: 'FLAGGED',
    title: 'Not for us',
    text: 'We use paper.',
  },
] as const;

/** Purchases, a cart and reviews. @param trial an office on the STARTER trial buys less */
export function marketplaceRows(office: Office, ids: CatalogueIds, moderator: string): Batch[] {
  const { calendar, members } = office;
  const grown = office.slug === 'quillmarsh-realty';
  const bundle = grown ? 'Market Intelligence Bundle' : 'Transaction Management Bundle';
  const purchases = [
    purchase(office, ids, 'renewed', { tool: 'Listing Description Generator', from: -60, status: 'EXPIRED' }),
    purchase(office, ids, 'cancelled', { tool: 'Lead Scoring Engine', from: -20, status: 'CANCELLED' }),
    purchase(office, ids, 'bundle', { bundle, from: -10, status: 'ACTIVE' }),
    purchase(office, ids, 'free', { tool: 'Universal Assistant', from: -50, status: 'ACTIVE' }),
    purchase(office, ids, 'unpaid', { tool: 'Booking Agent', from: -1, status: 'PENDING' }),
  ];
  return [
    batch('marketplace_purchases', purchases),
    // After the period that it renews: within one statement the order of rows is not certain.
    batch('marketplace_purchases', [
      purchase(office, ids, 'running', {
        tool: 'Listing Description Generator',
        from: -30,
        status: 'ACTIVE',
        renews: 'renewed',
      }),
    ]),
    batch('marketplace_cart', [
      {
        ...keyed(office, 'cart', 0),
        user_id: members.agents[0],
        item_type: 'TOOL',
        tool_id: ids.tools.get('Virtual Staging AI')!,
        bundle_id: null,
        quantity: 1,
      },
      {
        ...keyed(office, 'cart', 1),
        user_id: members.admin,
        item_type: 'BUNDLE',
        tool_id: null,
        bundle_id: ids.bundles.get('Lead Generation Pro Bundle')!,
        quantity: 1,
      },
    ]),
    batch(
      'marketplace_reviews',
      REVIEWS.map(({ tool, agent, rating, status, title, text }) => ({
        ...keyed(office, 'review', tool),
        tool_id: ids.tools.get(tool)!,
        user_id: members.agents[agent]!,
        rating,
        title,
        review: text,
        status,
        flagged_count: status === 'FLAGGED' ? 1 : 0,
        moderated_at: status === 'APPROVED' ? calendar.at(-2, 10) : null,
        moderated_by_id: status === 'APPROVED' ? moderator : null,
        created_at: calendar.at(-5, 10),
      })),
    ),
  ];
}

interface Bought {
  readonly tool?: string;
  readonly bundle?: string;
  /** Day of purchase; a period has thirty days. */
  readonly from: number;
  readonly status: 'ACTIVE' | 'EXPIRED' | 'CANCELLED' | 'PENDING';
  readonly renews?: string;
}

function purchase(office: Office, ids: CatalogueIds, key: string, bought: Bought) {
  const { calendar, members } = office;
  const name = (bought.tool ?? bought.bundle)!;
  const amount = bought.tool
    ? TOOLS.find((tool) => tool.name === name)!.price
    : bundlePrice(BUNDLES.find((bundle) => bundle.name === name)!, TOOLS);
  const pending = bought.status === 'PENDING';
  const recurring = amount > 0;
  const start = calendar.at(bought.from, 12);
  return {
    ...keyed(office, 'purchase', key),
    user_id: members.admin,
    purchase_type: bought.tool ? 'TOOL' : 'BUNDLE',
    tool_id: bought.tool ? ids.tools.get(name)! : null,
    bundle_id: bought.bundle ? ids.bundles.get(name)! : null,
    item_name: name,
    price_model: recurring ? 'MONTHLY' : 'FREE',
    amount,
    currency: 'USD',
    payment_method: 'CREDIT_CARD',
    payment_status: pending ? 'PENDING' : 'SUCCEEDED',
    is_subscription: recurring,
    subscription_start: recurring && !pending ? start : null,
    // The running period ends in two days, so that the seeds show a renewal that is due.
    subscription_end:
      recurring && !pending ? calendar.at(bought.from + (bought.status === 'ACTIVE' ? 32 : 30), 12) : null,
    auto_renew: recurring && bought.status === 'ACTIVE',
    renews_purchase_id: bought.renews ? officeId(office, 'purchase', bought.renews) : null,
    status: bought.status,
    activated_at: pending ? null : start,
    cancelled_at: bought.status === 'CANCELLED' ? calendar.at(-3, 9) : null,
    usage_count: pending ? 0 : 40 - bought.from,
    last_used_at: pending ? null : calendar.at(-1, 16),
    purchase_date: start,
    created_at: start,
  };
}

/** Recounts purchases and reviews of the whole catalogue, as the platform's job does. Changes only what differs. */
export async function recountCatalogue(client: SeedClient): Promise<void> {
  await client.query(`
    UPDATE public.marketplace_tools AS tool
    SET purchase_count = found.purchases, review_count = found.reviews, avg_rating = found.rating
    FROM (
      SELECT t.id,
        (SELECT count(*)::integer FROM public.marketplace_purchases AS p WHERE p.tool_id = t.id AND p.activated_at IS NOT NULL) AS purchases,
        (SELECT count(*)::integer FROM public.marketplace_reviews AS r WHERE r.tool_id = t.id AND r.status = 'APPROVED') AS reviews,
        (SELECT round(avg(r.rating), 2) FROM public.marketplace_reviews AS r WHERE r.tool_id = t.id AND r.status = 'APPROVED') AS rating
      FROM public.marketplace_tools AS t
    ) AS found
    WHERE found.id = tool.id
      AND (tool.purchase_count, tool.review_count, tool.avg_rating) IS DISTINCT FROM (found.purchases, found.reviews, found.rating)`);
  await client.query(`
    UPDATE public.marketplace_bundles AS bundle SET purchase_count = found.purchases
    FROM (
      SELECT b.id, (SELECT count(*)::integer FROM public.marketplace_purchases AS p WHERE p.bundle_id = b.id AND p.activated_at IS NOT NULL) AS purchases
      FROM public.marketplace_bundles AS b
    ) AS found
    WHERE found.id = bundle.id AND bundle.purchase_count <> found.purchases`);
}
