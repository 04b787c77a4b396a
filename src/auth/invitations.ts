import { type Db, inTransaction } from '../db.ts';
import { Refusal } from '../errors.ts';
import { randomToken, sha256 } from './digest.ts';
import { type OrgRole, ROLES } from './permissions.ts';
import { currentPlan } from './plan.ts';
import { requireRoom } from './tiers.ts';

export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: OrgRole;
  readonly invitedBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
  readonly revokedAt: Date | null;
}

/**
 * Invites an e-mail address to the organization for seven days. The token goes into the link and is kept as SHA-256 alone.
 * An earlier open invitation of the address ends. Two at once follow each other; the later one holds.
 * @throws Refusal `INVITATION_INPUT_INVALID`, `ROLE_ABOVE_OWN`, `ALREADY_MEMBER`, `PLAN_LIMIT_REACHED` (seats: members and
 *   open invitations); TenancyError `FORBIDDEN` for who is no owner or admin
 */
export async function invite(
  db: Db,
  input: { readonly email: string; readonly role: OrgRole },
): Promise<{ id: string; token: string }> {
  const email = input.email.trim().toLowerCase();
  if (!/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(email) || email.length > 254 || !ROLES.includes(input.role))
    throw new Refusal(
      'invalid',
      'INVITATION_INPUT_INVALID',
      'The invitation cannot be made.',
      'Give an e-mail address and one of the roles.',
      {
        fields: [
          { field: ROLES.includes(input.role) ? 'email' : 'role', code: 'format', message: 'is not valid' },
        ],
      },
    );
  if (ROLES.indexOf(input.role) > ROLES.indexOf(db.$tenant.role as OrgRole))
    throw new Refusal(
      'forbidden',
      'ROLE_ABOVE_OWN',
      'Nobody invites to a role above their own.',
      'Choose a lower role, or ask an owner.',
    );
  const token = randomToken();
  const id = await inTransaction(db, async (tx) => {
    await tx.$queryRaw`SELECT app.lock_plan()::text`;
    const [made] = await tx.$queryRaw<{ id: string | null }[]>`
      SELECT app.invite(${email}, ${input.role}::public.org_role, ${sha256(token)}::bytea) AS id`;
    if (!made?.id)
      throw new Refusal(
        'conflict',
        'ALREADY_MEMBER',
        'Somebody with this address is a member already.',
        'Change the role of the member instead.',
      );
    const { tier, limits } = await currentPlan(tx);
    // Counted after: the new one may have taken the place of an earlier one.
    const [counted] = await tx.$queryRaw<{ used: number }[]>`SELECT app.seats_in_use() AS used`;
    requireRoom(limits, tier, 'seats', counted!.used - 1);
    return made.id;
  });
  return { id, token };
}

/** The invitations of the organization, newest first. For owners and admins. */
export async function listInvitations(db: Db): Promise<Invitation[]> {
  return db.$queryRaw<
    Invitation[]
  >`SELECT id, email, role, invited_by AS "invitedBy", created_at AS "createdAt",
    expires_at AS "expiresAt", accepted_at AS "acceptedAt", revoked_at AS "revokedAt" FROM app.list_invitations()`;
}

/** @throws Refusal `INVITATION_UNKNOWN`, also for one that was accepted */
export async function revokeInvitation(db: Db, id: string): Promise<void> {
  const [done] = await db.$queryRaw<{ found: boolean }[]>`SELECT app.revoke_invitation(${id}::uuid) AS found`;
  if (!done?.found)
    throw new Refusal(
      'missing',
      'INVITATION_UNKNOWN',
      'There is no such open invitation.',
      'Look at the list.',
    );
}
