import type { Limits, Tier } from '../auth/tiers.ts';
import type { Db } from '../db.ts';

/** Values of a record by Prisma field, as Prisma has them: Date, Decimal, bigint, Uint8Array. */
export type Values = Readonly<Record<string, unknown>>;

/** What the plan of the organization allows, for rules that count. */
export interface Plan {
  readonly limits: Limits;
  readonly tier: Tier;
}

/**
 * The rules of a model where the data API alone would let nonsense in. Each runs in the transaction of the write, before
 * it, for single and bulk writes alike; it gives the values to write (with what follows from them) or throws a Refusal.
 * `db` is that transaction, bound to the tenant; `plan` is that of the principal (`who.limits`, `who.tier`).
 */
export interface ModelRules {
  /** Prisma's name of the model. */
  readonly model: string;
  /** Fields that callers may not write, with the reason and the way that is open instead. */
  readonly closed?: Readonly<Record<string, string>>;
  /** Required fields that `create` fills where the caller leaves them out, besides the closed ones. */
  readonly fills?: readonly string[];
  /**
   * The `create` of a row looks at the rows before it: where one request brings many, each is prepared after the one
   * before it is written. Otherwise all may be prepared first.
   */
  readonly sequential?: true;
  /** Prevents a kind of write altogether, with the way that is open instead. */
  readonly refuses?: Partial<Record<'create' | 'update' | 'delete', string>>;
  /** The data API always gives the plan; a module that calls its own rule may leave it out where the rule counts nothing. */
  create?(db: Db, values: Values, plan?: Plan): Promise<Values>;
  update?(db: Db, before: Values, changes: Values, plan?: Plan): Promise<Values>;
  readonly remove?: (db: Db, before: Values) => Promise<void>;
  /** After the write, in the same transaction: what follows in other tables. */
  readonly written?: (db: Db, after: Values, before: Values | undefined) => Promise<void>;
}
