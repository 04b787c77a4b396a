import type { ToolSeed } from './tools/tool.ts';

export interface BundleSeed {
  readonly name: string;
  readonly description: string;
  /** Percent off the sum of the single prices. */
  readonly discount: number;
  readonly tier: 'STARTER' | 'GROWTH';
  /** Numbers of the tools, in the order of display. */
  readonly tools: readonly number[];
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** The five bundles with 83 items in all. */
export const BUNDLES: readonly BundleSeed[] = [
  {
    name: 'Lead Generation Pro Bundle',
    description: 'Everything from the first visit to a qualified client.',
    discount: 20,
    tier: 'STARTER',
    tools: range(1, 8),
  },
  {
    name: 'Listing Domination Bundle',
    description: 'Texts, pictures, staging and tours that make a listing stand out, and the buyers for it.',
    discount: 25,
    tier: 'STARTER',
    tools: range(9, 15),
  },
  {
    name: 'Market Intelligence Bundle',
    description: 'Market data, forecasts, valuations and returns for offices that advise investors.',
    discount: 25,
    tier: 'GROWTH',
    tools: range(16, 23),
  },
  {
    name: 'Transaction Management Bundle',
    description: 'Contracts, documents, deadlines, compliance and the money at the end.',
    discount: 15,
    tier: 'STARTER',
    tools: range(24, 29),
  },
  {
    name: 'Complete Real Estate Suite',
    description: 'All tools of the platform, including those that are announced, as soon as they start.',
    discount: 35,
    tier: 'GROWTH',
    tools: range(1, 54),
  },
];

/**
 * Dollars per month of a bundle: the sum of its tools’ prices less the discount, rounded to cents. All tools of a
 * bundle have the same price model; FREE ones may be among them and add nothing.
 */
export function bundlePrice(bundle: BundleSeed, tools: readonly ToolSeed[]): number {
  const sumCents = bundle.tools.reduce((sum, number) => sum + Math.round(tools[number - 1]!.price * 100), 0);
  return Math.round((sumCents * (100 - bundle.discount)) / 100) / 100;
}
