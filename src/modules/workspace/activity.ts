import type { Db } from '../../db.ts';
import { type ActivityLog, Prisma } from '../../generated/prisma/client.ts';
import { type Page, type PageRequest, pageOf, readCursor } from './keyset.ts';

export interface ActivityFilter extends PageRequest {
  /** `deal`, `email_campaign`: as it was recorded. */
  readonly resourceType?: string | undefined;
  readonly resourceId?: string | undefined;
  readonly userId?: string | undefined;
  /** From this moment on. */
  readonly from?: Date | undefined;
  /** Before this moment. */
  readonly to?: Date | undefined;
}

export type Entry = ActivityLog & {
  /** Who did it, by the name they have now; null for the system, or for who gave no name. */
  readonly actorName: string | null;
};

/** The activity log of the organization, newest first. Those who have left keep their names. */
export async function activityPage(db: Db, filter: ActivityFilter): Promise<Page<Entry>> {
  const { at, id } = readCursor(filter.cursor);
  const rows = await db.$queryRaw<{ id: string; at: string }[]>`
    SELECT id, created_at::text AS at FROM activity_logs
    WHERE ${Prisma.join(conditionsOf(filter), ' AND ')} AND (created_at, id) < (${at}::timestamptz, ${id}::uuid)
    ORDER BY created_at DESC, id DESC LIMIT ${filter.limit + 1}::integer`;
  return pageOf(rows, filter.limit, async (ids) => {
    const found = await db.activityLog.findMany({
      where: { id: { in: ids } },
      include: { actor: { select: { user: { select: { name: true } } } } },
    });
    return found.map(({ actor, ...entry }) => ({ ...entry, actorName: actor?.user?.name ?? null }));
  });
}

/** Only what is asked for, so that each question finds the index that was made for it. */
function conditionsOf({ resourceType, resourceId, userId, from, to }: ActivityFilter): Prisma.Sql[] {
  return [
    Prisma.sql`true`,
    ...(resourceType === undefined ? [] : [Prisma.sql`resource_type = ${resourceType}`]),
    ...(resourceId === undefined ? [] : [Prisma.sql`resource_id = ${resourceId}::uuid`]),
    ...(userId === undefined ? [] : [Prisma.sql`user_id = ${userId}::uuid`]),
    ...(from === undefined ? [] : [Prisma.sql`created_at >= ${from}::timestamptz`]),
    ...(to === undefined ? [] : [Prisma.sql`created_at < ${to}::timestamptz`]),
  ];
}
