import { isIP } from 'node:net';
import type { Pool, PoolClient } from 'pg';
import { Refusal } from '../errors.ts';
import type { Origin, Person } from './principal.ts';
import { type StaffAction, staffMay } from './staff-permissions.ts';
import { inPlatformTransaction } from './transaction.ts';

export interface StaffDeed {
  readonly action: StaffAction;
  /** 1 to 100 characters each; `targetId` is a uuid or an external id. */
  readonly targetType: string;
  readonly targetId: string;
  /** Why, 1 to 2,000 characters. */
  readonly reason: string;
  readonly origin?: Origin;
  /** Kept beside the reason in `metadata`, however the deed ends. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Adds to what is kept of a deed that succeeds: `{before, after}`, or the id of what was made. */
export type Note = (more: { readonly targetId?: string; readonly [detail: string]: unknown }) => void;

type Row = Record<string, unknown>;

/** The database as lotline_platform, by whichever client. */
export interface StaffDatabase<Tx> {
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One statement, in the transaction or, without one, alone. */
  query(tx: Tx | undefined, sql: string, values: readonly unknown[]): Promise<readonly Row[]>;
}

export function staffPool(pool: Pool): StaffDatabase<PoolClient> {
  return {
    transaction: (work) => inPlatformTransaction(pool, work),
    query: async (client, sql, values) => (await (client ?? pool).query<Row>(sql, [...values])).rows,
  };
}

/**
 * Runs `work` as lotline_platform, past all tenants, in one transaction whose last write is the row of
 * `admin_action_logs`: what was done is logged if and only if it was done. What failed is logged as failed, in a
 * transaction of its own; what the staff's role does not allow is too.
 * @throws Refusal `STAFF_ONLY`, and what `work` throws
 */
export async function actAsStaff<T, Tx>(
  database: StaffDatabase<Tx>,
  person: Person,
  deed: StaffDeed,
  work: (tx: Tx, note: Note) => Promise<T>,
): Promise<T> {
  try {
    return await database.transaction(async (tx) => {
      await requireStaff(database, tx, person, deed.action);
      let targetId = deed.targetId;
      let details = deed.details ?? {};
      const result = await work(tx, ({ targetId: named, ...more }) => {
        targetId = named ?? targetId;
        details = { ...details, ...more };
      });
      await log(database, tx, person, { ...deed, targetId, details }, undefined);
      return result;
    });
  } catch (error) {
    await log(database, undefined, person, deed, error);
    throw error;
  }
}

/** The role is read anew, and held until the end: it may have been taken away since the request was let in. */
async function requireStaff<Tx>(
  database: StaffDatabase<Tx>,
  tx: Tx,
  person: Person,
  action: StaffAction,
): Promise<void> {
  const [row] = await database.query(
    tx,
    'SELECT role::text AS role FROM public.users WHERE id = $1::uuid AND is_active AND deleted_at IS NULL FOR SHARE',
    [person.userId],
  );
  const role = row?.role as Person['platformRole'] | undefined;
  if (person.via === 'session' && role && staffMay(role, action)) return;
  throw staffOnly();
}

export function staffOnly(): Refusal {
  return new Refusal(
    'forbidden',
    'STAFF_ONLY',
    'This is for staff of the platform who may do it.',
    'Sign in as a member of the staff with the role for it.',
  );
}

async function log<Tx>(
  database: StaffDatabase<Tx>,
  tx: Tx | undefined,
  person: Person,
  deed: StaffDeed,
  error: unknown,
): Promise<void> {
  const { origin = {} } = deed;
  await database.query(
    tx,
    `INSERT INTO public.admin_action_logs
       (admin_id, action, description, target_type, target_id, metadata, ip_address, user_agent, success, error)
     VALUES ($1::uuid, $2::public.admin_action, $3, $4, $5, $6::jsonb, $7::inet, left($8, 1000), $9::boolean, left($10, 2000))
     RETURNING id`,
    [
      person.userId,
      deed.action,
      deed.reason,
      deed.targetType,
      deed.targetId,
      JSON.stringify({ ...deed.details, reason: deed.reason }),
      origin.ipAddress && isIP(origin.ipAddress) ? origin.ipAddress : null,
      origin.userAgent ?? null,
      error === undefined,
      error === undefined ? null : error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    ],
  );
}
