/** One way to break a rule, and what the check has to say about it. */
export interface Case {
  /** What is wrong, to read after "finds". */
  readonly finds: string;
  /** SQL before, where the migrated database does not keep the rule without it. */
  readonly first?: string;
  /** SQL that breaks the rule, on the migrated database; names are written with their schema. */
  readonly breaks: string | ((serverVersion: number) => string);
  readonly object: string;
  /** SQL that mends it, where the finding's remedy holds none between backticks. */
  readonly mend?: string;
  /** The first release of PostgreSQL that knows what the case breaks. */
  readonly since?: number;
}

export const ORG = 'organization_id = (SELECT app.current_organization_id())';

/** A further policy on a table, and its end. */
export const select = (condition: string) =>
  `CREATE POLICY extra ON public.leads FOR SELECT TO lotline_app USING (${condition})`;
export const DROP = 'DROP POLICY extra ON public.leads';

/** A function of the owner's that reads rows; `options` stand before its body. */
export const peek = (
  options: string,
) => `CREATE FUNCTION app.peek() RETURNS bigint LANGUAGE sql STABLE ${options} AS 'SELECT count(*) FROM public.leads';
  REVOKE EXECUTE ON FUNCTION app.peek() FROM PUBLIC; ALTER FUNCTION app.peek() OWNER TO lotline_owner;`;
