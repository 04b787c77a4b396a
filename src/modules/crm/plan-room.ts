import { currentPlan } from '../../auth/plan.ts';
import { requireRoom } from '../../auth/tiers.ts';
import type { Db } from '../../db.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Plan } from '../../http/index.ts';

const COUNTED = {
  contacts: Prisma.sql`FROM contacts WHERE archived_at IS NULL`,
  activeListings: Prisma.sql`FROM listings WHERE archived_at IS NULL AND status = 'ACTIVE'`,
} as const;

/**
 * Only one transaction of an organization at a time changes how many there are of what a plan counts; held until it ends.
 * It is taken after a lead's row and before rows of contacts and listings.
 */
export async function lockCount(db: Db, what: keyof typeof COUNTED): Promise<void> {
  const name = `crm.${what}:${db.$tenant.organizationId}`;
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}

/**
 * One more contact, or one more active listing. What is archived does not count. Counts no further than the limit, and once
 * in a transaction of many rows: the number stands in a setting that is local to it, goes back with a savepoint as the lock
 * does, and is never too small, since others only take away while the lock is held. Before anything is refused it is counted
 * anew.
 * @param plan as the door found it; looked up where it is not given
 * @throws Refusal `PLAN_LIMIT_REACHED`
 */
export async function requireRoomFor(
  db: Db,
  plan: Plan | undefined,
  what: keyof typeof COUNTED,
): Promise<void> {
  const { limits, tier } = plan ?? (await currentPlan(db));
  const most = limits[what];
  if (most === null) return;
  const setting = `lotline.counted_${what}`;
  const [known] = await db.$queryRaw<{ used: string | null }[]>`
    SELECT CASE WHEN nullif(current_setting(${setting}, true), '')::bigint < ${most}
      THEN set_config(${setting}, (current_setting(${setting})::bigint + 1)::text, true) END AS used`;
  if (known?.used) return;
  await lockCount(db, what);
  const [row] = await db.$queryRaw<{ used: number }[]>`
    SELECT count(*)::integer AS used FROM (SELECT ${COUNTED[what]} LIMIT ${most}) AS counted`;
  requireRoom(limits, tier, what, row!.used);
  await db.$queryRaw`SELECT set_config(${setting}, ${String(row!.used + 1)}, true)`;
}
