import { PERMISSIONS, type Permission } from '../../auth/permissions.ts';
import type { Principal } from '../../auth/principal.ts';
import type { Limits, Tier } from '../../auth/tiers.ts';
import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';

export interface Overview {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly description: string | null;
  readonly settings: unknown;
  readonly role: string;
  readonly permissions: readonly Permission[];
  /** Every permission there is, with the weakest role that has it. */
  readonly permissionTable: typeof PERMISSIONS;
  readonly tier: Tier;
  readonly limits: Limits;
  readonly usage: { readonly seats: number; readonly contacts: number; readonly activeListings: number };
}

/** The organization as the one who asks sees it: what they may, what the plan allows, and how much of it is used. */
export async function overviewOf(db: Db, who: Principal): Promise<Overview> {
  const [organization, seats, contacts, activeListings] = await Promise.all([
    db.organization.findFirstOrThrow(),
    db.organizationMember.count({ where: { leftAt: null } }),
    db.contact.count({ where: { archivedAt: null } }),
    db.listing.count({ where: { status: 'ACTIVE', archivedAt: null } }),
  ]);
  const { id, name, slug, description, settings } = organization;
  return {
    id,
    name,
    slug,
    description,
    settings,
    role: who.role,
    permissions: [...who.permissions].sort(),
    permissionTable: PERMISSIONS,
    tier: who.tier,
    limits: who.limits,
    usage: { seats, contacts, activeListings },
  };
}

/**
 * Archives the organization: nobody enters it from now on, its rows stay. Twice is once. Only the platform brings it back.
 * @param name of the organization, as a person types it to say that they mean it
 * @throws Refusal `NAME_DIFFERS`
 */
export async function archiveOrganization(db: Db, name: string): Promise<void> {
  const organization = await db.organization.findFirstOrThrow();
  if (organization.name !== name) {
    throw new Refusal(
      'invalid',
      'NAME_DIFFERS',
      'This is not the name of the organization.',
      `Send its name, "${organization.name}", to confirm.`,
      { fields: [{ field: 'name', code: 'NAME_DIFFERS', message: 'is not the name of the organization' }] },
    );
  }
  await db.organization.updateMany({ where: { archivedAt: null }, data: { archivedAt: new Date() } });
}
