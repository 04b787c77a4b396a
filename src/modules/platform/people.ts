import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { UserRole } from '../../generated/prisma/enums.ts';

export interface PersonFile {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly role: UserRole;
  readonly isActive: boolean;
  /** Closed for good. */
  readonly deletedAt: Date | null;
  readonly createdAt: Date;
  readonly sessions: number;
  readonly organizations: readonly {
    readonly organizationId: string;
    readonly name: string;
    readonly slug: string;
    readonly role: string;
    readonly leftAt: Date | null;
  }[];
}

/** The person with this e-mail, whole and in any case, if there is one. */
export async function findPeople(db: Db, email: string): Promise<{ data: PersonFile[] }> {
  const found = await db.user.findUnique({ where: { email: email.toLowerCase() }, select: { id: true } });
  return { data: found ? [await openPerson(db, found.id)] : [] };
}

/** @throws Refusal `PERSON_MISSING` */
export async function openPerson(db: Db, id: string): Promise<PersonFile> {
  const found = await db.user.findUnique({
    where: { id },
    include: {
      memberships: {
        include: { organization: { select: { name: true, slug: true } } },
        orderBy: { joinedAt: 'asc' },
        take: 1_000,
      },
    },
  });
  if (!found) throw personMissing();
  const [counted] = await db.$queryRaw<{ sessions: number }[]>`
    SELECT count(*)::integer AS sessions FROM auth.sessions WHERE user_id = ${found.authSubject} AND expires_at > now()`;
  const { email, name, role, isActive, deletedAt, createdAt, memberships } = found;
  return {
    id,
    email,
    name,
    role,
    isActive,
    deletedAt,
    createdAt,
    sessions: counted!.sessions,
    organizations: memberships.map((m) => ({
      organizationId: m.organizationId,
      ...m.organization,
      role: m.role,
      leftAt: m.leftAt,
    })),
  };
}

/**
 * Takes somebody's way in, and ends their sessions; their keys sleep until they are back. Twice is once. Of two at once the
 * second waits for the person's row; a sign-in at the same moment makes a session that lets nobody in.
 * @throws Refusal `PERSON_MISSING`, `OWN_ACCOUNT`, `STAFF_ABOVE`
 */
export async function deactivatePerson(db: Db, id: string): Promise<PersonFile> {
  await lockOther(db, id);
  await db.user.update({ where: { id }, data: { isActive: false } });
  await db.$executeRaw`DELETE FROM auth.sessions AS s USING users AS p WHERE p.id = ${id}::uuid AND s.user_id = p.auth_subject`;
  return openPerson(db, id);
}

/** @throws Refusal `PERSON_MISSING`, `OWN_ACCOUNT`, `STAFF_ABOVE`, `ACCOUNT_CLOSED` */
export async function reactivatePerson(db: Db, id: string): Promise<PersonFile> {
  const { closed } = await lockOther(db, id);
  if (closed)
    throw new Refusal(
      'conflict',
      'ACCOUNT_CLOSED',
      'This account was closed for good.',
      'The person may sign up again.',
    );
  await db.user.update({ where: { id }, data: { isActive: true } });
  return openPerson(db, id);
}

/**
 * Gives somebody a role on the platform, or takes it. Nobody changes their own, and whoever acts is a SUPER_ADMIN whose row
 * is held until the end of the transaction: so one always remains. Two who take it from each other at once: PostgreSQL
 * ends one of the transactions (40P01), which then has changed nothing.
 * @throws Refusal `PERSON_MISSING`, `OWN_ACCOUNT`, `PERSON_INACTIVE`
 */
export async function changePlatformRole(
  db: Db,
  id: string,
  role: UserRole,
): Promise<{ before: UserRole; person: PersonFile }> {
  const before = await lockOther(db, id);
  if (!before.active && role !== 'EMPLOYEE')
    throw new Refusal(
      'conflict',
      'PERSON_INACTIVE',
      'Somebody who cannot sign in gets no role.',
      'Reactivate the account first.',
    );
  await db.user.update({ where: { id }, data: { role } });
  return { before: before.role, person: await openPerson(db, id) };
}

interface Locked {
  readonly role: UserRole;
  readonly active: boolean;
  readonly closed: boolean;
}

/** Locks somebody else's row. Staff are changed by a SUPER_ADMIN only. */
async function lockOther(db: Db, id: string): Promise<Locked> {
  if (id === db.$tenant.userId)
    throw new Refusal(
      'conflict',
      'OWN_ACCOUNT',
      'Nobody does this to their own account.',
      'Ask another member of the staff.',
    );
  const rows = await db.$queryRaw<(Locked & { mine: UserRole })[]>`
    SELECT role::text AS role, is_active AS active, deleted_at IS NOT NULL AS closed,
      (SELECT me.role::text FROM users AS me WHERE me.id = ${db.$tenant.userId}::uuid) AS mine
    FROM users WHERE id = ${id}::uuid FOR UPDATE`;
  const [row] = rows;
  if (!row) throw personMissing();
  if (row.role !== 'EMPLOYEE' && row.mine !== 'SUPER_ADMIN')
    throw new Refusal(
      'forbidden',
      'STAFF_ABOVE',
      'This person is staff of the platform.',
      'A SUPER_ADMIN may do it.',
    );
  return row;
}

const personMissing = () =>
  new Refusal(
    'missing',
    'PERSON_MISSING',
    'There is no such person.',
    'GET /v1/platform/people?email=… finds one.',
  );
