import { isIP } from 'node:net';
import type { ClientBase, Pool, PoolClient } from 'pg';
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
}

/**
 * Runs `work` as lotline_platform, past all tenants, in one transaction whose first write is the row of
 * `admin_action_logs`: what was done is logged if and only if it was done. What failed is logged as failed, in a
 * transaction of its own; what the staff's role does not allow is too.
 * @throws Refusal `STAFF_ONLY`, and what `work` throws
 */
export async function actAsStaff<T>(
  pool: Pool,
  person: Person,
  deed: StaffDeed,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  try {
    return await inPlatformTransaction(pool, async (client) => {
      await requireStaff(client, person, deed.action);
      await log(client, person, deed, undefined);
      return work(client);
    });
  } catch (error) {
    await log(pool, person, deed, error);
    throw error;
  }
}

/** The role is read anew: it may have been taken away since the request was let in. */
async function requireStaff(client: ClientBase, person: Person, action: StaffAction): Promise<void> {
  const { rows } = await client.query<{ role: Person['platformRole'] }>(
    'SELECT role::text AS role FROM public.users WHERE id = $1 AND is_active AND deleted_at IS NULL FOR SHARE',
    [person.userId],
  );
  const role = rows[0]?.role;
  if (person.via === 'session' && role && staffMay(role, action)) return;
  throw new Refusal(
    'forbidden',
    'STAFF_ONLY',
    'This is for staff of the platform who may do it.',
    'Sign in as a member of the staff with the role for it.',
  );
}

async function log(
  client: ClientBase | Pool,
  person: Person,
  deed: StaffDeed,
  error: unknown,
): Promise<void> {
  const { origin = {} } = deed;
  await client.query(
    `INSERT INTO public.admin_action_logs
       (admin_id, action, description, target_type, target_id, metadata, ip_address, user_agent, success, error)
     VALUES ($1, $2::public.admin_action, $3, $4, $5, $6, $7::inet, left($8, 1000), $9, left($10, 2000))`,
    [
      person.userId,
      deed.action,
      deed.reason,
      deed.targetType,
      deed.targetId,
      JSON.stringify({ reason: deed.reason }),
      origin.ipAddress && isIP(origin.ipAddress) ? origin.ipAddress : null,
      origin.userAgent ?? null,
      error === undefined,
      error === undefined ? null : error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    ],
  );
}
