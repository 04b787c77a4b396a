import type { Db } from '../db.ts';

/** Values of a record by Prisma field, as Prisma has them: Date, Decimal, bigint, Uint8Array. */
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
  /** Prevents a kind of write altogether, with the way that is open instead. */
  readonly refuses?: Partial<Record<'create' | 'update' | 'delete', string>>;
  readonly create?: (db: Db, values: Values) => Promise<Values>;
  readonly update?: (db: Db, before: Values, changes: Values) => Promise<Values>;
  readonly remove?: (db: Db, before: Values) => Promise<void>;
  /** After the write, in the same transaction: what follows in other tables. */
  readonly written?: (db: Db, after: Values, before: Values | undefined) => Promise<void>;
}
