import type { Db } from '../db.ts';

/** Values of a record by Prisma field. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * The rules of a model where the data API alone would let nonsense in. Each runs in the transaction of the write, before
 * it, for single and bulk writes alike; it gives the values to write (with what follows from them) or throws a Refusal.
 * `db` is that transaction, bound to the tenant.
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
  readonly create?: (db: Db, values: Values) => Promise<Values>;
  readonly update?: (db: Db, before: Values, changes: Values) => Promise<Values>;
  readonly remove?: (db: Db, before: Values) => Promise<void>;
  /** After the write, in the same transaction: what follows in other tables. */
  readonly written?: (db: Db, after: Values, before: Values | undefined) => Promise<void>;
}
