import { type Db, inTransaction } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { LoopParty, PartyRole } from '../../generated/prisma/client.ts';
import { record } from './audit.ts';
import { keyOf, lockedWithLoop, lockLoop, requireOpen } from './loop-lock.ts';
import { AWAITED } from './voiding.ts';

/** What a party may do in a transaction. Who may do anything may look. */
export const PARTY_PERMISSIONS = ['VIEW', 'UPLOAD', 'SIGN'] as const;
export type PartyPermission = (typeof PARTY_PERMISSIONS)[number];

export interface Invitation {
  readonly loopId: string;
  readonly name: string;
  readonly email: string;
  readonly phone?: string | null | undefined;
  readonly role: PartyRole;
  readonly permissions?: readonly string[] | undefined;
}

/**
 * Invites a person to a transaction in a role. One who was removed from that role comes back with what is given now.
 *
 * Twice or at once: the second is refused, `PARTY_THERE`, by the lock and below it by the unique key. Half: one transaction.
 * @throws Refusal `NOT_FOUND`, `LOOP_ENDED`, `PARTY_THERE`, `PERMISSION_UNKNOWN`
 */
export function inviteParty(db: Db, invitation: Invitation): Promise<LoopParty> {
  return inTransaction(db, async (tx) => {
    const loop = await lockLoop(tx, invitation.loopId);
    requireOpen(loop);
    const { loopId, role, name } = invitation;
    const email = invitation.email.trim().toLowerCase();
    const before = await tx.loopParty.findFirst({ where: { loopId, email, role } });
    if (before?.status === 'ACTIVE') throw partyThere(email, role);
    const data = {
      name,
      phone: invitation.phone ?? null,
      permissions: partyPermissions(invitation.permissions ?? []),
      status: 'ACTIVE' as const,
      invitedAt: new Date(),
      joinedAt: null,
    };
    const after = before
      ? await tx.loopParty.update({ where: keyOf(tx, before.id), data })
      : await tx.loopParty.create({ data: { ...data, loopId, email, role } });
    await record(tx, {
      action: 'INVITED',
      entityType: 'loop_party',
      entityId: after.id,
      before: before ?? undefined,
      after,
    });
    return after;
  });
}

/** Marks a party as having joined; a second time keeps the first. @throws Refusal `NOT_FOUND`, `LOOP_ENDED`, `PARTY_GONE` */
export function joinParty(db: Db, { partyId }: { partyId: string }): Promise<LoopParty> {
  return inTransaction(db, async (tx) => {
    const { loop, record: party } = await lockedParty(tx, partyId);
    requireOpen(loop);
    requireActive(party);
    if (party.joinedAt) return party;
    const joinedAt = new Date(Math.max(Date.now(), party.invitedAt.getTime()));
    const after = await tx.loopParty.update({ where: keyOf(tx, partyId), data: { joinedAt } });
    await record(tx, {
      action: 'JOINED',
      entityType: 'loop_party',
      entityId: partyId,
      before: party,
      after,
    });
    return after;
  });
}

/**
 * Removes a party. One who has signed stays as INACTIVE, because the signature names them; others become REMOVED. Open
 * tasks lose the assignee. A second time changes nothing.
 * @throws Refusal `NOT_FOUND`, `PARTY_MUST_SIGN` while an open request awaits the party
 */
export function removeParty(db: Db, { partyId }: { partyId: string }): Promise<LoopParty> {
  return inTransaction(db, async (tx) => {
    const { record: party } = await lockedParty(tx, partyId);
    if (party.status !== 'ACTIVE') return party;
    const signatures = await tx.documentSignature.findMany({
      where: { signerId: partyId },
      select: { status: true },
    });
    if (signatures.some((s) => AWAITED.includes(s.status)))
      throw new Refusal(
        'conflict',
        'PARTY_MUST_SIGN',
        `A signature of ${party.name} is awaited.`,
        'Cancel the signature request first.',
      );
    const status = signatures.some((s) => s.status === 'SIGNED') ? 'INACTIVE' : 'REMOVED';
    const after = await tx.loopParty.update({ where: keyOf(tx, partyId), data: { status } });
    const { count } = await tx.transactionTask.updateMany({
      where: { assignedToId: partyId, status: { notIn: ['DONE', 'CANCELLED'] } },
      data: { assignedToId: null },
    });
    await record(tx, {
      action: 'REMOVED',
      entityType: 'loop_party',
      entityId: partyId,
      before: party,
      after,
      note: { unassignedTasks: count },
    });
    return after;
  });
}

/** The list in fixed order, each once, with VIEW. @throws Refusal `PERMISSION_UNKNOWN` for anything else than a list of known ones */
export function partyPermissions(value: unknown): PartyPermission[] {
  const known = (p: unknown): p is PartyPermission => (PARTY_PERMISSIONS as readonly unknown[]).includes(p);
  if (Array.isArray(value) && value.every(known))
    return PARTY_PERMISSIONS.filter((p) => p === 'VIEW' || value.includes(p));
  throw new Refusal(
    'invalid',
    'PERMISSION_UNKNOWN',
    'A party has been given a permission that does not exist.',
    `Permissions are ${PARTY_PERMISSIONS.join(', ')}.`,
    {
      fields: [
        {
          field: 'permissions',
          code: 'PERMISSION_UNKNOWN',
          message: `is a list of ${PARTY_PERMISSIONS.join(', ')}`,
        },
      ],
    },
  );
}

/** @throws Refusal `PARTY_GONE`, `PARTY_CANNOT_SIGN` */
export function requireSigner(party: LoopParty): void {
  requireActive(party);
  if ((party.permissions as unknown[]).includes('SIGN')) return;
  throw new Refusal(
    'conflict',
    'PARTY_CANNOT_SIGN',
    `${party.name} has no permission to sign.`,
    'Give the party the permission SIGN first.',
  );
}

/** @throws Refusal `PARTY_GONE` */
export function requireActive(party: LoopParty): void {
  if (party.status === 'ACTIVE') return;
  throw new Refusal(
    'conflict',
    'PARTY_GONE',
    `${party.name} takes no part in this transaction any more.`,
    'Invite the party again, or choose another.',
  );
}

export function partyThere(email: string, role: string): Refusal {
  return new Refusal(
    'conflict',
    'PARTY_THERE',
    `${email} is ${role} of this transaction already.`,
    'Change that party instead.',
    { fields: [{ field: 'email', code: 'PARTY_THERE', message: 'is taken in this role' }] },
  );
}

const lockedParty = (tx: Db, id: string) =>
  lockedWithLoop(tx, 'party', () => tx.loopParty.findFirst({ where: { id } }));
