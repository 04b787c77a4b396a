import { type Adjustments, type OrgRole, type Permission, permissionsOf } from '../auth/permissions.ts';
import type { Principal } from '../auth/principal.ts';
import type { Db } from '../db.ts';
import { TenancyError } from '../tenancy/index.ts';

/**
 * What a member may now: what the stream was opened with, as far as the membership still gives it; undefined where it has
 * ended, the account is closed or the organization archived. It knows nothing of keys and sessions.
 */
export async function stillMember(db: Db, who: Principal): Promise<ReadonlySet<Permission> | undefined> {
  try {
    const [row] = await db.$queryRaw<{ role: OrgRole; permissions: Adjustments }[]>`
      SELECT app.enter(${who.organizationId}::uuid) AS role, permissions FROM organization_members
      WHERE organization_id = ${who.organizationId}::uuid AND user_id = ${who.userId}::uuid`;
    if (!row) return undefined;
    const now = permissionsOf(row.role, row.permissions);
    return new Set([...who.permissions].filter((p) => now.has(p)));
  } catch (error) {
    if (error instanceof TenancyError && error.code === 'FORBIDDEN') return undefined;
    throw error;
  }
}
