/** One way to break a rule, and what the check has to say about it. */
export interface Case {
  /** Name of the check. */
  readonly check: string;
  /** What is wrong, to read after "finds". */
  readonly finds: string;
  /** SQL that breaks the rule, on the migrated database; names are written with their schema. */
  readonly breaks: string | ((serverVersion: number) => string);
  readonly object: string;
  /** SQL that mends it, where the finding's remedy holds none between backticks. */
  readonly mend?: string;
}

export const ORG = 'organization_id = (SELECT app.current_organization_id())';
