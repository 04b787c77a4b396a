import { Refusal } from '../errors.ts';

/** Plans in rank order, as the enum of the schema has them. */
export const TIERS = ['FREE', 'CUSTOM', 'STARTER', 'GROWTH', 'ELITE', 'ENTERPRISE'] as const;
export type Tier = (typeof TIERS)[number];

/** What a plan limits. Null is without limit. */
export interface Limits {
  /** Members who have not left. */
  readonly seats: number | null;
  readonly apiKeys: number | null;
  /** Requests a minute and organization, over all its keys and people. */
  readonly requestsPerMinute: number;
  /** Rows in one bulk request. */
  readonly bulkRows: number;
  /** Bytes of all files. */
  readonly storageBytes: number | null;
  /** Bytes of one file. */
  readonly fileBytes: number;
  readonly contacts: number | null;
  readonly activeListings: number | null;
  readonly features: {
    readonly activityLog: boolean;
    readonly leadScoring: boolean;
    readonly signatureRequests: boolean;
  };
}

const MB = 1024 ** 2;
const GB = 1024 ** 3;

const features = (activityLog: boolean, leadScoring: boolean, signatureRequests: boolean) => ({
  activityLog,
  leadScoring,
  signatureRequests,
});

/**
 * The one table of what each plan allows. CUSTOM is agreed with the customer and written into the subscription's metadata
 * (`limits`), over the numbers given here.
 */
export const LIMITS: Readonly<Record<Tier, Limits>> = {
  FREE: {
    seats: 2,
    apiKeys: 1,
    requestsPerMinute: 120,
    bulkRows: 1_000,
    storageBytes: 500 * MB,
    fileBytes: 10 * MB,
    contacts: 500,
    activeListings: 25,
    features: features(false, false, false),
  },
  CUSTOM: {
    seats: 25,
    apiKeys: 10,
    requestsPerMinute: 1_200,
    bulkRows: 25_000,
    storageBytes: 50 * GB,
    fileBytes: 50 * MB,
    contacts: null,
    activeListings: null,
    features: features(true, true, true),
  },
  STARTER: {
    seats: 10,
    apiKeys: 3,
    requestsPerMinute: 600,
    bulkRows: 10_000,
    storageBytes: 10 * GB,
    fileBytes: 25 * MB,
    contacts: 10_000,
    activeListings: 250,
    features: features(true, true, true),
  },
  GROWTH: {
    seats: 50,
    apiKeys: 10,
    requestsPerMinute: 1_800,
    bulkRows: 25_000,
    storageBytes: 100 * GB,
    fileBytes: 50 * MB,
    contacts: 100_000,
    activeListings: 2_500,
    features: features(true, true, true),
  },
  ELITE: {
    seats: 250,
    apiKeys: 50,
    requestsPerMinute: 6_000,
    bulkRows: 100_000,
    storageBytes: 1024 * GB,
    fileBytes: 100 * MB,
    contacts: null,
    activeListings: null,
    features: features(true, true, true),
  },
  ENTERPRISE: {
    seats: null,
    apiKeys: null,
    requestsPerMinute: 30_000,
    bulkRows: 100_000,
    storageBytes: null,
    fileBytes: 250 * MB,
    contacts: null,
    activeListings: null,
    features: features(true, true, true),
  },
};

export type Feature = keyof Limits['features'];
export type CountedLimit = 'seats' | 'apiKeys' | 'storageBytes' | 'contacts' | 'activeListings';

/** @throws Refusal `FEATURE_NOT_IN_PLAN` */
export function requireFeature(limits: Limits, tier: Tier, feature: Feature): void {
  if (limits.features[feature]) return;
  const first = TIERS.find((t) => LIMITS[t].features[feature]);
  throw new Refusal(
    'limit',
    'FEATURE_NOT_IN_PLAN',
    `The plan ${tier} does not include "${feature}".`,
    first ? `Change to the plan ${first} or a higher one.` : 'Ask for a plan that includes it.',
  );
}

/**
 * Refuses what would exceed the plan. `used` is what there is before, in the same transaction as the write and after
 * a lock, or two writers at once would both fit.
 * @throws Refusal `PLAN_LIMIT_REACHED`
 */
export function requireRoom(limits: Limits, tier: Tier, limit: CountedLimit, used: number, added = 1): void {
  const most = limits[limit];
  if (most === null || used + added <= most) return;
  throw new Refusal(
    'limit',
    'PLAN_LIMIT_REACHED',
    `The plan ${tier} allows ${most.toLocaleString('en-US')} ${limit}; ${used.toLocaleString('en-US')} are in use.`,
    'Remove some, or change to a higher plan.',
  );
}
