import type { Db } from '../../db.ts';
import type { ActivityLog } from '../../generated/prisma/client.ts';
import { type Page, type PageRequest, pageOf, readCursor } from './keyset.ts';

export interface ActivityFilter extends PageRequest {
  /** e.g. `Deal`, as it was recorded */
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
  const after = readCursor(filter.cursor);
  const rows = await db.$queryRaw<{ id: string; at: string }[]>`
    SELECT id, created_at::text AS at FROM activity_logs
    WHERE (${filter.resourceType ?? null}::text IS NULL OR resource_type = ${filter.resourceType ?? null}::text)
      AND (${filter.resourceId ?? null}::uuid IS NULL OR resource_id = ${filter.resourceId ?? null}::uuid)
      AND (${filter.userId ?? null}::uuid IS NULL OR user_id = ${filter.userId ?? null}::uuid)
      AND (${filter.from ?? null}::timestamptz IS NULL OR created_at >= ${filter.from ?? null}::timestamptz)
      AND (${filter.to ?? null}::timestamptz IS NULL OR created_at < ${filter.to ?? null}::timestamptz)
      AND (${after?.at ?? null}::text IS NULL
        OR (created_at, id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY created_at DESC, id DESC LIMIT ${filter.limit + 1}::integer`;
  return pageOf(rows, filter.limit, async (ids) => {
    const found = await db.activityLog.findMany({
      where: { id: { in: ids } },
      include: { actor: { select: { user: { select: { name: true } } } } },
    });
    return found.map(({ actor, ...entry }) => ({ ...entry, actorName: actor?.user?.name ?? null }));
  });
}
