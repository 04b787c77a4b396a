import {
  type OrgRole,
  PERMISSIONS,
  type Permission,
  ROLES,
  requirePermission,
} from '../../auth/permissions.ts';
import { type Db, inTransaction } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import { TenancyError } from '../../tenancy/index.ts';

export interface MemberView {
  readonly userId: string;
  readonly name: string | null;
  readonly email: string;
  readonly role: OrgRole;
  readonly permissions: { readonly grant: readonly string[]; readonly deny: readonly string[] };
  readonly joinedAt: Date;
  readonly leftAt: Date | null;
}

type Held = ReadonlySet<Permission>;

export interface MemberChange {
  readonly role?: OrgRole | undefined;
  readonly permissions?:
    | { readonly grant?: string[] | undefined; readonly deny?: string[] | undefined }
    | undefined;
}

/** The members, by name; with `former`, those who left too. */
export async function listMembers(
  db: Db,
  { former = false }: { former?: boolean | undefined } = {},
): Promise<MemberView[]> {
  const rows = await db.organizationMember.findMany({
    ...(former ? {} : { where: { leftAt: null } }),
    include: { user: { select: { name: true, email: true } } },
    orderBy: [{ user: { name: 'asc' } }, { userId: 'asc' }],
    take: 1000,
  });
  return rows.map(view);
}

/**
 * Changes the role or the permissions of a member. Nobody gives more than they have: an ADMIN neither makes nor changes an
 * OWNER. Twice is once; two at once follow each other on the row. The last owner stays one (a trigger of the database).
 * @param held what the one who asks may; a key may be narrower than the role of its maker
 * @throws Refusal `MEMBER_UNKNOWN`, `ROLE_ABOVE_OWN`, `PERMISSION_UNKNOWN`, `PERMISSION_NOT_HELD`, `PERMISSION_MISSING`, `LAST_OWNER`
 */
export async function changeMember(
  db: Db,
  userId: string,
  change: MemberChange,
  held: Held,
): Promise<MemberView> {
  requireKnown([...(change.permissions?.grant ?? []), ...(change.permissions?.deny ?? [])]);
  return lastOwnerStays(() =>
    inTransaction(db, async (tx) => {
      const before = await lockMember(tx, userId);
      requireRank(tx, before.role, held);
      if (change.role) requireRank(tx, change.role, held);
      requireHeld(change, before, held);
      const { role, permissions } = change;
      await tx.organizationMember.updateMany({
        where: { userId },
        data: {
          ...(role ? { role } : {}),
          ...(permissions
            ? { permissions: { grant: permissions.grant ?? [], deny: permissions.deny ?? [] } }
            : {}),
        },
      });
      return memberOf(tx, userId);
    }),
  );
}

/**
 * Ends a membership, one's own or (as ADMIN) another's. The row stays, so history keeps its author. Keys of the member die
 * with it. Somebody who has left already is left as they are.
 * @throws Refusal `MEMBER_UNKNOWN`, `ROLE_ABOVE_OWN`, `LAST_OWNER`
 */
export async function endMembership(db: Db, userId: string, held: Held): Promise<MemberView> {
  return lastOwnerStays(() =>
    inTransaction(db, async (tx) => {
      const before = await lockMember(tx, userId);
      if (userId !== db.$tenant.userId) requireRank(tx, before.role, held);
      if (!before.left)
        await tx.organizationMember.updateMany({ where: { userId }, data: { leftAt: new Date() } });
      return memberOf(tx, userId);
    }),
  );
}

interface Locked {
  readonly role: OrgRole;
  readonly left: boolean;
  readonly permissions: { readonly grant?: string[]; readonly deny?: string[] };
}

async function lockMember(tx: Db, userId: string): Promise<Locked> {
  const [row] = await tx.$queryRaw<Locked[]>`
    SELECT role::text AS role, left_at IS NOT NULL AS left, permissions FROM organization_members
    WHERE organization_id = app.current_organization_id() AND user_id = ${userId}::uuid FOR UPDATE`;
  if (row) return row;
  throw new Refusal(
    'missing',
    'MEMBER_UNKNOWN',
    'There is no such member.',
    'GET /members lists the members.',
  );
}

async function memberOf(tx: Db, userId: string): Promise<MemberView> {
  const row = await tx.organizationMember.findFirstOrThrow({
    where: { userId },
    include: { user: { select: { name: true, email: true } } },
  });
  return view(row);
}

function view(row: {
  userId: string;
  role: string;
  permissions: unknown;
  joinedAt: Date;
  leftAt: Date | null;
  user: { name: string | null; email: string };
}): MemberView {
  const { grant = [], deny = [] } = row.permissions as { grant?: string[]; deny?: string[] };
  const { userId, joinedAt, leftAt, user } = row;
  return { userId, ...user, role: row.role as OrgRole, permissions: { grant, deny }, joinedAt, leftAt };
}

function requireRank({ $tenant }: Db, role: OrgRole, held: Held): void {
  if (role === 'OWNER' && $tenant.role === 'OWNER') requirePermission(held, 'owners:manage');
  if (ROLES.indexOf(role) <= ROLES.indexOf($tenant.role as OrgRole)) return;
  throw new Refusal(
    'forbidden',
    'ROLE_ABOVE_OWN',
    `Somebody with the role ${$tenant.role} neither gives nor changes the role ${role}.`,
    'Ask an owner of the organization.',
  );
}

/** What is granted anew, and what is no longer denied, the one who asks must have. */
function requireHeld({ permissions }: MemberChange, before: Locked, held: Held): void {
  if (!permissions) return;
  const given = [
    ...(permissions.grant ?? []).filter((name) => !before.permissions.grant?.includes(name)),
    ...(before.permissions.deny ?? []).filter((name) => !permissions.deny?.includes(name)),
  ];
  const above = given.filter((name) => name in PERMISSIONS && !held.has(name as Permission));
  if (above.length === 0) return;
  throw new Refusal(
    'forbidden',
    'PERMISSION_NOT_HELD',
    `Nobody gives a permission that they do not have: ${above.join(', ')}.`,
    'Ask an owner of the organization.',
    { fields: above.map((name) => ({ field: 'permissions', code: 'PERMISSION_NOT_HELD', message: name })) },
  );
}

function requireKnown(names: readonly string[]): void {
  const unknown = names.filter((name) => !Object.hasOwn(PERMISSIONS, name as Permission));
  if (unknown.length === 0) return;
  throw new Refusal(
    'invalid',
    'PERMISSION_UNKNOWN',
    `${unknown.join(', ')} ${unknown.length === 1 ? 'is no permission' : 'are no permissions'}.`,
    'GET / of the organization lists the permissions there are.',
    { fields: unknown.map((name) => ({ field: 'permissions', code: 'UNKNOWN', message: name })) },
  );
}

async function lastOwnerStays<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TenancyError) || !/at least one owner/i.test(error.message)) throw error;
    throw new Refusal(
      'conflict',
      'LAST_OWNER',
      'An organization needs at least one owner.',
      'Make another member OWNER first.',
      { cause: error },
    );
  }
}
