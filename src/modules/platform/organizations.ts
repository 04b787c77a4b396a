import { type Plan, planOf } from '../../auth/index.ts';
import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import { Prisma } from '../../generated/prisma/client.ts';

export interface OrganizationFilter {
  /** A part of name or address, or the whole billing e-mail. */
  readonly search?: string | undefined;
  readonly archived?: boolean | undefined;
  readonly limit: number;
  /** The `next` of the page before. */
  readonly cursor?: string | undefined;
}

export interface OrganizationLine {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly isPlatform: boolean;
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
  readonly tier: string | null;
  readonly status: string | null;
  readonly seats: number;
}

/** Organizations by their ids, which are in the order of their making; newest first. */
export async function listOrganizations(
  db: Db,
  { search, archived, limit, cursor }: OrganizationFilter,
): Promise<{ data: OrganizationLine[]; next: string | null }> {
  const like = `%${(search ?? '').replace(/[\\%_]/g, '\\$&')}%`;
  const found = await db.$queryRaw<OrganizationLine[]>`
    SELECT o.id, o.name, o.slug, o.is_platform AS "isPlatform", o.archived_at AS "archivedAt", o.created_at AS "createdAt",
      s.tier::text AS tier, s.status::text AS status,
      (SELECT count(*)::integer FROM organization_members AS m WHERE m.organization_id = o.id AND m.left_at IS NULL) AS seats
    FROM organizations AS o LEFT JOIN subscriptions AS s ON s.organization_id = o.id
    WHERE ${search === undefined ? Prisma.sql`true` : Prisma.sql`(o.name ILIKE ${like} OR o.slug ILIKE ${like} OR lower(o.billing_email) = lower(${search}))`}
      AND ${archived === undefined ? Prisma.sql`true` : Prisma.sql`(o.archived_at IS NOT NULL) = ${archived}`}
      AND ${cursor === undefined ? Prisma.sql`true` : Prisma.sql`o.id < ${cursor}::uuid`}
    ORDER BY o.id DESC LIMIT ${limit + 1}::integer`;
  const data = found.slice(0, limit);
  return { data, next: found.length > limit ? data.at(-1)!.id : null };
}

export interface OrganizationFile {
  readonly organization: Readonly<Record<string, unknown>>;
  readonly subscription: Readonly<Record<string, unknown>> | null;
  /** The plan that follows from the subscription at this moment. */
  readonly plan: Plan;
  readonly members: readonly Readonly<Record<string, unknown>>[];
  readonly usage: Usage;
}

export interface Usage {
  readonly seats: number;
  readonly contacts: number;
  readonly activeListings: number;
  readonly apiKeys: number;
  /** Of all files, in bytes. */
  readonly storageBytes: number;
}

/** One organization with its plan, members and use of the plan. @throws Refusal `ORGANIZATION_MISSING` */
export async function openOrganization(db: Db, id: string): Promise<OrganizationFile> {
  const found = await db.organization.findUnique({ where: { id }, include: { subscription: true } });
  if (!found) throw organizationMissing();
  const { subscription, ...organization } = found;
  const members = await db.organizationMember.findMany({
    where: { organizationId: id },
    select: {
      userId: true,
      role: true,
      joinedAt: true,
      leftAt: true,
      user: { select: { name: true, email: true, isActive: true } },
    },
    orderBy: [{ joinedAt: 'asc' }, { userId: 'asc' }],
    take: 1_000,
  });
  return {
    organization,
    subscription,
    plan: planOf(subscription),
    members: members.map(({ user, ...member }) => ({ ...member, ...user })),
    usage: await usageOf(db, id),
  };
}

async function usageOf(db: Db, id: string): Promise<Usage> {
  const [usage] = await db.$queryRaw<Usage[]>`
    SELECT
      (SELECT count(*)::integer FROM organization_members WHERE organization_id = ${id}::uuid AND left_at IS NULL) AS seats,
      (SELECT count(*)::integer FROM contacts WHERE organization_id = ${id}::uuid AND archived_at IS NULL) AS contacts,
      (SELECT count(*)::integer FROM listings
        WHERE organization_id = ${id}::uuid AND archived_at IS NULL AND status = 'ACTIVE') AS "activeListings",
      (SELECT count(*)::integer FROM auth.api_keys WHERE organization_id = ${id}::uuid AND revoked_at IS NULL
        AND (expires_at IS NULL OR expires_at > now())) AS "apiKeys",
      (SELECT coalesce(sum(size), 0)::double precision FROM files.uploads
        WHERE organization_id = ${id}::uuid AND state <> 'removed') AS "storageBytes"`;
  return usage!;
}

/**
 * Archives the organization, so that nobody enters it, or brings it back. Twice is once; two at once follow each other on the
 * row, and the later one holds.
 * @throws Refusal `ORGANIZATION_MISSING`, `ORGANIZATION_OF_PLATFORM`
 */
export async function archiveOrRestore(
  db: Db,
  id: string,
  archive: boolean,
): Promise<{ before: Date | null; after: Date | null }> {
  const [row] = await db.$queryRaw<{ before: Date | null; own: boolean }[]>`
    SELECT archived_at AS before, is_platform AS own FROM organizations WHERE id = ${id}::uuid FOR UPDATE`;
  if (!row) throw organizationMissing();
  if (archive && row.own)
    throw new Refusal(
      'conflict',
      'ORGANIZATION_OF_PLATFORM',
      'This organization operates the platform.',
      'It cannot be suspended.',
    );
  const { before } = row;
  const after = archive ? (before ?? new Date()) : null;
  if (archive !== (before !== null))
    await db.organization.update({ where: { id }, data: { archivedAt: after } });
  return { before, after };
}

export function organizationMissing(): Refusal {
  return new Refusal(
    'missing',
    'ORGANIZATION_MISSING',
    'There is no such organization.',
    'GET /v1/platform/organizations finds it by name or address.',
  );
}
