import type { Db } from '../../db.ts';
import type { Plan } from '../../http/index.ts';
import { tenancyError } from '../../tenancy/index.ts';
import type { Asker } from './statement.ts';

/** Asks one statement; every column is text or null. */
export type Ask = (sql: string, values: readonly (string | null)[]) => Promise<(string | null)[][]>;

/** A statement alone, in one round trip. A client that is bound to no tenant, such as staff's, asks as in a transaction. */
export function asking(db: Db): Ask {
  if (!('$read' in db)) return askingIn(db);
  return (sql, values) => db.$read(sql, values) as Promise<(string | null)[][]>;
}

/** A statement within a transaction. A plain client's errors become those of a bound one. */
export function askingIn(tx: Db): Ask {
  return async (sql, values) => {
    const asked = tx.$queryRawUnsafe<Record<string, string | null>[]>(sql, ...values);
    const rows = await asked.catch((error) => {
      throw tenancyError(error);
    });
    return rows.map((row) => Object.values(row));
  };
}

/** One request to the data API, resolved. */
export interface DataCall {
  readonly db: Db;
  readonly asker: Asker;
  /** Path and query as they were asked for. */
  readonly url: string;
  readonly header: (name: string) => string | undefined;
  /** Rows that one bulk request may hold. */
  readonly bulkRows: number;
  /** What rules that count go by; absent for staff, whom no plan limits. */
  readonly plan: Plan | undefined;
  readonly signal: AbortSignal;
}
