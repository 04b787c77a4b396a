/** A tool of the catalogue as its file states it; {@link ../catalogue.ts} adds what all have in common. */
export interface ToolSeed {
  /** 1 to 54, the order of the catalogue; bundles refer to it. */
  readonly number: number;
  readonly name: string;
  readonly category: string;
  readonly tier: 'FREE' | 'STARTER' | 'GROWTH';
  /** Dollars per month; 0 is FREE. */
  readonly price: number;
  readonly tags: readonly string[];
  readonly description: string;
  readonly features: readonly [string, string, string];
}

/** Makes the tools of one category, which share tier and first number. */
export function tools(
  category: string,
  tier: ToolSeed['tier'],
  entries: readonly (readonly [
    number,
    string,
    number,
    readonly string[],
    string,
    readonly [string, string, string],
  ])[],
): ToolSeed[] {
  return entries.map(([number, name, price, tags, description, features]) => ({
    number,
    name,
    category,
    tier,
    price,
    tags,
    description,
    features,
  }));
}
