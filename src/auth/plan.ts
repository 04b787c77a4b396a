import type { Db } from '../db.ts';
import { LIMITS, type Limits, type Tier } from './tiers.ts';

export interface Plan {
  readonly tier: Tier;
  readonly limits: Limits;
}

/** A subscription as far as the plan follows from it. */
export interface SubscriptionFacts {
  readonly status: string;
  readonly tier: string;
  readonly currentPeriodEnd: Date;
  readonly metadata: unknown;
}

/** Days that a period which ended still counts, while a payment may be on its way. */
const GRACE_DAYS = 14;
const FREE: Plan = { tier: 'FREE', limits: LIMITS.FREE };

/**
 * The plan that holds now: that of the subscription, or FREE without one, when it is CANCELLED or INACTIVE, when its period
 * ended more than 14 days ago, or when a TRIAL has ended. For CUSTOM, `metadata.limits` stands over the numbers of the plan.
 */
export function planOf(subscription: SubscriptionFacts | null | undefined, now = Date.now()): Plan {
  if (!subscription) return FREE;
  const { status, currentPeriodEnd } = subscription;
  if (status === 'CANCELLED' || status === 'INACTIVE') return FREE;
  const grace = status === 'TRIAL' ? 0 : GRACE_DAYS * 86_400_000;
  if (currentPeriodEnd.getTime() + grace <= now) return FREE;
  const tier = subscription.tier as Tier;
  const limits = LIMITS[tier];
  return { tier, limits: tier === 'CUSTOM' ? agreed(limits, subscription.metadata) : limits };
}

/** The plan of the tenant that `db` is bound to. */
export async function currentPlan(db: Db): Promise<Plan> {
  return planOf(await db.subscription.findFirst());
}

/** What is no number of 0 or more, null (without limit) where the plan knows that, or a boolean for a feature, is left out. */
function agreed(limits: Limits, metadata: unknown): Limits {
  const given = recordOf(recordOf(metadata).limits);
  const numbers = Object.entries(limits).flatMap(([name, value]) => {
    const own = given[name];
    if (name === 'features' || own === undefined) return [];
    const fits = (typeof own === 'number' && own >= 0) || (own === null && OPEN_ENDED.has(name));
    return fits ? [[name, own ?? null] as const] : [[name, value] as const];
  });
  const features = Object.entries(recordOf(given.features)).filter(
    ([name, on]) => typeof on === 'boolean' && name in limits.features,
  );
  return {
    ...limits,
    ...Object.fromEntries(numbers),
    features: { ...limits.features, ...Object.fromEntries(features) },
  };
}

const OPEN_ENDED = new Set(['seats', 'apiKeys', 'storageBytes', 'contacts', 'activeListings']);

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
