import type { Pool, PoolClient } from 'pg';
import { Refusal } from '../errors.ts';
import { sha256 } from './digest.ts';
import type { Membership } from './entrance.ts';
import { planOf } from './plan.ts';
import type { Person } from './principal.ts';
import { requireRoom } from './tiers.ts';
import { inPlatformTransaction } from './transaction.ts';

interface InvitationRow {
  readonly id: string;
  readonly organization_id: string;
  readonly email: string;
  readonly role: Membership['role'];
  readonly name: string;
  readonly slug: string;
  readonly expires_at: Date;
  readonly usable: boolean;
  readonly accepted: boolean;
}

/** What the page of an invitation shows to whoever has the link. */
export interface InvitationView {
  readonly organizationName: string;
  readonly email: string;
  readonly role: Membership['role'];
  readonly expiresAt: Date;
}

const SELECT = `SELECT i.id, i.organization_id, i.email, i.role::text AS role, o.name, o.slug, i.expires_at,
    i.accepted_at IS NOT NULL AS accepted,
    i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now() AND o.archived_at IS NULL AS usable
  FROM auth.invitations AS i JOIN public.organizations AS o ON o.id = i.organization_id WHERE i.token_sha256 = $1`;

/** @throws Refusal `INVITATION_INVALID` */
export async function viewInvitation(pool: Pool, token: string): Promise<InvitationView> {
  const { rows } = await pool.query<InvitationRow>(SELECT, [sha256(token)]);
  const [found] = rows;
  if (!found?.usable) throw invalid();
  return { organizationName: found.name, email: found.email, role: found.role, expiresAt: found.expires_at };
}

/**
 * Makes the person a member by an invitation to their verified e-mail. Who was a member before comes back with the new role.
 * The same person may accept twice, also at once: the second finds the membership and gets the same answer.
 * Locks: the plan of the organization, then the invitation; so of two people for the last seat one is refused.
 * @throws Refusal `INVITATION_INVALID` (unknown, used, revoked, expired alike), `INVITATION_FOR_ANOTHER`,
 *   `PLAN_LIMIT_REACHED`, `KEY_NOT_ENOUGH`
 */
export async function acceptInvitation(pool: Pool, person: Person, token: string): Promise<Membership> {
  if (person.via !== 'session')
    throw new Refusal(
      'forbidden',
      'KEY_NOT_ENOUGH',
      'An API key accepts no invitation.',
      'Sign in as the person.',
    );
  return inPlatformTransaction(pool, async (client) => {
    const { rows: known } = await client.query<InvitationRow>(SELECT, [sha256(token)]);
    if (!known[0]) throw invalid();
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('plan ' || $1, 0))", [
      known[0].organization_id,
    ]);
    const { rows } = await client.query<InvitationRow>(`${SELECT} FOR UPDATE OF i`, [
      known[0] && sha256(token),
    ]);
    const invitation = rows[0]!;
    await requireInvited(client, person, invitation.email);
    const membership = {
      organizationId: invitation.organization_id,
      name: invitation.name,
      slug: invitation.slug,
      role: invitation.role,
    };
    if (!invitation.usable) {
      const role = invitation.accepted
        ? await liveRole(client, invitation.organization_id, person.userId)
        : undefined;
      if (role === undefined) throw invalid();
      return { ...membership, role };
    }
    await requireSeat(client, invitation.organization_id, person.userId);
    const { rows: joined } = await client.query<{ role: Membership['role'] }>(
      `INSERT INTO public.organization_members AS m (organization_id, user_id, role) VALUES ($1, $2, $3::public.org_role)
       ON CONFLICT (organization_id, user_id) DO UPDATE SET
         role = CASE WHEN m.left_at IS NULL THEN m.role ELSE EXCLUDED.role END,
         permissions = CASE WHEN m.left_at IS NULL THEN m.permissions ELSE '{}' END,
         joined_at = CASE WHEN m.left_at IS NULL THEN m.joined_at ELSE now() END,
         left_at = NULL, updated_at = now()
       RETURNING m.role::text AS role`,
      [invitation.organization_id, person.userId, invitation.role],
    );
    await client.query('UPDATE auth.invitations SET accepted_at = now() WHERE id = $1', [invitation.id]);
    return { ...membership, role: joined[0]!.role };
  });
}

async function requireInvited(client: PoolClient, person: Person, email: string): Promise<void> {
  const { rowCount } = await client.query(
    `SELECT FROM public.users AS p JOIN auth.users AS u ON u.id = p.auth_subject
     WHERE p.id = $1 AND p.is_active AND p.deleted_at IS NULL AND u.email_verified AND u.email = $2`,
    [person.userId, email],
  );
  if (rowCount === 0)
    throw new Refusal(
      'forbidden',
      'INVITATION_FOR_ANOTHER',
      'This invitation is for another e-mail address.',
      'Sign in with the address that the invitation was sent to.',
    );
}

async function liveRole(
  client: PoolClient,
  organization: string,
  user: string,
): Promise<Membership['role'] | undefined> {
  const { rows } = await client.query<{ role: Membership['role'] }>(
    `SELECT role::text AS role FROM public.organization_members
     WHERE organization_id = $1 AND user_id = $2 AND left_at IS NULL`,
    [organization, user],
  );
  return rows[0]?.role;
}

async function requireSeat(client: PoolClient, organization: string, user: string): Promise<void> {
  const { rows } = await client.query(
    `SELECT s.status::text AS status, s.tier::text AS tier, s.current_period_end AS "currentPeriodEnd", s.metadata,
       (SELECT count(*)::int FROM public.organization_members AS m
        WHERE m.organization_id = $1 AND m.left_at IS NULL AND m.user_id <> $2) AS used
     FROM (SELECT) AS one LEFT JOIN public.subscriptions AS s ON s.organization_id = $1`,
    [organization, user],
  );
  const { tier, limits } = planOf(rows[0].status === null ? undefined : rows[0]);
  requireRoom(limits, tier, 'seats', rows[0].used);
}

function invalid(): Refusal {
  return new Refusal(
    'missing',
    'INVITATION_INVALID',
    'This invitation does not hold any more.',
    'Ask whoever invited you for a new one.',
  );
}
